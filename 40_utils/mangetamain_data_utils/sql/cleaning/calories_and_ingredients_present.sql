-- a negative number of calories counts as absent
with

recipes as (
    select * from name_and_date_present
),

final as (
    select *
    from recipes
    where nutrition[1] >= 0 and len(ingredients) > 0
)

select * from final
