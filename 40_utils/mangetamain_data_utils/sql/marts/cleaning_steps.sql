-- the cleaning rules in the order they run, with what each found and removed
with

counts as (
    select
        (select count(*) from stg_recipes) as recipe_rows,
        (select count(*) from one_row_per_id) as unique_recipes,
        (select count(*) from minutes_between_1_and_180) as timed_recipes,
        (select count(*) from steps_and_ingredients_within_quantiles) as usual_recipes,
        (select count(*) from name_and_date_present) as named_recipes,
        (select count(*) from calories_and_ingredients_present) as clean_recipes,
        (select count(*) from stg_interactions) as interaction_rows,
        (select count(*) from rating_between_1_and_5) as rated_interactions,
        (select count(*) from date_present) as dated_interactions,
        (select count(*) from exact_duplicates_removed) as clean_interactions
),

rules as (
    select
        unnest([
            (1, 'recipes', 'one_row_per_id', recipe_rows, unique_recipes),
            (2, 'recipes', 'minutes_between_1_and_180', unique_recipes, timed_recipes),
            (
                3, 'recipes', 'steps_and_ingredients_within_quantiles',
                timed_recipes, usual_recipes
            ),
            (4, 'recipes', 'name_and_date_present', usual_recipes, named_recipes),
            (5, 'recipes', 'calories_and_ingredients_present', named_recipes, clean_recipes),
            (6, 'interactions', 'rating_between_1_and_5', interaction_rows, rated_interactions),
            (7, 'interactions', 'date_present', rated_interactions, dated_interactions),
            (
                8, 'interactions', 'exact_duplicates_removed',
                dated_interactions, clean_interactions
            )
        ]) as rule
    from counts
),

final as (
    select
        cast(rule[1] as integer) as step,
        rule[2] as table_name,
        rule[3] as rule, -- noqa: RF03
        rule[4] as rows_before,
        rule[4] - rule[5] as rows_removed
    from rules
    order by step
)

select * from final
