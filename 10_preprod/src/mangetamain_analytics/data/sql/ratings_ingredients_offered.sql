-- R8. The $n_ingredients ingredients that most recipes contain.
select
    item as ingredient,
    sum(n_recipes)::bigint as n_recipes
from item_years
where kind = 'ingredient'
group by item
order by n_recipes desc, ingredient asc
limit $n_ingredients
