-- bins of 5 minutes, named by their lower edge
with

final as (
    select
        (minutes - 1) // 5 * 5 + 1 as x,
        count(*) as y
    from recipes
    group by x
    order by x
)

select * from final
