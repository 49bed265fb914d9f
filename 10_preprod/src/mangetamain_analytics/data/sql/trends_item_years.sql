-- T5, T6. How many recipes of each year carry the item $item of kind $kind, however rare.
select
    year,
    n_recipes
from item_years
where kind = $kind and item = $item
order by year
