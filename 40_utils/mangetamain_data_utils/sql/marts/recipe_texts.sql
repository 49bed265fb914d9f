with

clean_recipes as (
    select * from calories_and_ingredients_present
),

texts as (
    select * from stg_recipe_texts
),

final as (
    select
        clean_recipes.id as recipe_id,
        texts.description,
        texts.steps
    from clean_recipes
    inner join texts on clean_recipes.line = texts.line
    order by clean_recipes.submitted, clean_recipes.id
)

select * from final
