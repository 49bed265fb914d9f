-- X3, X5. The recipes that carry the item $item of kind $kind.
with final as (
    select recipe_id
    from recipe_ingredients
    where $kind = 'ingredient' and ingredient = $item
    union all
    select recipe_id
    from recipe_tags
    where $kind = 'tag' and tag = $item
)

select * from final
order by recipe_id
