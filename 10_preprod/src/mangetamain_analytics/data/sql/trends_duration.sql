-- T2. Preparation time per year. A quantile is an observed value: minutes are whole numbers.
with final as (
    select
        year,
        count(*) as n_recipes,
        avg(minutes) as mean_minutes,
        median(minutes) as median_minutes,
        quantile_disc(minutes, 0.05) as q05_minutes,
        quantile_disc(minutes, 0.10) as q10_minutes,
        quantile_disc(minutes, 0.25) as q25_minutes,
        quantile_disc(minutes, 0.33) as q33_minutes,
        quantile_disc(minutes, 0.66) as q66_minutes,
        quantile_disc(minutes, 0.75) as q75_minutes,
        quantile_disc(minutes, 0.90) as q90_minutes,
        quantile_disc(minutes, 0.95) as q95_minutes
    from recipes
    group by year
)

select * from final
order by year
