with

final as (
    select
        id,
        minutes,
        n_steps,
        n_ingredients,
        complexity_score
    from recipes
    where abs(complexity_score - (ln(1 + minutes) + n_steps + n_ingredients / 2)) > 1e-9
)

select * from final
