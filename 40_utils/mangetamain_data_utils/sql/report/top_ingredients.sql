with

final as (
    select
        item as x,
        sum(n_recipes) / (select count(*) from recipes) as y
    from item_years
    where kind = 'ingredient'
    group by x
    order by y desc, x asc
    limit 20
)

select * from final
