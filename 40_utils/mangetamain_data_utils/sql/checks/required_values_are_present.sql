-- Of all columns only the nutrition percentages may be null; lists may be empty but not null.
with

recipe_nulls as (
    select
        'recipes' as table_name,
        id as row_id
    from recipes
    where
        id is null or name is null or minutes is null or contributor_id is null
        or submitted is null or year is null or month is null or weekday is null
        or is_weekend is null or season is null or n_steps is null or n_ingredients is null
        or complexity_score is null or calories is null or ingredients is null
        or tags is null or list_count(ingredients) < len(ingredients)
        or list_count(tags) < len(tags)
),

interaction_nulls as (
    select
        'interactions' as table_name,
        recipe_id as row_id
    from interactions
    where
        user_id is null or recipe_id is null or date is null or rating is null
        or year is null or month is null or weekday is null or is_weekend is null
        or season is null or in_train is null
),

user_nulls as (
    select
        'users' as table_name,
        user_id as row_id
    from users
    where
        user_id is null or n_ratings is null or mean_rating is null
        or first_rated is null or last_rated is null or in_train is null
),

item_year_nulls as (
    select
        'item_years' as table_name,
        year as row_id
    from item_years
    where kind is null or item is null or year is null or n_recipes is null
),

cleaning_step_nulls as (
    select
        'cleaning_steps' as table_name,
        step as row_id
    from cleaning_steps
    where
        step is null or table_name is null or rule is null
        or rows_before is null or rows_removed is null
),

build_info_nulls as (
    select
        'build_info' as table_name,
        schema_version as row_id
    from build_info
    where
        schema_version is null or data_version is null or content_sha256 is null
        or built_at is null or app_commit is null or is_demo is null
        or has_train_split is null or source_files is null or row_counts is null
        or n_unrated is null
),

final as (
    select *
    from recipe_nulls
    union all
    select *
    from interaction_nulls
    union all
    select *
    from user_nulls
    union all
    select *
    from item_year_nulls
    union all
    select *
    from cleaning_step_nulls
    union all
    select *
    from build_info_nulls
)

select * from final
