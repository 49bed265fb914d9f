-- one row per row of RAW_recipes; `problem` says why a row cannot be read
with

source as (
    select * from raw_batch
),

typed as (
    select
        line,
        whole_number(id) as id,
        filled(name) as name,
        whole_number(minutes) as minutes,
        whole_number(contributor_id) as contributor_id,
        calendar_date(submitted) as submitted,
        whole_number(n_steps) as n_steps,
        whole_number(n_ingredients) as n_ingredients,
        nutrition_list as nutrition,
        ingredients_list as ingredients,
        coalesce(tags_list, []) as tags,
        coalesce(is_slash_date(submitted), false) as has_slash_date,
        ingredients in ('', 'nan') or tags in ('', 'nan') or nutrition in ('', 'nan')
            as lacks_a_list,
        whole_number(n_ingredients) != len(ingredients_list) as miscounts_ingredients
    from source
),

final as (
    select
        typed.*,
        case
            when typed.id is null
                then wrong_cell('id', source.id, 'a whole number')
            when typed.minutes is null and source.minutes != ''
                then wrong_cell('minutes', source.minutes, 'a whole number')
            when typed.contributor_id is null
                then wrong_cell('contributor_id', source.contributor_id, 'a whole number')
            when typed.submitted is null and source.submitted != ''
                then wrong_cell('submitted', source.submitted, 'a date such as 2017-08-18')
            when
                source.n_steps != ''
                and (typed.n_steps is null or typed.n_steps not between 0 and 32767)
                then wrong_cell('n_steps', source.n_steps, 'a whole number from 0 to 32,767')
            when
                source.n_ingredients != ''
                and (typed.n_ingredients is null or typed.n_ingredients not between 0 and 32767)
                then
                    wrong_cell(
                        'n_ingredients', source.n_ingredients, 'a whole number from 0 to 32,767'
                    )
            when source.ingredients_list is null and source.ingredients not in ('', 'nan')
                then wrong_cell('ingredients', source.ingredients, 'a list of texts')
            when source.tags_list is null and source.tags not in ('', 'nan')
                then wrong_cell('tags', source.tags, 'a list of texts')
            when source.nutrition_list is null and source.nutrition not in ('', 'nan')
                then wrong_cell('nutrition', source.nutrition, 'a list of numbers')
            when len(source.nutrition_list) != 7
                then wrong_cell('nutrition', source.nutrition, 'a list of 7 numbers')
        end as problem
    from typed
    inner join source on typed.line = source.line
)

select * from final
