-- pages read date ranges; sorted rows let DuckDB skip the blocks outside them
with

neighbours as (
    select
        'recipes' as table_name,
        (submitted, id) as sort_key,
        lag((submitted, id)) over (order by rowid) as previous_key
    from recipes
),

interaction_neighbours as (
    select
        'interactions' as table_name,
        (date, recipe_id, user_id) as sort_key,
        lag((date, recipe_id, user_id)) over (order by rowid) as previous_key
    from interactions
),

final as (
    select
        table_name,
        cast(previous_key as varchar) as previous_key,
        cast(sort_key as varchar) as sort_key
    from neighbours
    where sort_key < previous_key
    union all
    select
        table_name,
        cast(previous_key as varchar) as previous_key,
        cast(sort_key as varchar) as sort_key
    from interaction_neighbours
    where sort_key < previous_key
)

select * from final
