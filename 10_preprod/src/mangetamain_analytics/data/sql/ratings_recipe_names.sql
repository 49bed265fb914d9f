-- R9. Names of the recipes of $ids, numbers separated by commas.
with wanted as (
    select unnest(string_split($ids, ','))::bigint as recipe_id
),

final as (
    select
        wanted.recipe_id,
        recipes.name
    from wanted
    inner join recipes on wanted.recipe_id = recipes.id
)

select * from final
order by recipe_id
