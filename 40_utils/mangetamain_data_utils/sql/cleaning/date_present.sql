with

interactions as (
    select * from rating_between_1_and_5
),

final as (
    select *
    from interactions
    where date is not null
)

select * from final
