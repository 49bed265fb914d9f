with

recounted as (
    select
        user_id,
        count(*) as n_ratings,
        sum(rating) as stars,
        min(date) as first_rated,
        max(date) as last_rated,
        count_if(in_train) > 0 as in_train
    from interactions
    group by user_id
),

final as (
    select
        coalesce(users.user_id, recounted.user_id) as user_id,
        users.n_ratings,
        recounted.n_ratings as recounted_ratings,
        users.mean_rating,
        recounted.stars / recounted.n_ratings as recounted_mean
    from users
    full outer join recounted on users.user_id = recounted.user_id
    where
        users.n_ratings is distinct from recounted.n_ratings
        or abs(users.mean_rating - recounted.stars / recounted.n_ratings) > 1e-9
        or users.first_rated != recounted.first_rated
        or users.last_rated != recounted.last_rated
        or users.in_train != recounted.in_train
)

select * from final
