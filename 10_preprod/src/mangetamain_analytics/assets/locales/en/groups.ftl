## Quantities compared between groups: the four seasons, the seven weekdays, weekday and weekend.

verdict-difference = difference
