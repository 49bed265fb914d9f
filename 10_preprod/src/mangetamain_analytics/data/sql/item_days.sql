-- X1, X2, and chosen items. How many recipes of each year, month and weekday carry the item $item
-- of kind $kind.
with recipes_with_item as (
    select recipe_id
    from recipe_ingredients
    where $kind = 'ingredient' and ingredient = $item
    union all
    select recipe_id
    from recipe_tags
    where $kind = 'tag' and tag = $item
),

final as (
    select
        recipes.year,
        recipes.month,
        recipes.weekday,
        count(*) as n_recipes
    from recipes
    inner join recipes_with_item on recipes.id = recipes_with_item.recipe_id
    group by recipes.year, recipes.month, recipes.weekday
)

select * from final
order by year, month, weekday
