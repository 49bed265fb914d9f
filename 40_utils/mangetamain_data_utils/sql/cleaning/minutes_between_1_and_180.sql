with

recipes as (
    select * from one_row_per_id
),

final as (
    select *
    from recipes
    where minutes between 1 and 180
)

select * from final
