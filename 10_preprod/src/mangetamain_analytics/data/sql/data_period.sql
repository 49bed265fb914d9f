-- First and last day on which a recipe of the cleaned data was published, and their years.
select
    min(submitted) as first_day,
    max(submitted) as last_day,
    min(year) as first_year,
    max(year) as last_year
from recipes
