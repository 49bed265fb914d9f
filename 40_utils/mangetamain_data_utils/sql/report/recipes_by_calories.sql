-- bins of 50 kcal; what lies above the 99th percentile is left out so that the rest is seen
with

upper_edge as (
    select quantile_cont(calories, 0.99) as calories
    from recipes
),

final as (
    select
        floor(recipes.calories / 50) * 50 as x,
        count(*) as y
    from recipes
    inner join upper_edge on recipes.calories <= upper_edge.calories
    group by x
    order by x
)

select * from final
