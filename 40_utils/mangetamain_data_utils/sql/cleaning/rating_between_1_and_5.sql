-- rating 0 means "commented without rating", not zero stars
with

interactions as (
    select * from stg_interactions
),

final as (
    select *
    from interactions
    where rating between 1 and 5
)

select * from final
