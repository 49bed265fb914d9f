-- The contract between this package and the site: every table, column and type, in order.
-- The two tables of free text are there only when the file was built with --keep-text.
with

expected as (
    select
        unnest([
            ('recipes', 1, 'id', 'BIGINT'),
            ('recipes', 2, 'name', 'VARCHAR'),
            ('recipes', 3, 'minutes', 'INTEGER'),
            ('recipes', 4, 'contributor_id', 'BIGINT'),
            ('recipes', 5, 'submitted', 'DATE'),
            ('recipes', 6, 'year', 'SMALLINT'),
            ('recipes', 7, 'month', 'TINYINT'),
            ('recipes', 8, 'weekday', 'TINYINT'),
            ('recipes', 9, 'is_weekend', 'BOOLEAN'),
            ('recipes', 10, 'season', 'ENUM(''Winter'', ''Spring'', ''Summer'', ''Autumn'')'),
            ('recipes', 11, 'n_steps', 'SMALLINT'),
            ('recipes', 12, 'n_ingredients', 'SMALLINT'),
            ('recipes', 13, 'complexity_score', 'DOUBLE'),
            ('recipes', 14, 'calories', 'DOUBLE'),
            ('recipes', 15, 'total_fat_pct', 'DOUBLE'),
            ('recipes', 16, 'sugar_pct', 'DOUBLE'),
            ('recipes', 17, 'sodium_pct', 'DOUBLE'),
            ('recipes', 18, 'protein_pct', 'DOUBLE'),
            ('recipes', 19, 'sat_fat_pct', 'DOUBLE'),
            ('recipes', 20, 'carb_pct', 'DOUBLE'),
            ('recipes', 21, 'ingredients', 'VARCHAR[]'),
            ('recipes', 22, 'tags', 'VARCHAR[]'),
            ('interactions', 1, 'user_id', 'BIGINT'),
            ('interactions', 2, 'recipe_id', 'BIGINT'),
            ('interactions', 3, 'date', 'DATE'),
            ('interactions', 4, 'rating', 'TINYINT'),
            ('interactions', 5, 'year', 'SMALLINT'),
            ('interactions', 6, 'month', 'TINYINT'),
            ('interactions', 7, 'weekday', 'TINYINT'),
            ('interactions', 8, 'is_weekend', 'BOOLEAN'),
            ('interactions', 9, 'season', 'ENUM(''Winter'', ''Spring'', ''Summer'', ''Autumn'')'),
            ('interactions', 10, 'in_train', 'BOOLEAN'),
            ('users', 1, 'user_id', 'BIGINT'),
            ('users', 2, 'n_ratings', 'INTEGER'),
            ('users', 3, 'mean_rating', 'DOUBLE'),
            ('users', 4, 'first_rated', 'DATE'),
            ('users', 5, 'last_rated', 'DATE'),
            ('users', 6, 'in_train', 'BOOLEAN'),
            ('recipe_ingredients', 1, 'recipe_id', 'BIGINT'),
            ('recipe_ingredients', 2, 'ingredient', 'VARCHAR'),
            ('recipe_tags', 1, 'recipe_id', 'BIGINT'),
            ('recipe_tags', 2, 'tag', 'VARCHAR'),
            ('item_years', 1, 'kind', 'VARCHAR'),
            ('item_years', 2, 'item', 'VARCHAR'),
            ('item_years', 3, 'year', 'SMALLINT'),
            ('item_years', 4, 'n_recipes', 'INTEGER'),
            ('cleaning_steps', 1, 'step', 'INTEGER'),
            ('cleaning_steps', 2, 'table_name', 'VARCHAR'),
            ('cleaning_steps', 3, 'rule', 'VARCHAR'),
            ('cleaning_steps', 4, 'rows_before', 'BIGINT'),
            ('cleaning_steps', 5, 'rows_removed', 'BIGINT'),
            ('source_notes', 1, 'source_table', 'VARCHAR'),
            ('source_notes', 2, 'note', 'VARCHAR'),
            ('source_notes', 3, 'n_rows', 'BIGINT'),
            ('build_info', 1, 'schema_version', 'INTEGER'),
            ('build_info', 2, 'data_version', 'VARCHAR'),
            ('build_info', 3, 'content_sha256', 'VARCHAR'),
            ('build_info', 4, 'built_at', 'TIMESTAMP'),
            ('build_info', 5, 'app_commit', 'VARCHAR'),
            ('build_info', 6, 'is_demo', 'BOOLEAN'),
            ('build_info', 7, 'has_train_split', 'BOOLEAN'),
            (
                'build_info', 8, 'source_files',
                'STRUCT("name" VARCHAR, size_bytes BIGINT, sha256 VARCHAR)[]'
            ),
            ('build_info', 9, 'row_counts', 'MAP(VARCHAR, BIGINT)'),
            ('build_info', 10, 'n_unrated', 'BIGINT'),
            ('recipe_texts', 1, 'recipe_id', 'BIGINT'),
            ('recipe_texts', 2, 'description', 'VARCHAR'),
            ('recipe_texts', 3, 'steps', 'VARCHAR[]'),
            ('reviews', 1, 'user_id', 'BIGINT'),
            ('reviews', 2, 'recipe_id', 'BIGINT'),
            ('reviews', 3, 'date', 'DATE'),
            ('reviews', 4, 'rating', 'TINYINT'),
            ('reviews', 5, 'review', 'VARCHAR')
        ]) as field
),

expected_columns as (
    select
        field[1] as table_name,
        field[2] as column_index,
        field[3] as column_name,
        field[4] as data_type
    from expected
),

found_columns as (
    select
        table_name,
        column_index,
        column_name,
        data_type
    from duckdb_columns()
    where not internal and database_name = current_database()
),

text_tables as (
    select table_name
    from duckdb_tables()
    where
        database_name = current_database()
        and table_name in ('recipe_texts', 'reviews')
),

final as (
    select
        coalesce(expected_columns.table_name, found_columns.table_name) as table_name,
        coalesce(expected_columns.column_name, found_columns.column_name) as column_name,
        expected_columns.column_index as expected_position,
        found_columns.column_index as found_position,
        expected_columns.data_type as expected_type,
        found_columns.data_type as found_type
    from expected_columns
    full outer join found_columns
        on
            expected_columns.table_name = found_columns.table_name
            and expected_columns.column_name = found_columns.column_name
    where
        (
            expected_columns.column_index is distinct from found_columns.column_index
            or expected_columns.data_type is distinct from found_columns.data_type
        )
        and (
            coalesce(expected_columns.table_name not in ('recipe_texts', 'reviews'), true)
            or expected_columns.table_name in (select table_name from text_tables)
        )
)

select * from final
