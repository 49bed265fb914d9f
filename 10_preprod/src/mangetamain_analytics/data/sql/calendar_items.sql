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

final as (
    select
        items.item,
        recipes.year,
        cast(recipes.season as varchar) as season,
        recipes.is_weekend,
        count(*) as n_recipes
    from items
    inner join recipes on items.recipe_id = recipes.id
    where
        items.item in (
            select item_years.item
            from item_years
            where item_years.kind = $kind
            group by item_years.item
            having sum(item_years.n_recipes) >= $min_recipes
        )
    group by items.item, recipes.year, recipes.season, recipes.is_weekend
)

select * from final
order by item, year, season, is_weekend
