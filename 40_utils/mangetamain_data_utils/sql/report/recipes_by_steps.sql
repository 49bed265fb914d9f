with

final as (
    select
        n_steps as x,
        count(*) as y
    from recipes
    group by x
    order by x
)

select * from final
