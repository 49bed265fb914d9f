-- classes that double: 1, 2 to 3, 4 to 7, 8 to 15, ...
with

classes as (
    select cast(pow(2, floor(log2(n_ratings))) as integer) as fewest
    from users
),

final as (
    select
        if(fewest = 1, '1', format('{} to {}', fewest, 2 * fewest - 1)) as x,
        count(*) as y
    from classes
    group by fewest
    order by fewest
)

select * from final
