-- Minutes, steps, ingredients and complexity: yearly and seasonal means, correlations; slopes.
-- Columns are named by published ids and unpivoted, hence their dots:
-- noqa: disable=RF05
with yearly as (
    unpivot (
        select
            year::varchar as key,
            avg(minutes) as "trends.minutes.mean_per_year",
            median(minutes) as "trends.minutes.median_per_year",
            quantile_disc(minutes, 0.25)::double as "trends.minutes.q25_per_year",
            quantile_disc(minutes, 0.75)::double as "trends.minutes.q75_per_year",
            avg(n_steps) as "trends.steps.mean_per_year",
            avg(n_ingredients) as "trends.ingredients_count.mean_per_year",
            avg(complexity_score) as "trends.complexity.mean_per_year",
            stddev_samp(complexity_score) as "trends.complexity.std_per_year"
        from recipes
        group by year
    ) on columns(* exclude key) into name figure value generated
),

seasonal as (
    unpivot (
        select
            season::varchar as key,
            avg(minutes) as "season.minutes.mean",
            median(minutes) as "season.minutes.median",
            avg(n_steps) as "season.steps.mean",
            avg(n_ingredients) as "season.ingredients_count.mean",
            avg(complexity_score) as "season.complexity.mean"
        from recipes
        group by season
    ) on columns(* exclude key) into name figure value generated
),

weekend as (
    unpivot (
        select
            if(is_weekend, 'Weekend', 'Weekday') as key,
            avg(minutes) as "weekend.minutes.mean",
            avg(complexity_score) as "weekend.complexity.mean"
        from recipes
        group by is_weekend
    ) on columns(* exclude key) into name figure value generated
),

correlation as (
    unpivot (
        select
            'trends.complexity.pearson' as figure,
            corr(minutes, n_steps) as "minutes~n_steps",
            corr(minutes, n_ingredients) as "minutes~n_ingredients",
            corr(n_steps, n_ingredients) as "n_steps~n_ingredients"
        from recipes
    ) on columns(* exclude figure) into name key value generated
),

-- Weighting a year by its recipes is least squares over the recipes.
slopes as (
    unpivot (
        select
            regr_slope(minutes, year) as "trends.minutes.wls_mean.slope",
            regr_slope(complexity_score, year) as "trends.complexity.wls.slope",
            regr_slope(n_steps, year) as "trends.steps.wls.slope",
            regr_slope(n_ingredients, year) as "trends.ingredients_count.wls.slope",
            regr_slope(calories, year) as "trends.nutrition.calories.slope",
            regr_slope(carb_pct, year) as "trends.nutrition.carb_pct.slope",
            regr_slope(total_fat_pct, year) as "trends.nutrition.total_fat_pct.slope",
            regr_slope(protein_pct, year) as "trends.nutrition.protein_pct.slope"
        from recipes
    ) on columns(*) into name figure value generated
),

overall as (
    unpivot (
        select
            avg(minutes) as "recipes.clean.minutes_mean",
            median(minutes)::double as "recipes.clean.minutes_median",
            avg(n_steps) as "recipes.clean.n_steps_mean",
            median(n_steps)::double as "recipes.clean.n_steps_median",
            avg(n_ingredients) as "recipes.clean.n_ingredients_mean",
            median(n_ingredients)::double as "recipes.clean.n_ingredients_median"
        from recipes
    ) on columns(*) into name figure value generated
)

select
    figure,
    key,
    null as subkey,
    'value' as unit,
    generated
from (
    select
        figure,
        key,
        generated
    from yearly
    union all
    select
        figure,
        key,
        generated
    from seasonal
    union all
    select
        figure,
        key,
        generated
    from weekend
    union all
    select
        figure,
        key,
        generated
    from correlation
    union all
    select
        figure,
        null as key,
        generated
    from overall
    union all
    select
        figure,
        null as key,
        generated
    from slopes
) as everything
order by figure, key
