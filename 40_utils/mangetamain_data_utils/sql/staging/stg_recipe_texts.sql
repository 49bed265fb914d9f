-- the free text of RAW_recipes, for analysts only (--keep-text)
with

source as (
    select * from raw_batch
),

final as (
    select
        line,
        filled(description) as description,
        coalesce(steps_list, []) as steps,
        case
            when steps_list is null and steps not in ('', 'nan')
                then wrong_cell('steps', steps, 'a list of texts')
        end as problem
    from source
)

select * from final
