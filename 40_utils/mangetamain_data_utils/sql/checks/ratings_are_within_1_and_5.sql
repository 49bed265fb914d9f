with

final as (
    select
        user_id,
        recipe_id,
        date,
        rating
    from interactions
    where rating not between 1 and 5
)

select * from final
