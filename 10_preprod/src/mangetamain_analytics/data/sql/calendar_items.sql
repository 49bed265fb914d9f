-- S5, S6, E5, E6. How many recipes of each year and season, on weekdays and at weekends, carry each
-- item of kind $kind, for the items of at least $min_recipes recipes.
with items as (
    select
        recipe_id,
        ingredient as item
    from recipe_ingredients
    where $kind = 'ingredient'
    union all
    select
        recipe_id,
        tag as item
    from recipe_tags
    where $kind = 'tag'
),

recipes_with_item as (
    select
        items.item,
        recipes.year,
        recipes.season,
        recipes.is_weekend,
        count(*) as n_recipes
    from items
    inner join recipes on items.recipe_id = recipes.id
    group by items.item, recipes.year, recipes.season, recipes.is_weekend
),

frequent_items as (
    select item
    from item_years
    where kind = $kind
    group by item
    having sum(n_recipes) >= $min_recipes
),

final as (
    select
        recipes_with_item.item,
        recipes_with_item.year,
        cast(recipes_with_item.season as varchar) as season,
        recipes_with_item.is_weekend,
        recipes_with_item.n_recipes
    from recipes_with_item
    inner join frequent_items on recipes_with_item.item = frequent_items.item
)

select * from final
order by item, year, season, is_weekend
