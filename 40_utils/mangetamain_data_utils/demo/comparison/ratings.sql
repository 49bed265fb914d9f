-- Stars: distribution, months and weekdays, all ratings and the train split. Yearly counts of the
-- split were published for the months with at least 100 ratings only.
select
    'ratings.full.distribution' as figure,
    rating::varchar as key,
    null as subkey,
    'interactions' as unit,
    count(*)::double as generated
from interactions
group by rating
union all
select
    'ratings.full.mean' as figure,
    null as key,
    null as subkey,
    'value' as unit,
    avg(rating) as generated
from interactions
union all
select
    'ratings.full.std' as figure,
    null as key,
    null as subkey,
    'value' as unit,
    stddev_pop(rating) as generated
from interactions
union all
select
    'ratings.full.month.n' as figure,
    month::varchar as key,
    null as subkey,
    'interactions' as unit,
    count(*) as generated
from interactions
group by month
union all
select
    'ratings.full.month.mean' as figure,
    month::varchar as key,
    null as subkey,
    'value' as unit,
    avg(rating) as generated
from interactions
group by month
union all
select
    'ratings.full.season' as figure,
    season::varchar as key,
    'mean' as subkey,
    'value' as unit,
    avg(rating) as generated
from interactions
group by season
union all
select
    'ratings.train.clean_rows' as figure,
    null as key,
    null as subkey,
    'interactions' as unit,
    count(*) as generated
from interactions
where in_train
union all
select
    'ratings.train.overall_mean' as figure,
    null as key,
    null as subkey,
    'value' as unit,
    avg(rating) as generated
from interactions
where in_train
union all
select
    'ratings.train.per_year' as figure,
    year::varchar as key,
    null as subkey,
    'interactions' as unit,
    count(*) as generated
from interactions
where in_train and date >= '2001-09-01' and date < '2018-12-01'
group by year
union all
select
    'ratings.train.monthly.mean_rating' as figure,
    strftime(date, '%Y-%m') as key,
    null as subkey,
    'value' as unit,
    avg(rating) as generated
from interactions
where in_train
group by all
union all
select
    'ratings.train.weekday.n' as figure,
    ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][weekday] as key,
    null as subkey,
    'interactions' as unit,
    count(*) as generated
from interactions
where in_train
group by weekday
union all
select
    'ratings.train.weekday.mean' as figure,
    ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][weekday] as key,
    null as subkey,
    'value' as unit,
    avg(rating) as generated
from interactions
where in_train
group by weekday
order by figure, key, subkey
