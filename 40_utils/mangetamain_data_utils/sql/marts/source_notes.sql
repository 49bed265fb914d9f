-- what was accepted in the source files with a remark, and how often
with

notes as (
    select
        unnest(
            cast($notes as struct(source_table varchar, note varchar, n_rows bigint)[]),
            recursive := true
        )
),

dates as (
    select
        'RAW_recipes' as source_table,
        'dates written as 2017/8/18' as note,
        count(*) as n_rows
    from stg_recipes
    where has_slash_date
    union all
    select
        'RAW_interactions' as source_table,
        'dates written as 2017/8/18' as note,
        count(*) as n_rows
    from stg_interactions
    where has_slash_date
),

lists as (
    select
        'RAW_recipes' as source_table,
        'rows with an empty or nan list' as note,
        count(*) as n_rows
    from stg_recipes
    where lacks_a_list
    union all
    select
        'RAW_recipes' as source_table,
        'rows where n_ingredients is not the length of the list' as note,
        count(*) as n_rows
    from stg_recipes
    where miscounts_ingredients
),

final as (
    select *
    from notes
    union all
    select *
    from dates
    union all
    select *
    from lists
)

select *
from final
where n_rows > 0
order by source_table, note
