with

final as (
    select
        id,
        minutes,
        n_steps,
        n_ingredients,
        calories,
        len(ingredients) as n_listed_ingredients
    from recipes
    where
        minutes not between 1 and 180
        or n_steps < 0
        or n_ingredients < 0
        or calories < 0
        or not isfinite(calories)
        or len(ingredients) = 0
)

select * from final
