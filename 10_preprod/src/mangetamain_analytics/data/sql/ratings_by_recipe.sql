-- R7, R9. Ratings of each cleaned recipe by year; of the train split or not. Ratings of recipes
-- that the cleaning removed have neither a name nor a duration to be compared with.
with final as (
    select
        recipe_id,
        year,
        in_train,
        count(*)::integer as n_ratings,
        sum(rating)::integer as total_stars,
        sum(rating * rating)::integer as total_squares
    from interactions
    where recipe_id in (select recipes.id from recipes)
    group by recipe_id, year, in_train
)

select * from final
order by recipe_id, year, in_train
