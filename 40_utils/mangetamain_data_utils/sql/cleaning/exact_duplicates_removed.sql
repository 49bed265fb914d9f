-- exact: the review is the same too
with

interactions as (
    select * from date_present
),

final as (
    select *
    from interactions
    qualify row_number() over (
        partition by user_id, recipe_id, date, rating, review_md5
        order by line
    ) = 1
)

select * from final
