-- T5, T6. The items of kind $kind that occur in most recipes of the chosen years.
with chosen_recipes as (
    select count(*) as n_all_recipes
    from recipes
    where year between $first_year and $last_year
),

recipes_per_item as (
    select
        item,
        sum(n_recipes)::bigint as n_recipes
    from item_years
    where kind = $kind and year between $first_year and $last_year
    group by item
),

final as (
    select
        recipes_per_item.item,
        recipes_per_item.n_recipes,
        recipes_per_item.n_recipes / chosen_recipes.n_all_recipes as share_of_recipes
    from recipes_per_item
    cross join chosen_recipes
)

select * from final
order by n_recipes desc, item asc
limit $n_items
