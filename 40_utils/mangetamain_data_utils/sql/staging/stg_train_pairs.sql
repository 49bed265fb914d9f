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

problems as (
    select
        source.line,
        case
            when typed.user_id is null
                then wrong_cell('user_id', source.user_id, 'a whole number')
            when typed.recipe_id is null
                then wrong_cell('recipe_id', source.recipe_id, 'a whole number')
        end as problem
    from source
    inner join typed on source.line = typed.line
),

final as (
    select
        typed.*,
        problems.problem
    from typed
    inner join problems on typed.line = problems.line
)

select * from final
