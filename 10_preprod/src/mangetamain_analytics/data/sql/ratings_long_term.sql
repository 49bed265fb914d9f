-- Ratings of the months that hold at least $min_interactions of them; the train split if asked.
with chosen_ratings as (
    select *
    from interactions
    where not $train_only or in_train
),

kept_months as (
    select
        year,
        month
    from chosen_ratings
    group by year, month
    having count(*) >= $min_interactions
),

final as (
    select chosen_ratings.*
    from chosen_ratings
    inner join kept_months
        on chosen_ratings.year = kept_months.year and chosen_ratings.month = kept_months.month
)

select * from final
order by date, recipe_id, user_id
