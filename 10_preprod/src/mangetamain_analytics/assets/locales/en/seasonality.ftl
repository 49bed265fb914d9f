## Seasonality: how recipes differ between the four seasons.

seasonality-menu = Seasonality
seasonality-description = What home cooks publish in winter, spring, summer and autumn: how many recipes, how long, how complex, how rich, with which ingredients and tags.
seasonality-title = Seasonality
seasonality-lead = What changes with the season: how many recipes, how long, how complex, how rich, and what goes into them.

seasonality-volume-name = Recipes by season
seasonality-duration-name = Preparation time
seasonality-complexity-name = Complexity
seasonality-nutrition-name = Nutrition
seasonality-ingredients-name = Seasonal ingredients
seasonality-tags-name = Seasonal tags

column-season = Season
column-month = Month
legend-published = Published
legend-expected = Expected from the calendar
axis-z = z-score
axis-share-deviation = Deviation from mean share
column-z = { $group } (z)
column-variation = Variation (SD ÷ mean)
column-chi-squared = χ²
column-kruskal-h = Kruskal–Wallis H
column-epsilon-squared = ε²

seasonality-volume-definition = **Definition.** Recipes kept after cleaning, by the month of their publication. Winter is December, January and February of a same calendar year, spring March to May, summer June to August, autumn September to November. The seasons follow the north of the globe, where most members of Food.com live.
method-season-mean = **Mean.** { $mean } recipes per season, standard deviation { $spread }.
method-z = **z-score.** Distance of a season’s mean from the mean of the seasons, in standard deviations of these means (divided by their number). It compares the seasons with each other, whatever the size of the differences: see the means in the table.
method-kruskal-line = **{ $name }.** Kruskal–Wallis H = { $h }, { $effect }, adjusted { $p }.
method-seasonal-items = **Selection.** Kept when the mean of the seasonal shares reaches { $share }, when they differ by half a point or more, and when the test is significant after correction: { $n_kept } are. At most { $n_shown } are drawn, by their variation (standard deviation of the shares divided by their mean); where none is established, the largest variations are shown. A cell is coloured by its distance from the item’s mean share.
