-- What each cleaning rule removed.
select
    case rule
        when 'minutes_between_1_and_180' then 'recipes.clean.step2.minutes_removed'
        when 'steps_and_ingredients_within_quantiles' then 'recipes.clean.step2b.outliers_removed'
        when 'rating_between_1_and_5' then 'ratings.full.rating0_rows'
    end as figure,
    null as key,
    null as subkey,
    table_name as unit,
    rows_removed::double as generated
from cleaning_steps
where figure is not null
union all
select
    'recipes.clean.rows' as figure,
    null as key,
    null as subkey,
    'recipes' as unit,
    count(*) as generated
from recipes
