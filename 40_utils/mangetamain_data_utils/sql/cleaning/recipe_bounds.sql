-- One row: the 2.5 % and 97.5 % quantiles of what the minutes rule leaves (real data: steps 2 to
-- 24, ingredients 3 to 17). A quantile q is the value at index round(q * (n - 1)) of the sorted
-- values, Polars' "nearest"; it is one of the values, so no rounding follows.
with

recipes as (
    select * from minutes_between_1_and_180
),

steps as (
    select
        n_steps,
        row_number() over (order by n_steps) - 1 as index,
        count(*) over () - 1 as last_index
    from recipes
    where n_steps is not null
),

ingredients as (
    select
        n_ingredients,
        row_number() over (order by n_ingredients) - 1 as index,
        count(*) over () - 1 as last_index
    from recipes
    where n_ingredients is not null
),

step_bounds as (
    select
        min(n_steps) filter (where index = round(0.025 * last_index)) as min_steps,
        min(n_steps) filter (where index = round(0.975 * last_index)) as max_steps
    from steps
),

ingredient_bounds as (
    select
        min(n_ingredients) filter (where index = round(0.025 * last_index)) as min_ingredients,
        min(n_ingredients) filter (where index = round(0.975 * last_index)) as max_ingredients
    from ingredients
),

final as (
    select *
    from step_bounds
    cross join ingredient_bounds
)

select * from final
