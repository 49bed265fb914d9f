with

clean_interactions as (
    select * from exact_duplicates_removed
),

texts as (
    select * from stg_reviews
),

final as (
    select
        clean_interactions.user_id,
        clean_interactions.recipe_id,
        clean_interactions.date,
        cast(clean_interactions.rating as tinyint) as rating,
        texts.review
    from clean_interactions
    inner join texts on clean_interactions.line = texts.line
    order by
        clean_interactions.date,
        clean_interactions.recipe_id,
        clean_interactions.user_id,
        clean_interactions.line
)

select * from final
