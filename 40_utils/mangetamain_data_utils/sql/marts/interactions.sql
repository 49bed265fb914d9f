with

clean_interactions as (
    select * from exact_duplicates_removed
),

train_pairs as (
    select distinct
        user_id,
        recipe_id
    from stg_train_pairs
),

final as (
    select
        clean_interactions.user_id,
        clean_interactions.recipe_id,
        clean_interactions.date,
        cast(clean_interactions.rating as tinyint) as rating,
        cast(year(clean_interactions.date) as smallint) as year,
        cast(month(clean_interactions.date) as tinyint) as month,
        cast(isodow(clean_interactions.date) as tinyint) as weekday,
        isodow(clean_interactions.date) >= 6 as is_weekend,
        cast(season_of(month(clean_interactions.date)) as season) as season,
        train_pairs.user_id is not null as in_train
    from clean_interactions
    left join train_pairs
        on
            clean_interactions.user_id = train_pairs.user_id
            and clean_interactions.recipe_id = train_pairs.recipe_id
    order by
        clean_interactions.date,
        clean_interactions.recipe_id,
        clean_interactions.user_id,
        -- two votes of one person on one day: in the order of the file
        clean_interactions.line
)

select * from final
