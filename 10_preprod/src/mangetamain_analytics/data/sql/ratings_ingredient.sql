-- R8. Ratings of the cleaned recipes that contain $ingredient, by month, weekend and star.
with rated_recipes as (
    select recipe_id
    from recipe_ingredients
    where ingredient = $ingredient
),

final as (
    select
        year,
        month,
        is_weekend,
        in_train,
        rating,
        count(*) as n_ratings
    from interactions
    where recipe_id in (select rated_recipes.recipe_id from rated_recipes)
    group by year, month, is_weekend, in_train, rating
)

select * from final
order by year, month, is_weekend, in_train, rating
