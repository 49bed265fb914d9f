with

measures as (
    unpivot (
        select
            minutes,
            n_steps,
            n_ingredients,
            complexity_score,
            calories,
            total_fat_pct,
            sugar_pct,
            sodium_pct,
            protein_pct,
            sat_fat_pct,
            carb_pct
        from recipes
    )
    on columns(*)
    into name measure value amount
),

final as (
    select
        measure,
        min(amount) as smallest,
        quantile_cont(amount, 0.25) as lower_quartile,
        median(amount) as median,
        avg(amount) as mean,
        quantile_cont(amount, 0.75) as upper_quartile,
        quantile_cont(amount, 0.99) as percentile_99,
        max(amount) as largest
    from measures
    group by measure
    order by measure
)

select * from final
