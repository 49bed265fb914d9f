-- one row per row of RAW_interactions; `problem` says why a row cannot be read
with

source as (
    select * from raw_batch
),

typed as (
    select
        line,
        whole_number(user_id) as user_id,
        whole_number(recipe_id) as recipe_id,
        calendar_date(date) as date,
        whole_number(rating) as rating,
        -- 16 bytes stand for the text when looking for exact duplicates
        md5_number(review) as review_md5,
        coalesce(is_slash_date(date), false) as has_slash_date
    from source
),

final as (
    select
        typed.*,
        case
            when typed.user_id is null
                then wrong_cell('user_id', source.user_id, 'a whole number')
            when typed.recipe_id is null
                then wrong_cell('recipe_id', source.recipe_id, 'a whole number')
            when typed.date is null and source.date != ''
                then wrong_cell('date', source.date, 'a date such as 2017-08-18')
            when typed.rating is null and source.rating != ''
                then wrong_cell('rating', source.rating, 'a whole number')
        end as problem
    from typed
    inner join source on typed.line = source.line
)

select * from final
