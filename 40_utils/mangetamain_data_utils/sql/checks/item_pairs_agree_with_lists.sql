-- the pairs are exactly the distinct items of each recipe's lists, each once
with

listed as (
    select
        'ingredient' as kind,
        id as recipe_id,
        unnest(list_distinct(ingredients)) as item
    from recipes
    union all
    select
        'tag' as kind,
        id as recipe_id,
        unnest(list_distinct(tags)) as item
    from recipes
),

paired as (
    select
        'ingredient' as kind,
        recipe_id,
        ingredient as item,
        count(*) as n_pairs
    from recipe_ingredients
    group by recipe_id, ingredient
    union all
    select
        'tag' as kind,
        recipe_id,
        tag as item,
        count(*) as n_pairs
    from recipe_tags
    group by recipe_id, tag
),

final as (
    select
        coalesce(listed.kind, paired.kind) as kind,
        coalesce(listed.recipe_id, paired.recipe_id) as recipe_id,
        coalesce(listed.item, paired.item) as item,
        listed.item is not null as is_listed,
        coalesce(paired.n_pairs, 0) as n_pairs
    from listed
    full outer join paired
        on
            listed.kind = paired.kind
            and listed.recipe_id = paired.recipe_id
            and listed.item = paired.item
    where listed.item is null or paired.n_pairs is distinct from 1
)

select * from final
