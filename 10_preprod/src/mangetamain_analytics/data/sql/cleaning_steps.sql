-- What each cleaning rule removed, in the order in which the rules ran.
select
    step,
    table_name,
    rule,
    rows_before,
    rows_removed
from cleaning_steps
order by step
