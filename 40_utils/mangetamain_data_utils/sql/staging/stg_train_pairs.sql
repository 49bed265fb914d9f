-- one row per row of interactions_train: who rated what, in the training split
with

source as (
    select * from raw_batch
),

typed as (
    select
        line,
        whole_number(user_id) as user_id,
        whole_number(recipe_id) as recipe_id
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
        end as problem
    from typed
    inner join source on typed.line = source.line
)

select * from final
