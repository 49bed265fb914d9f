-- X0, R8 and lists of items. Every item of kind $kind and how many recipes of all years carry it,
-- the most used first.
select
    item,
    sum(n_recipes)::bigint as n_recipes
from item_years
where kind = $kind
group by item
order by n_recipes desc, item asc
