-- T4. Mean nutrition per recipe and year: kcal, and % of the daily value for the rest.
with final as (
    select
        year,
        count(*) as n_recipes,
        avg(calories) as mean_calories,
        avg(carb_pct) as mean_carb_pct,
        avg(total_fat_pct) as mean_total_fat_pct,
        avg(protein_pct) as mean_protein_pct,
        avg(sugar_pct) as mean_sugar_pct,
        avg(sodium_pct) as mean_sodium_pct,
        avg(sat_fat_pct) as mean_sat_fat_pct
    from recipes
    group by year
)

select * from final
order by year
