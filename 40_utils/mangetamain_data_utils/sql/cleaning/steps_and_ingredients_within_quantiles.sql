with

recipes as (
    select * from minutes_between_1_and_180
),

bounds as (
    select * from recipe_bounds
),

final as (
    select recipes.*
    from recipes
    cross join bounds
    where
        recipes.n_steps between bounds.min_steps and bounds.max_steps
        and recipes.n_ingredients between bounds.min_ingredients and bounds.max_ingredients
)

select * from final
