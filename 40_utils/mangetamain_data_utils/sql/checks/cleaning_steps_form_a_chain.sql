-- each rule starts with what the rule before left; the last leaves the rows of the table
with

tables as (
    select
        'recipes' as table_name,
        count(*) as n_rows
    from recipes
    union all
    select
        'interactions' as table_name,
        count(*) as n_rows
    from interactions
),

steps as (
    select
        *,
        rows_before - rows_removed as rows_left,
        lead(rows_before) over (partition by table_name order by step) as next_rows_before
    from cleaning_steps
),

final as (
    select
        tables.table_name,
        steps.step,
        steps.rule,
        steps.rows_left,
        coalesce(steps.next_rows_before, tables.n_rows) as rows_found_next
    from tables
    left join steps on tables.table_name = steps.table_name
    where
        steps.step is null
        or steps.rows_removed < 0
        or steps.rows_left != coalesce(steps.next_rows_before, tables.n_rows)
)

select * from final
