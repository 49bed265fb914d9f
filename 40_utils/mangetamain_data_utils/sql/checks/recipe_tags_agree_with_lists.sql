-- the pairs are exactly the distinct items of each recipe's list, each once
with

listed_pairs as (
    select
        id as recipe_id,
        unnest(list_distinct(tags)) as tag
    from recipes
),

missing_pairs as (
    select listed_pairs.*
    from listed_pairs
    anti join recipe_tags
        on
            listed_pairs.recipe_id = recipe_tags.recipe_id
            and listed_pairs.tag = recipe_tags.tag
),

surplus_pairs as (
    select recipe_tags.*
    from recipe_tags
    anti join listed_pairs
        on
            recipe_tags.recipe_id = listed_pairs.recipe_id
            and recipe_tags.tag = listed_pairs.tag
),

repeated_pairs as (
    select
        recipe_id,
        tag
    from recipe_tags
    group by recipe_id, tag
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
