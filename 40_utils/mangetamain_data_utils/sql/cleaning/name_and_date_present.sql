with

recipes as (
    select * from steps_and_ingredients_within_quantiles
),

final as (
    select *
    from recipes
    where name is not null and submitted is not null
)

select * from final
