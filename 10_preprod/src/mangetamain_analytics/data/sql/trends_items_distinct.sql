-- T5, T6. How many different items of kind $kind the recipes of each year use.
with recipes_per_year as (
    select
        year,
        count(*) as n_recipes
    from recipes
    group by year
),

items_per_year as (
    select
        year,
        count(*) as n_distinct_items
    from item_years
    where kind = $kind
    group by year
),

final as (
    select
        recipes_per_year.year,
        recipes_per_year.n_recipes,
        coalesce(items_per_year.n_distinct_items, 0) as n_distinct_items
    from recipes_per_year
    left join items_per_year on recipes_per_year.year = items_per_year.year
)

select * from final
order by year
