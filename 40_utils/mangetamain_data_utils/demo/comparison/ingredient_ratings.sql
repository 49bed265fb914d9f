-- Ratings of recipes with a named ingredient. The published counts also include the recipes that
-- the cleaning removes (one in seven), which the built file does not have: means only.
with rated as (
    select
        i.ingredient,
        t.year,
        t.rating
    from recipe_ingredients as i
    inner join interactions as t on i.recipe_id = t.recipe_id
    where list_contains($items, i.ingredient)
),

yearly as (
    select
        ingredient,
        year,
        avg(rating) as mean_rating
    from rated
    group by ingredient, year
)

select
    'ingratings.longterm.mean_of_yearly_means' as figure,
    ingredient as key,
    null as subkey,
    'value' as unit,
    avg(mean_rating) as generated
from yearly
group by ingredient
order by figure, key
