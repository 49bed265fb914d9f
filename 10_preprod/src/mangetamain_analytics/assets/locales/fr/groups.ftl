## Quantités comparées entre groupes : les quatre saisons, les sept jours, la semaine et le week-end.

verdict-difference = différence
