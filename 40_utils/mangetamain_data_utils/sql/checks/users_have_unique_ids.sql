with

final as (
    select
        user_id,
        count(*) as n_rows
    from users
    group by user_id
    having count(*) > 1
)

select * from final
