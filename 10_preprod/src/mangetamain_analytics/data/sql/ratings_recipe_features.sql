-- R7, R9. The name of each cleaned recipe, and what its ratings are compared with.
select
    id as recipe_id,
    name,
    minutes,
    n_steps,
    n_ingredients,
    complexity_score,
    calories
from recipes
order by recipe_id
