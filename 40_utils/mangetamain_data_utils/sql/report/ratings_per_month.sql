-- months without a rating count as zero: a gap must be seen
with

months as (
    select unnest(generate_series(
        date_trunc('month', (select min(date) from interactions)),
        (select max(date) from interactions),
        interval 1 month
    )) as x
),

monthly_ratings as (
    select
        date_trunc('month', date) as x,
        count(*) as y
    from interactions
    group by x
),

final as (
    select
        cast(months.x as date) as x,
        coalesce(monthly_ratings.y, 0) as y
    from months
    left join monthly_ratings on months.x = monthly_ratings.x
    order by months.x
)

select * from final
