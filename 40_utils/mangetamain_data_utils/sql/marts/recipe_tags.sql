with

listed as (
    select
        id as recipe_id,
        unnest(tags) as tag
    from recipes
),

final as (
    select distinct
        recipe_id,
        tag
    from listed
    order by tag, recipe_id
)

select * from final
