-- First and last day on which a recipe was rated, and their years.
select
    min(date) as first_day,
    max(date) as last_day,
    min(year) as first_year,
    max(year) as last_year
from interactions
