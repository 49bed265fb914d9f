with

final as (
    select
        rating as x,
        count(*) as y
    from interactions
    group by x
    order by x
)

select * from final
