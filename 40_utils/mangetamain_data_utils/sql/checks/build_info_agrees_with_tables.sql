with

found_rows as (
    select
        unnest(['recipes', 'interactions', 'users', 'recipe_ingredients']) as table_name,
        unnest([
            (select count(*) from recipes),
            (select count(*) from interactions),
            (select count(*) from users),
            (select count(*) from recipe_ingredients)
        ]) as n_rows
    union all
    select
        unnest(['recipe_tags', 'item_years', 'cleaning_steps', 'source_notes']) as table_name,
        unnest([
            (select count(*) from recipe_tags),
            (select count(*) from item_years),
            (select count(*) from cleaning_steps),
            (select count(*) from source_notes)
        ]) as n_rows
    union all
    select
        'build_info' as table_name,
        1 as n_rows
),

stated_rows as (
    select
        unnest(map_keys(row_counts)) as table_name,
        unnest(map_values(row_counts)) as n_rows
    from build_info
    union all
    select
        'build_info' as table_name,
        count(*) as n_rows
    from build_info
),

wrong_counts as (
    select
        coalesce(stated_rows.table_name, found_rows.table_name) as subject,
        cast(stated_rows.n_rows as varchar) as stated,
        cast(found_rows.n_rows as varchar) as found
    from stated_rows
    full outer join found_rows on stated_rows.table_name = found_rows.table_name
    where stated_rows.n_rows is distinct from found_rows.n_rows
),

wrong_versions as (
    select
        'data_version' as subject,
        data_version as stated,
        left(content_sha256, 12) as found
    from build_info
    where
        data_version != left(content_sha256, 12)
        or not regexp_full_match(content_sha256, '[0-9a-f]{64}')
),

train_ratings as (
    select count(*) as n_rows
    from interactions
    where in_train
),

wrong_train_flags as (
    select
        'has_train_split' as subject,
        cast(build_info.has_train_split as varchar) as stated,
        format('{} ratings in the training split', train_ratings.n_rows) as found
    from build_info
    cross join train_ratings
    where not build_info.has_train_split and train_ratings.n_rows > 0
),

final as (
    select *
    from wrong_counts
    union all
    select *
    from wrong_versions
    union all
    select *
    from wrong_train_flags
)

select * from final
