-- the first row of the file wins
with

recipes as (
    select * from stg_recipes
),

final as (
    select *
    from recipes
    qualify row_number() over (partition by id order by line) = 1
)

select * from final
