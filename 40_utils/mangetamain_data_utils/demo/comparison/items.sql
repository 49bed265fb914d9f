-- Ingredients or tags ($kind): totals and shares of the named ones, and how many exist.
with occurrences as (
    select
        recipe_id,
        ingredient as item
    from recipe_ingredients
    where $kind = 'ingredients'
    union all
    select
        recipe_id,
        tag as item
    from recipe_tags
    where $kind = 'tags'
),

dated as (
    select
        o.item,
        r.year::varchar as year,
        r.season::varchar as season,
        if(r.is_weekend, 'weekend_pct', 'weekday_pct') as period
    from occurrences as o
    inner join recipes as r on o.recipe_id = r.id
),

named as (
    select * from dated
    where list_contains($items, item)
),

recipes_per_year as (
    select
        year::varchar as year,
        count(*) as n_recipes
    from recipes
    group by all
),

recipes_per_season as (
    select
        season::varchar as season,
        count(*) as n_recipes
    from recipes
    group by all
),

recipes_per_period as (
    select
        if(is_weekend, 'weekend_pct', 'weekday_pct') as period,
        count(*) as n_recipes
    from recipes
    group by all
),

totals as (
    select
        item,
        count(*) as n_recipes
    from dated
    group by item
)

select
    'trends.' || $kind || '.top10' as figure,
    item as key,
    null as subkey,
    'recipes' as unit,
    n_recipes::double as generated
from totals
where list_contains($items, item)
union all
select
    'trends.' || $kind || '.freq_per_year.' || n.item as figure,
    n.year as key,
    null as subkey,
    'value' as unit,
    count(*) / any_value(y.n_recipes) as generated
from named as n
inner join recipes_per_year as y on n.year = y.year
group by n.item, n.year
union all
select
    'season.' || $kind || '.top20_freq_pct' as figure,
    n.item as key,
    n.season as subkey,
    'value' as unit,
    100 * count(*) / any_value(s.n_recipes) as generated
from named as n
inner join recipes_per_season as s on n.season = s.season
group by n.item, n.season
union all
select
    $weekend_figure as figure,
    n.item as key,
    n.period as subkey,
    'value' as unit,
    100 * count(*) / any_value(p.n_recipes) as generated
from named as n
inner join recipes_per_period as p on n.period = p.period
group by n.item, n.period
union all
select
    'trends.' || $kind || '.exploded_rows' as figure,
    null as key,
    null as subkey,
    'recipes' as unit,
    sum(n_recipes) as generated
from totals
union all
select
    'trends.' || $kind || '.n_ge50' as figure,
    null as key,
    null as subkey,
    'distinct' as unit,
    count(*) as generated
from totals
where n_recipes >= 50
union all
select
    'season.' || $kind || '.unique_total' as figure,
    null as key,
    null as subkey,
    'distinct' as unit,
    count(*) as generated
from totals
union all
select
    'trends.' || $kind || '.unique_per_year' as figure,
    year as key,
    null as subkey,
    'distinct' as unit,
    count(distinct item) as generated
from dated
group by year
union all
select
    'season.' || $kind || '.unique' as figure,
    season as key,
    null as subkey,
    'distinct' as unit,
    count(distinct item) as generated
from dated
group by season
order by figure, key, subkey
