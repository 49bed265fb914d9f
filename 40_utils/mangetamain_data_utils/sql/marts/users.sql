-- in_train: at least one rating of the user is in the training split
with

ratings as (
    select * from interactions
),

final as (
    select
        user_id,
        cast(count(*) as integer) as n_ratings,
        avg(rating) as mean_rating,
        min(date) as first_rated,
        max(date) as last_rated,
        bool_or(in_train) as in_train
    from ratings
    group by user_id
    order by user_id
)

select * from final
