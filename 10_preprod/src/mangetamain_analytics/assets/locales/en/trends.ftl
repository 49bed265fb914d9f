## Trends: how recipes changed over the years.

trends-menu = Trends
trends-description = How home recipes changed year after year: how many, how long, how complex, how rich, with which ingredients and tags.
trends-title = Trends
trends-lead = How recipes changed, year after year: how many, how long, how complex, how rich, and made of what.

band-label = Percentile band of the times
band-help = The shaded band holds the recipes between these two percentiles of the year.
nutrients-label = All seven nutrients
card-analyses = Analyses
card-analyses-note =
    { $n ->
        [one] { $n } chart
       *[other] { $n } charts
    }
card-method = Method
card-method-value = Weighted trends
card-method-note = with a robust companion test, corrected for multiple comparisons

verdict-mixed = rises and falls
verdict-unconfirmed = unconfirmed
verdict-negligible = too small to matter

## Names of the analyses.
trends-volume-name = Recipes published
trends-duration-name = Preparation time
trends-complexity-name = Complexity
trends-nutrition-name = Nutrition
trends-ingredients-name = Ingredients
trends-tags-name = Tags

## Axes, which are also titles of columns.
axis-recipes = Recipes published
axis-mean-minutes = Mean time (minutes)
axis-median-minutes = Median time (minutes)
axis-minutes = Preparation time (minutes)
axis-points = Mean complexity score (points)
axis-steps = Mean number of steps
axis-ingredients = Mean number of ingredients
axis-kcal = Mean energy (kcal)
axis-carbohydrates = Carbohydrates (% of daily value)
axis-fat = Total fat (% of daily value)
axis-saturated-fat = Saturated fat (% of daily value)
axis-protein = Protein (% of daily value)
axis-sugar = Sugar (% of daily value)
axis-sodium = Sodium (% of daily value)
axis-distinct-ingredients = Different ingredients
axis-distinct-tags = Different tags
axis-share = Share of recipes
axis-points-per-decade = Change of share (points per decade)
column-sd = Standard deviation (points)
column-item = Name
column-interval-low = 95% interval, low end
column-interval-high = 95% interval, high end
column-p-adjusted = Adjusted p-value
band-name = Percentiles { $band }
band-one-sd = Mean ± one standard deviation

## Titles that the data complete.
most-used-ingredients-title = Most used: { $items }
most-used-tags-title = Most frequent: { $items }
items-none-frequent = No name occurs in { $min_recipes } of the chosen recipes: shares would be too noisy for a trend.
rising-title = On the rise: { $items }
falling-title = On the wane: { $items }

## How it was computed.
method-trend = **Trend.** Least squares over { $n } years, each weighing as much as it has recipes: { $slope } per year ({ $confidence } confidence interval { $interval }), weighted R² = { $r_squared }, { $p }.
method-holm = **Multiplicity.** Holm’s correction for the trends of this analysis ({ $n_tests }): adjusted { $p }. A change is claimed below { $level }, if it makes at least { $smallest } of the mean over the period, and if the robust test agrees.
method-mann-kendall = **Robust companion.** Mann–Kendall, which ignores the weights: τ = { $tau }, { $p }; Sen’s slope { $slope } per year ({ $confidence } confidence interval { $interval }).
method-autocorrelated = **Caveat.** The residuals of neighbouring years resemble each other (correlation { $r }): the interval is narrower than it should be.
method-too-few-years = **No trend.** Fewer than { $needed } years with recipes are chosen: a line through so few points proves nothing.
method-constant = **No trend.** The value is the same in all { $n } years.
method-of = **{ $name }**
trends-volume-definition = **Definition.** Recipes kept after cleaning, by the year of their publication: { $total } in { $n } years, { $mean } a year on average. A year of which the data miss more than a week counts as partly covered; it is paler, and left out of the comparisons before and after the peak (Mann–Kendall, corrected by Holm’s method).
trends-duration-definition = **Definition.** Minutes announced by the recipe, from 1 to 180. Median and percentiles are those of the recipes of the year.
trends-complexity-definition = **Definition.** Score of a recipe: ln(1 + minutes) + steps + ingredients ÷ 2. The band is one standard deviation of the recipes of the year on each side of their mean; it describes recipes, not the precision of the mean.
trends-steps-definition = **Definition.** Number of steps of the recipe, as published; mean of the recipes of the year.
trends-ingredients-count-definition = **Definition.** Number of ingredients of the recipe, as published; mean of the recipes of the year.
trends-nutrition-definition = **Definition.** Values computed by Food.com for the recipe, in kcal and in percent of the daily value of an adult; mean of the recipes of the year. The distribution has a long tail: a few huge recipes weigh on the mean.
share-of-ingredient-definition = **Definition.** Share of the recipes of the year that contain the ingredient, under the name the author gave it (“garlic” and “garlic cloves” are two ingredients), for those in at least { $min_recipes } of the chosen recipes.
share-of-tag-definition = **Definition.** Share of the recipes of the year that carry the tag, for those on at least { $min_recipes } of the chosen recipes. Tags are given by hand, and fashions of tagging change too.
slopes-method = **Trend.** Least squares over { $n_years } years, each weighing as much as it has recipes, for each of the { $n_tests } candidates; p-values corrected together by Benjamini and Hochberg’s method. A change counts when the false discovery rate stays below { $level } and when it makes at least { $smallest } points over the period. At most { $n_strongest } rises and { $n_strongest } falls are drawn, with their { $confidence } confidence intervals, which do not allow for this choice of the strongest.
curves-method = **Definition.** Observed share of the recipes of each year, zeros included; the tests are those of the chart of changes above.
most-used-method = **Definition.** Share of all the recipes of the chosen years; a recipe counts once. The rows of the query are added over these years; the { $n_items } largest sums are drawn, equal ones by name.
distinct-definition = **Definition.** Number of different names in the recipes of the year, however rare.

## Charts in words.
alt-yearly = { $name }: { $first } in { $first_year }, { $last } in { $last_year }; lowest { $low } in { $low_year }, highest { $high } in { $high_year }.
alt-slopes = Change of the share of recipes, in points per decade: { $items }.
alt-share = { $item }: { $first } of recipes in { $first_year }, { $last } in { $last_year }.
alt-most-used = Share of recipes: { $items }.
