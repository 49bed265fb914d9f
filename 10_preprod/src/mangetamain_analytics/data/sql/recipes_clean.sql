-- Every recipe of the cleaned data.
select *
from recipes
order by submitted, id
