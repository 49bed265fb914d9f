with

counts as (
    select
        map {
            'recipes': (select count(*) from recipes),
            'interactions': (select count(*) from interactions),
            'users': (select count(*) from users),
            'recipe_ingredients': (select count(*) from recipe_ingredients),
            'recipe_tags': (select count(*) from recipe_tags),
            'item_years': (select count(*) from item_years),
            'cleaning_steps': (select count(*) from cleaning_steps),
            'source_notes': (select count(*) from source_notes)
        } as row_counts
),

final as (
    select
        cast($schema_version as integer) as schema_version,
        left($content_sha256, 12) as data_version,
        cast($content_sha256 as varchar) as content_sha256,
        cast($built_at as timestamp) as built_at,
        cast($app_commit as varchar) as app_commit,
        cast($is_demo as boolean) as is_demo,
        cast($has_train_split as boolean) as has_train_split,
        cast(
            $source_files as struct(name varchar, size_bytes bigint, sha256 varchar)[] -- noqa: CP05
        ) as source_files,
        row_counts,
        cast($n_unrated as bigint) as n_unrated
    from counts
)

select * from final
