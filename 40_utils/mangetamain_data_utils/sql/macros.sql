-- How a cell of text becomes a value, once for all staging models: null when it does not.

create temp macro filled(cell) as nullif(cell, '');

-- 18 digits always fit a bigint
create temp macro whole_number(cell) as
case when regexp_full_match(cell, '-?[0-9]{1,18}') then cast(cell as bigint) end;

create temp macro is_slash_date(cell) as
regexp_full_match(cell, '[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}');

-- 2017-08-18, or 2017/8/18 as a spreadsheet saves it again
create temp macro calendar_date(cell) as
case
    when regexp_full_match(cell, '[0-9]{4}-[0-9]{2}-[0-9]{2}') or is_slash_date(cell)
        then try_cast(replace(cell, '/', '-') as date)
end;

create temp macro wrong_cell(column_name, cell, expected) as
format('{} ''{}'' is not {}', column_name, left(cell, 80), expected);

-- meteorological seasons, whole months
create temp macro season_of(month_number) as
case
    when month_number in (12, 1, 2) then 'Winter'
    when month_number in (3, 4, 5) then 'Spring'
    when month_number in (6, 7, 8) then 'Summer'
    when month_number in (9, 10, 11) then 'Autumn'
end;
