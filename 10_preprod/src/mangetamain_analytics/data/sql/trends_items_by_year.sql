-- T5, T6. Recipes of each year that carry each item of kind $kind, zeros included, for the items
-- that occur in at least $min_recipes recipes of all years.
with recipes_per_year as (
    select
        year,
        count(*) as n_recipes_of_year
    from recipes
    group by year
),

item_years_of_kind as (
    select
        item,
        year,
        n_recipes
    from item_years
    where kind = $kind
),

frequent_items as (
    select item
    from item_years_of_kind
    group by item
    having sum(n_recipes) >= $min_recipes
),

final as (
    select
        frequent_items.item,
        recipes_per_year.year,
        recipes_per_year.n_recipes_of_year,
        coalesce(item_years_of_kind.n_recipes, 0) as n_recipes
    from frequent_items
    cross join recipes_per_year
    left join item_years_of_kind
        on
            frequent_items.item = item_years_of_kind.item
            and recipes_per_year.year = item_years_of_kind.year
)

select * from final
order by item, year
