-- the pairs are exactly the distinct items of each recipe's list, each once
with

listed_pairs as (
    select
        id as recipe_id,
        unnest(list_distinct(ingredients)) as ingredient
    from recipes
),

missing_pairs as (
    select listed_pairs.*
    from listed_pairs
    anti join recipe_ingredients
        on
            listed_pairs.recipe_id = recipe_ingredients.recipe_id
            and listed_pairs.ingredient = recipe_ingredients.ingredient
),

surplus_pairs as (
    select recipe_ingredients.*
    from recipe_ingredients
    anti join listed_pairs
        on
            recipe_ingredients.recipe_id = listed_pairs.recipe_id
            and recipe_ingredients.ingredient = listed_pairs.ingredient
),

repeated_pairs as (
    select
        recipe_id,
        ingredient
    from recipe_ingredients
    group by recipe_id, ingredient
    having count(*) > 1
),

final as (
    select
        'missing' as problem,
        *
    from missing_pairs
    union all
    select
        'surplus' as problem,
        *
    from surplus_pairs
    union all
    select
        'repeated' as problem,
        *
    from repeated_pairs
)

select * from final
