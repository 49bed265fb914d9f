-- Rows of each source table before any cleaning.
select
    table_name,
    max(rows_before) as n_rows
from cleaning_steps
group by table_name
