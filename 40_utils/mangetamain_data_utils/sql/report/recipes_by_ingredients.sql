with

final as (
    select
        n_ingredients as x,
        count(*) as y
    from recipes
    group by x
    order by x
)

select * from final
