-- how many recipes of a year have the item
with

items as (
    select
        'ingredient' as kind,
        recipe_id,
        ingredient as item
    from recipe_ingredients
    union all
    select
        'tag' as kind,
        recipe_id,
        tag as item
    from recipe_tags
),

final as (
    select
        items.kind,
        items.item,
        recipes.year,
        cast(count(*) as integer) as n_recipes
    from items
    inner join recipes on items.recipe_id = recipes.id
    group by items.kind, items.item, recipes.year
    order by items.kind, items.item, recipes.year
)

select * from final
