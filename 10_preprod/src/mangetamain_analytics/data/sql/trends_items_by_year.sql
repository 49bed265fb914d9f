-- T5, T6. How many recipes of each year carry each item of kind $kind; no row where none does.
select
    item,
    year,
    n_recipes
from item_years
where kind = $kind
order by item, year
