-- per year, the counts add up to the pairs; per row, at least one recipe and each row once
with

pairs as (
    select
        'ingredient' as kind,
        recipe_id
    from recipe_ingredients
    union all
    select
        'tag' as kind,
        recipe_id
    from recipe_tags
),

pairs_per_year as (
    select
        pairs.kind,
        recipes.year,
        count(*) as n_pairs
    from pairs
    inner join recipes on pairs.recipe_id = recipes.id
    group by pairs.kind, recipes.year
),

counts_per_year as (
    select
        kind,
        year,
        sum(n_recipes) as n_counted,
        min(n_recipes) as fewest,
        count(*) - count(distinct item) as n_repeated
    from item_years
    group by kind, year
),

final as (
    select
        coalesce(pairs_per_year.kind, counts_per_year.kind) as kind,
        coalesce(pairs_per_year.year, counts_per_year.year) as year,
        pairs_per_year.n_pairs,
        counts_per_year.n_counted,
        counts_per_year.fewest,
        counts_per_year.n_repeated
    from pairs_per_year
    full outer join counts_per_year
        on
            pairs_per_year.kind = counts_per_year.kind
            and pairs_per_year.year = counts_per_year.year
    where
        pairs_per_year.n_pairs is distinct from counts_per_year.n_counted
        or counts_per_year.fewest < 1
        or counts_per_year.n_repeated > 0
)

select * from final
