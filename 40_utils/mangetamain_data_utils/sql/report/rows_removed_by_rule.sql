with

final as (
    select
        rule as x,
        rows_removed as y
    from cleaning_steps
    order by step
)

select * from final
