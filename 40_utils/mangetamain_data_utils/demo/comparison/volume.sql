-- Recipes per year, season and weekday of submission.
select
    'trends.volume.per_year' as figure,
    year::varchar as key,
    null as subkey,
    'recipes' as unit,
    count(*)::double as generated
from recipes
group by year
union all
select
    'season.volume' as figure,
    season::varchar as key,
    null as subkey,
    'recipes' as unit,
    count(*) as generated
from recipes
group by season
union all
select
    'weekend.volume.per_weekday' as figure,
    ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][weekday] as key,
    null as subkey,
    'recipes' as unit,
    count(*) as generated
from recipes
group by weekday
order by figure, key
