-- S1, E1. Each month of the period that the data cover, by weekday: its days and its recipes.
with period as (
    select
        min(submitted) as first_day,
        max(submitted) as last_day
    from recipes
),

days as (
    select unnest(generate_series(first_day, last_day, interval 1 day)) as day
    from period
),

days_of_month as (
    select
        cast(year(day) as smallint) as year,
        cast(month(day) as tinyint) as month,
        cast(isodow(day) as tinyint) as weekday,
        count(*) as n_days
    from days
    group by all
),

recipes_of_month as (
    select
        year,
        month,
        weekday,
        count(*) as n_recipes
    from recipes
    group by year, month, weekday
),

final as (
    select
        days_of_month.year,
        days_of_month.month,
        days_of_month.weekday,
        days_of_month.n_days,
        coalesce(recipes_of_month.n_recipes, 0) as n_recipes
    from days_of_month
    left join recipes_of_month
        on
            days_of_month.year = recipes_of_month.year
            and days_of_month.month = recipes_of_month.month
            and days_of_month.weekday = recipes_of_month.weekday
)

select * from final
order by year, month, weekday
