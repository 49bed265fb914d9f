-- T3. Complexity score (ln(1 + minutes) + steps + ingredients / 2), steps and ingredients per year.
with final as (
    select
        year,
        count(*) as n_recipes,
        avg(complexity_score) as mean_complexity_score,
        stddev_samp(complexity_score) as sd_complexity_score,
        avg(n_steps) as mean_n_steps,
        avg(n_ingredients) as mean_n_ingredients
    from recipes
    group by year
)

select * from final
order by year
