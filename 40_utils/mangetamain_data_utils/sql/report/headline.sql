with

final as (
    select
        (select count(*) from recipes) as n_recipes,
        (select count(*) from interactions) as n_ratings,
        (select count(*) from users) as n_users,
        (select count(distinct ingredient) from recipe_ingredients) as n_ingredients,
        (select count(distinct tag) from recipe_tags) as n_tags,
        (select min(submitted) from recipes) as first_recipe,
        (select max(submitted) from recipes) as last_recipe,
        (select min(date) from interactions) as first_rating,
        (select max(date) from interactions) as last_rating,
        (select avg(rating) from interactions) as mean_rating,
        (select avg(in_train::integer) from interactions) as share_in_train,
        (
            select count(*)
            from interactions
            anti join recipes on interactions.recipe_id = recipes.id
        ) as n_ratings_of_removed_recipes
)

select * from final
