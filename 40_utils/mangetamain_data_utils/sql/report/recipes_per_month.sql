-- months without a recipe count as zero: a gap must be seen
with

months as (
    select unnest(generate_series(
        date_trunc('month', (select min(submitted) from recipes)),
        (select max(submitted) from recipes),
        interval 1 month
    )) as x
),

final as (
    select
        cast(months.x as date) as x,
        count(recipes.id) as y
    from months
    left join recipes on months.x = date_trunc('month', recipes.submitted)
    group by months.x
    order by months.x
)

select * from final
