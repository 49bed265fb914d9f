-- Means of the nutrition values by year, season and weekend.
with long as (
    unpivot (
        select
            year,
            season,
            is_weekend,
            calories,
            total_fat_pct,
            sugar_pct,
            sodium_pct,
            protein_pct,
            sat_fat_pct,
            carb_pct
        from recipes
    ) on columns(* exclude (year, season, is_weekend)) into name nutrient value amount
)

select
    'trends.nutrition.' || nutrient || '.mean_per_year' as figure,
    year::varchar as key,
    null as subkey,
    'value' as unit,
    avg(amount) as generated
from long
where nutrient in ('calories', 'total_fat_pct', 'protein_pct', 'carb_pct')
group by nutrient, year
union all
select
    'season.nutrition.' || nutrient || '.mean' as figure,
    season::varchar as key,
    null as subkey,
    'value' as unit,
    avg(amount) as generated
from long
where nutrient != 'carb_pct'
group by nutrient, season
union all
select
    'weekend.nutrition.' || nutrient as figure,
    if(is_weekend, 'Weekend', 'Weekday') as key,
    null as subkey,
    'value' as unit,
    avg(amount) as generated
from long
where nutrient != 'carb_pct'
group by nutrient, is_weekend
order by figure, key
