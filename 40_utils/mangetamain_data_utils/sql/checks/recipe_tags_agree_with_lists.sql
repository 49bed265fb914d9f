-- the pairs are exactly the distinct items of each recipe's list
with

listed_pairs as (
    select
        id as recipe_id,
        unnest(list_distinct(tags)) as tag
    from recipes
),

missing_pairs as (
    select *
    from listed_pairs
    except all
    select *
    from recipe_tags
),

surplus_pairs as (
    select *
    from recipe_tags
    except all
    select *
    from listed_pairs
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
)

select * from final
