with

final as (
    select
        id,
        count(*) as n_rows
    from recipes
    group by id
    having count(*) > 1
)

select * from final
