-- R4. How many users (or recipes) were active in a season, for any range of years: a range holds
-- as many as rows of its years whose previous year of that season lies before it (or is null).
with chosen_ratings as (
    select
        user_id,
        recipe_id,
        season,
        year
    from interactions
    where $scope = 'all' or in_train
),

active as (
    select distinct
        'users' as kind,
        user_id as id,
        season,
        year
    from chosen_ratings
    union all
    select distinct
        'recipes' as kind,
        recipe_id as id,
        season,
        year
    from chosen_ratings
),

with_previous as (
    select
        kind,
        season,
        year,
        lag(year) over (partition by kind, id, season order by year) as previous_year
    from active
),

final as (
    select
        kind,
        season::varchar as season,
        year,
        previous_year,
        count(*) as n_active
    from with_previous
    group by kind, season, year, previous_year
)

select * from final
order by kind, season, year, previous_year nulls first
