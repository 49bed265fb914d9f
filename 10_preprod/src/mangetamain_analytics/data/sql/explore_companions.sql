-- X4. The items of kind $of_kind that the chosen years' recipes with the item $item of kind $kind
-- carry besides, in at least $min_together of these recipes; how many recipes carry each anyway.
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
    select recipes.id
    from recipes
    inner join recipes_with_item on recipes.id = recipes_with_item.recipe_id
    where recipes.year between $first_year and $last_year
),

together as (
    select
        ingredient as companion,
        count(*) as n_together
    from recipe_ingredients
    where $of_kind = 'ingredient' and recipe_id in (select chosen_recipes.id from chosen_recipes)
    group by ingredient
    union all
    select
        tag as companion,
        count(*) as n_together
    from recipe_tags
    where $of_kind = 'tag' and recipe_id in (select chosen_recipes.id from chosen_recipes)
    group by tag
),

recipes_per_item as (
    select
        item,
        sum(n_recipes)::bigint as n_recipes
    from item_years
    where kind = $of_kind and year between $first_year and $last_year
    group by item
),

final as (
    select
        together.companion,
        together.n_together,
        recipes_per_item.n_recipes
    from together
    inner join recipes_per_item on together.companion = recipes_per_item.item
    where
        together.n_together >= $min_together
        and not ($kind = $of_kind and together.companion = $item)
)

select * from final
order by n_together desc, companion asc
