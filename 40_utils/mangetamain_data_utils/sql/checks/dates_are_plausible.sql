-- nobody posted a recipe before the web was public (August 1991), nor after the build
with

dates as (
    select
        'recipes' as table_name,
        id as recipe_id,
        submitted as date
    from recipes
    union all
    select
        'interactions' as table_name,
        recipe_id,
        date
    from interactions
),

final as (
    select dates.*
    from dates
    cross join build_info
    where
        dates.date < date '1991-08-06'
        or dates.date > cast(build_info.built_at as date)
)

select * from final
