-- Ratings per month, and whether the month holds at least $min_interactions of them.
select
    year,
    month,
    count(*) as n_ratings,
    count(*) >= $min_interactions as is_kept
from interactions
where not $train_only or in_train
group by year, month
order by year, month
