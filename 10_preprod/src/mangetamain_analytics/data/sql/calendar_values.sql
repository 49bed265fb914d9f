-- S2 to S4, E2 to E4. What is measured of each recipe, with its year, month and weekday.
-- Tests by rank need every value; only their results leave the server.
select
    year,
    month,
    weekday,
    minutes,
    complexity_score,
    n_steps,
    n_ingredients,
    calories,
    carb_pct,
    total_fat_pct,
    protein_pct,
    sugar_pct,
    sodium_pct,
    sat_fat_pct
from recipes
