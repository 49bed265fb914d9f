-- R7. What the ratings of a recipe are compared with.
select
    id as recipe_id,
    minutes,
    n_steps,
    n_ingredients,
    complexity_score,
    calories
from recipes
order by recipe_id
