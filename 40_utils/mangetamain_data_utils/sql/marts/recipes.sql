with

clean_recipes as (
    select * from calories_and_ingredients_present
),

final as (
    select
        id,
        name,
        cast(minutes as integer) as minutes,
        contributor_id,
        submitted,
        cast(year(submitted) as smallint) as year,
        cast(month(submitted) as tinyint) as month,
        cast(isodow(submitted) as tinyint) as weekday,
        isodow(submitted) >= 6 as is_weekend,
        cast(season_of(month(submitted)) as season) as season,
        cast(n_steps as smallint) as n_steps,
        cast(n_ingredients as smallint) as n_ingredients,
        ln(1 + minutes) + n_steps + 0.5 * n_ingredients as complexity_score,
        nutrition[1] as calories,
        nutrition[2] as total_fat_pct,
        nutrition[3] as sugar_pct,
        nutrition[4] as sodium_pct,
        nutrition[5] as protein_pct,
        nutrition[6] as sat_fat_pct,
        nutrition[7] as carb_pct,
        ingredients,
        tags
    from clean_recipes
    order by submitted, id
)

select * from final
