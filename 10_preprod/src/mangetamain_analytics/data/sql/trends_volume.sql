-- T1. Recipes published per year.
with final as (
    select
        year,
        count(*) as n_recipes
    from recipes
    group by year
)

select * from final
order by year
