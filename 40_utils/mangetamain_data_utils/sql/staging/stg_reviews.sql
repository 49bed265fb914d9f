-- the free text of RAW_interactions, for analysts only (--keep-text)
with

source as (
    select * from raw_batch
),

final as (
    select
        line,
        filled(review) as review,
        cast(null as varchar) as problem
    from source
)

select * from final
