with

listed as (
    select
        id as recipe_id,
        unnest(ingredients) as ingredient
    from recipes
),

final as (
    select distinct
        recipe_id,
        ingredient
    from listed
    order by ingredient, recipe_id
)

select * from final
