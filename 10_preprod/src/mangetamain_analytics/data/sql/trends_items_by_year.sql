-- T5, T6. Share of the year's recipes that carry each item of kind $kind, zeros included, for items
-- that occur in at least $min_recipes recipes of the chosen years.
with recipes_per_year as (
    select
        year,
        count(*) as n_recipes_of_year
    from recipes
    where year between $first_year and $last_year
    group by year
),

chosen_item_years as (
    select
        item,
        year,
        n_recipes
    from item_years
    where kind = $kind and year between $first_year and $last_year
),

frequent_items as (
    select
        item,
        sum(n_recipes)::bigint as n_recipes_with_item
    from chosen_item_years
    group by item
    having sum(n_recipes) >= $min_recipes
),

final as (
    select
        frequent_items.item,
        frequent_items.n_recipes_with_item,
        recipes_per_year.year,
        recipes_per_year.n_recipes_of_year,
        coalesce(chosen_item_years.n_recipes, 0) as n_recipes,
        coalesce(chosen_item_years.n_recipes, 0) / recipes_per_year.n_recipes_of_year
            as share_of_recipes
    from frequent_items
    cross join recipes_per_year
    left join chosen_item_years
        on
            frequent_items.item = chosen_item_years.item
            and recipes_per_year.year = chosen_item_years.year
)

select * from final
order by item, year
