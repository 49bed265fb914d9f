-- R0–R6. Ratings by month, weekday and star; of the train split or not.
with final as (
    select
        year,
        month,
        weekday,
        in_train,
        rating,
        count(*) as n_ratings
    from interactions
    group by year, month, weekday, in_train, rating
)

select * from final
order by year, month, weekday, in_train, rating
