-- Said in other words than in the marts, so that a slip in either shows.
with

dated as (
    select
        'recipes' as table_name,
        id as recipe_id,
        submitted as date,
        year,
        month,
        weekday,
        is_weekend,
        season
    from recipes
    union all
    select
        'interactions' as table_name,
        recipe_id,
        date,
        year,
        month,
        weekday,
        is_weekend,
        season
    from interactions
),

final as (
    select *
    from dated
    where
        year != cast(strftime(date, '%Y') as integer)
        or month != cast(strftime(date, '%m') as integer)
        or weekday != cast(strftime(date, '%u') as integer)
        or is_weekend != (dayname(date) in ('Saturday', 'Sunday'))
        or cast(season as varchar)
        != ['Winter', 'Spring', 'Summer', 'Autumn'][1 + (month % 12) // 3]
)

select * from final
