-- X4. The items of kind $of_kind that the recipes with the item $item of kind $kind carry besides,
-- in at least $min_together of these recipes: how many each year, and how many recipes of that year
-- carry each anyway.
with recipes_with_item as (
    select recipe_id
    from recipe_ingredients
    where $kind = 'ingredient' and ingredient = $item
    union all
    select recipe_id
    from recipe_tags
    where $kind = 'tag' and tag = $item
),

chosen_recipes as (
    select
        recipes.id,
        recipes.year
    from recipes
    inner join recipes_with_item on recipes.id = recipes_with_item.recipe_id
),

together as (
    select
        recipe_ingredients.ingredient as companion,
        chosen_recipes.year,
        count(*) as n_together
    from recipe_ingredients
    inner join chosen_recipes on recipe_ingredients.recipe_id = chosen_recipes.id
    where $of_kind = 'ingredient'
    group by recipe_ingredients.ingredient, chosen_recipes.year
    union all
    select
        recipe_tags.tag as companion,
        chosen_recipes.year,
        count(*) as n_together
    from recipe_tags
    inner join chosen_recipes on recipe_tags.recipe_id = chosen_recipes.id
    where $of_kind = 'tag'
    group by recipe_tags.tag, chosen_recipes.year
),

companions as (
    select companion
    from together
    where not ($kind = $of_kind and companion = $item)
    group by companion
    having sum(n_together) >= $min_together
),

final as (
    select
        companions.companion,
        item_years.year,
        coalesce(together.n_together, 0) as n_together,
        item_years.n_recipes
    from companions
    inner join item_years on companions.companion = item_years.item and item_years.kind = $of_kind
    left join together
        on item_years.item = together.companion and item_years.year = together.year
)

select * from final
order by companion, year
