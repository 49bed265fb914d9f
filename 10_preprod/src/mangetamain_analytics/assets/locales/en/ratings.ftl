## Ratings: the stars that recipes get.

ratings-menu = Ratings
ratings-description = How many stars home cooks give to recipes: over the months, by season and weekday, by kind of recipe and ingredient, and which recipes are liked most.
ratings-title = Ratings
ratings-lead = How many stars recipes get, when, for what, and how far a mean can be believed.
ratings-none = No recipe was rated in { $years }: there is nothing to show.

ratings-threshold-label = Fewest ratings of a month
ratings-threshold-help = Months with fewer ratings are left out of the monthly means, their trend and their level.
ratings-train-label = Train split only
ratings-train-help = The data come with a part set aside to train recommendation models: the ratings of the more active users. Off, all ratings are shown.

ratings-card-years = { $n ->
    [one] { $n } year of ratings
   *[other] { $n } years of ratings
}
ratings-card-ratings = Ratings shown
ratings-card-all = all ratings, 1 to 5 stars
ratings-card-train = train split only, the more active users
ratings-card-mean-train = train split only: { $mean }
ratings-card-mean-all = all ratings: { $mean }
ratings-card-no-other = there is no other choice of ratings
ratings-card-low = { $share } give one or two stars

## Names of the analyses.
ratings-distribution-name = Stars
ratings-weights-name = Why months are weighted
ratings-trend-name = Trend of the monthly mean
ratings-level-name = How well the mean is known
ratings-seasons-name = Ratings, users and recipes by season
ratings-dashboard-name = Seasons side by side
ratings-weekdays-name = Weekdays and weekend
ratings-features-name = Time, complexity and calories
ratings-ingredients-name = Chosen ingredients
ratings-recipes-name = Most and least liked recipes

## Axes and columns.
ratings-axis-share = Share of ratings
ratings-axis-n = Ratings
ratings-axis-users = Users who rate
ratings-axis-recipes = Recipes rated
ratings-axis-mean = Mean rating (stars)
ratings-axis-recipe-mean = Mean rating of the recipe (stars)
ratings-axis-sd = Standard deviation (stars)
ratings-axis-five = Share of 5 stars
ratings-axis-low = Share of 1 or 2 stars
ratings-axis-month = Month of the rating
ratings-axis-year = Year of the rating
ratings-axis-per-day = Ratings per day of the calendar
ratings-axis-rho = Rank correlation with the rating (ρ)
ratings-axis-difference = Weekend less weekdays (stars)
ratings-axis-shrunk = Shrunk mean (stars)
ratings-axis-minutes = Minutes
ratings-axis-steps = Steps
ratings-axis-ingredients = Ingredients
ratings-axis-complexity = Complexity score
ratings-axis-calories = Calories (kcal)
ratings-column-stars = Stars
ratings-column-n = Ratings
ratings-column-days = Days
ratings-column-deviation = Deviation from the calendar
ratings-column-feature = Feature
ratings-column-bin = Bin
ratings-column-ingredient = Ingredient
ratings-column-recipe = Recipe
ratings-column-raw-mean = Plain mean (stars)
ratings-column-delta = Cliff’s δ
ratings-column-mann-whitney = p (Mann–Whitney, not adjusted)
ratings-column-quantile = { $q }th percentile
ratings-n-stars = { $n ->
    [one] { $n } star
   *[other] { $n } stars
}
ratings-stars = { $number } { $number ->
    [one] star
   *[other] stars
}
ratings-bin-up-to = ≤ { $end }
ratings-bin-over = > { $end }
ratings-line-unweighted = Line, months equal
ratings-line-weighted = Line, months weighted
ratings-line-level = Mean of all months
ratings-band-month = 95% interval of the month
ratings-band-level = 95% interval of the mean of all months
ratings-legend-better = Better rated
ratings-legend-worse = Worse rated
ratings-legend-weekend = Better rated at weekends
ratings-legend-weekdays = Better rated on weekdays

## Which ratings.
ratings-scope-all = **Ratings.** All ratings of { $years } are shown, train split or not; { $n ->
    [one] { $n } rating is
   *[other] { $n } ratings are
} behind this chart.
ratings-scope-train = **Ratings.** Only the ratings of { $years } that belong to the train split are shown; { $n ->
    [one] { $n } rating is
   *[other] { $n } ratings are
} behind this chart.

## Stars.
ratings-distribution-title = { $share } of the ratings are five stars
ratings-distribution-text = Mean { $mean }, median { $median }, mode { $mode }. Five stars: { $five }; one or two stars: { $low }. Nearly everyone who rates is pleased, so a mean moves within a narrow band.
ratings-distribution-alt = Of { $n } ratings, { $five } are five stars and { $low } one or two stars; the mean is { $mean }.
ratings-distribution-method = **Definition.** Ratings from 1 to 5 stars. In the whole data, { $n_unrated } more comments carry no rating (written as 0); they are left out, for they are not zero stars.

## Weights.
ratings-months-volume-title = The busiest month has { $ratio } times as many ratings as the quietest
ratings-months-volume-text = { $n } months hold at least { $min_ratings } ratings: from { $smallest } to { $largest }, { $mean } on average (coefficient of variation { $cv }). Chance blurs the mean of the quietest { $noise } times as much as that of the busiest, so months should not count the same.
ratings-months-volume-alt = { $n } months with { $smallest } to { $largest } ratings each, { $ratio } times as many in the busiest as in the quietest.
ratings-months-volume-method = **Definition.** Ratings per calendar month, for the months that reach the chosen threshold. The coefficient of variation is the standard deviation (n) over the mean.
ratings-months-lines-title = Slope per decade: { $unweighted } with months alike, { $weighted } with months weighted
ratings-months-lines-text = With every month alike the line moves by { $unweighted } per decade; with months weighted by the square root of their ratings, by { $weighted }.
ratings-months-lines-alt = Monthly means with two fitted lines: { $unweighted } per decade with equal months, { $weighted } with weighted months.
ratings-months-lines-method = **Definition.** Least squares of the monthly mean on the month, with equal weights (R² = { $unweighted_r2 }) and with the square root of the number of ratings as weight (R² = { $weighted_r2 }). The square root lies between equal weights, right if months truly differ, and the number of ratings, right if they differ by chance only. Rank correlation of volume and mean over the months: ρ = { $rho } ({ $p }, months taken for independent).

## Trend. Only the messages named rise, fall and mixed may speak of a rise or a fall.
ratings-trend-rise-title = The mean rating rises: { $change } over the period
ratings-trend-fall-title = The mean rating falls: { $change } over the period
ratings-trend-negligible-title = The mean rating barely changes: { $change } over the period
ratings-trend-no-evidence-title = No established trend in the mean rating
ratings-trend-too-little-title = Too few months to judge the trend
ratings-trend-rise-sentence = The mean rating rises by { $slope } per decade ({ $confidence } CI { $interval }, { $p }), that is { $change } over the period.
ratings-trend-fall-sentence = The mean rating falls by { $slope } per decade ({ $confidence } CI { $interval }, { $p }), that is { $change } over the period.
ratings-trend-negligible-sentence = The mean rating changes by { $slope } per decade ({ $confidence } CI { $interval }, { $p }): more than chance would do, but { $change } over the period is less than a tenth of a star, too little to matter.
ratings-trend-no-evidence-sentence = The data do not establish a trend: the estimated slope is { $slope } per decade ({ $confidence } CI { $interval }, { $p }).
ratings-trend-companions = Neighbouring months resemble each other: { $n } months tell as much as { $n_effective } independent ones, and the interval allows for it. Mann–Kendall’s test, corrected in the same spirit: { $p }.
ratings-trend-too-little-sentence = { $n } { $n ->
    [one] month does
   *[other] months do
} not tell enough: neighbouring months resemble each other, and a verdict needs as much as four independent ones.
ratings-trend-method = **Trend.** Least squares over the { $n } months with at least { $min_ratings } ratings, weighted by the square root of their ratings: { $slope } per decade. Taking months for independent, { $p_naive }. Successive weighted residuals correlate (r = { $r }), so that n (1 − r) / (1 + r) = { $n_effective } months count (Santer and others, 2000): 95% confidence interval { $interval }, { $p }. A change is claimed below 0.05, and only from a tenth of a star over the period.
ratings-trend-robust-method = **Robust companion.** Mann–Kendall: τ = { $tau }, { $p_naive } for independent months, { $p } after Hamed and Rao’s correction (1998) for autocorrelation; Sen’s slope { $slope } per decade.
ratings-no-month = No month of this selection holds { $min_ratings } ratings: choose a lower threshold or more years.
ratings-too-few-months = { $n ->
    [one] { $n } month is
   *[other] { $n } months are
} too few to say how well the mean is known.
ratings-months-alt = Mean rating of { $n } months; lowest { $low } in { $low_month }, highest { $high } in { $high_month }.

## Level.
ratings-level-title = The mean rating of a month is { $mean }, give or take { $half_width }
ratings-level-sentence = Over { $n } months the mean is { $mean } ± { $half_width } ({ $confidence }). Neighbouring months resemble each other (correlation { $r }): they tell as much as { $n_effective } independent ones. A formula that takes the sum of the weights for a number of observations would claim ± { $naive }, far too little.
ratings-level-method = **Band.** Each month’s own 95% interval, mean ± 1.96 standard deviations / √n: how precisely its ratings fix its mean. The narrow band is the 95% interval of the mean of all months, weighted by the square root of their ratings; it holds the level, not the months.
ratings-level-steps = **Interval of the level.** Mean { $mean }, weighted standard deviation of the { $n } monthly means { $sd }. (1) Published formula, 1.96 SD / √(sum of the weights): ± { $naive }, which is not an error of anything. (2) Unequal weights, independent months: Kish’s effective number { $n_weighted }, ± { $weighted }. (3) Autocorrelation r = { $r }, equal weights: n (1 − r) / (1 + r) = { $n_autocorrelated }, ± { $autocorrelated }. (4) Both, from the variance of a weighted mean of a first-order autoregression: { $n_effective }, ± { $valid }. The last one is drawn.

## Seasons and weekdays.
ratings-volume-difference-title = Ratings are most numerous { $when }: { $more } against the calendar
ratings-volume-negligible-title = Ratings come almost as evenly as the days
ratings-volume-no-evidence-title = No established departure from the calendar
ratings-volume-sentence = Compared with what their days alone would bring: { $more } { $more_when }, { $less } { $less_when } (χ² test that allows for waves from year to year, { $p }).
ratings-seasons-ratio = The season with the most ratings has { $ratio } times as many as the season with the fewest.
ratings-seasons-alt = By season: { $seasons }.
ratings-season-alt = { $season } { $n } ratings, { $users } users, { $recipes } recipes
ratings-seasons-method = **Definition.** By the day of the rating; winter is December, January and February of the same calendar year. A user or a recipe counts once in each season where it is active, so the seasons do not add up. **Test.** Pearson’s χ² of the ratings against the days of each year and season that the data cover, divided by how much the pattern changes from year to year (dispersion { $dispersion }): { $p }. A departure counts from five points between the extremes.
ratings-gap-difference-title = Ratings peak { $high_when }: { $high }, against { $low } { $low_when }
ratings-gap-negligible-title = Ratings hardly depend { $on }: { $gap } between the extremes
ratings-gap-no-evidence-title = No established difference of ratings { $between }
ratings-gap-means = The mean is { $high } { $high_when } and { $low } { $low_when }.
ratings-gap-test = Kruskal–Wallis over { $n } ratings: { $p }, { $effect }.
ratings-gap-too-few = There are too few ratings to compare: each group needs { $needed }, over two months at least.
ratings-gap-method = **Test.** Kruskal–Wallis by ranks, ties corrected; ε² is the share of the variation of ranks that the groups explain. The test takes ratings for independent, which they are not: its p-value is too small, and a difference counts only from a tenth of a star.
ratings-clusters-method = **Intervals.** 95%, with months as clusters (Cameron and Miller, 2015): ratings of one month share its mood, and a million of them would feign a precision that months do not have.
ratings-calendar-months-title = Mean rating of each calendar month
ratings-means-alt = Mean rating: { $means }.
ratings-weekend-difference = Ratings of the weekend differ from those of weekdays by { $difference } ({ $confidence } CI { $interval }, { $p }; Mann–Whitney { $p_ranks }, Cliff’s δ = { $delta }).
ratings-weekend-negligible = At weekends the mean differs by { $difference } ({ $confidence } CI { $interval }, { $p }; Mann–Whitney { $p_ranks }, Cliff’s δ = { $delta }): more than chance would do, too little to matter.
ratings-weekend-no-evidence = No difference between weekend and weekdays is established: { $difference } ({ $confidence } CI { $interval }, { $p }; Mann–Whitney { $p_ranks }, Cliff’s δ = { $delta }).
ratings-weekend-method = **Weekend.** Difference of the means, Saturday and Sunday less Monday to Friday, with months as clusters. Cliff’s δ is the chance that a rating of the weekend exceeds one of a weekday, less the contrary.
ratings-weekend-volume = The weekend holds { $share } of the ratings: { $weekend } a day, against { $weekday } on a weekday ({ $difference }, weekday as the base).
ratings-weekdays-volume-method = **Definition.** Ratings of each weekday divided by how often it occurs in the period that the data cover. **Test.** As for the seasons: χ² against the calendar of each year, divided by the dispersion ({ $dispersion }): { $p }.
ratings-per-day-alt = Ratings per day: { $days }.

## Features of recipes.
ratings-the-minutes = preparation time
ratings-the-steps = the number of steps
ratings-the-ingredients = the number of ingredients
ratings-the-complexity = the complexity score
ratings-the-calories = energy
ratings-correlation-difference-title = Ratings go with { $name }: rank correlation { $rho }
ratings-correlation-negligible-title = Ratings hardly depend on time, complexity or calories
ratings-correlation-no-evidence-title = No established link with time, complexity or calories
ratings-correlation-sentence = The strongest of the five rank correlations is that with { $name }: ρ = { $rho } ({ $confidence } CI { $interval }, adjusted { $p }) over { $n } recipes. A correlation counts from 0.1, which is a small effect.
ratings-features-alt = Rank correlations with the rating: { $correlations }.
ratings-features-method = **Definition.** The mean rating of each of the { $n } recipes with at least { $min_ratings } ratings in the chosen years; recipes that the cleaning removed are left out. Spearman’s ρ, interval of Bonett and Wright (2000); Holm’s correction for the five. The unit is the recipe: ratings of one recipe are not independent. Recipes of few ratings blur the correlation.
ratings-features-too-few = Fewer than { $needed } recipes have { $min_ratings } ratings in this selection: too few for a correlation.
ratings-box-title = Mean ratings of recipes (stars), from the lowest fifth to the highest
ratings-box-panel = { $feature } (ρ = { $rho })
ratings-box-method = **Definition.** Mean ratings of the recipes with at least { $min_ratings } ratings, in up to five bins that hold about as many recipes each; a bin is named by its upper end. Box: quartiles and median; whiskers: 5th and 95th percentiles; dashed: mean. The tests are those of the rank correlations above.

## Ingredients.
ratings-ingredients-label = Ingredients
ratings-ingredients-none = Choose an ingredient to see how its recipes are rated.
ratings-ingredients-too-few = Fewer than { $needed } ratings in this selection for { $names }.
ratings-item-trend-rise-title = Recipes with “{ $rise }” are rated better and better
ratings-item-trend-fall-title = Recipes with “{ $fall }” are rated worse and worse
ratings-item-trend-mixed-title = Ratings of “{ $rise }” rise, those of “{ $fall }” fall
ratings-item-trend-negligible-title = Ratings of these ingredients barely change over the years
ratings-item-trend-no-evidence-title = No established trend for these ingredients
ratings-item-trend-too-little-title = Too few years to judge these ingredients
ratings-item-trend-rise-sentence = The strongest rise is that of “{ $name }”: { $slope } per decade ({ $confidence } CI { $interval }, adjusted { $p }).
ratings-item-trend-fall-sentence = The strongest fall is that of “{ $name }”: { $slope } per decade ({ $confidence } CI { $interval }, adjusted { $p }).
ratings-item-trend-too-little-sentence = A verdict needs at least { $needed } years with enough ratings.
ratings-items-tested = { $tested ->
    [one] { $tested } ingredient was
   *[other] { $tested } ingredients were
} tested; { $established ->
    [0] none of them reaches
    [one] { $established } of them reaches
   *[other] { $established } of them reach
} { $smallest } with false discoveries held at { $level }.
ratings-items-too-little-title = Too few ratings to compare these ingredients
ratings-items-too-little-sentence = None of these ingredients has enough ratings.
ratings-item-season-difference-title = “{ $name }” is rated best { $when }: { $gap } between seasons
ratings-item-season-negligible-title = No season changes these ratings enough to matter
ratings-item-season-no-evidence-title = No established difference between seasons for these ingredients
ratings-item-weekend-difference-title = “{ $name }” at weekends: { $difference } against weekdays
ratings-item-weekend-negligible-title = The weekend does not change these ratings enough to matter
ratings-item-weekend-no-evidence-title = No established weekend effect on these ingredients
ratings-ingredients-years-method = **Definition.** Mean rating by year of the rating, for the cleaned recipes that contain the ingredient under exactly this name; years with fewer than { $min_ratings } ratings are left out. **Trend.** Least squares, each year weighing as much as it has ratings; p-values corrected together by Benjamini and Hochberg’s method. A change counts from a tenth of a star over the period.
ratings-ingredient-trend = “{ $name }”: { $slope } per decade over { $n } years (95% CI { $interval }), adjusted { $p }; Mann–Kendall τ = { $tau }, { $p_robust }.
ratings-ingredients-seasons-method = **Test.** Kruskal–Wallis between the four seasons for each ingredient with enough ratings in all of them; p-values corrected together by Benjamini and Hochberg’s method. The test takes ratings for independent, which they are not: its p-values are too small, and a difference counts only from a tenth of a star between the extremes.
ratings-ingredients-weekend-method = **Test.** Difference of the means, weekend less weekdays, for each ingredient; p-values corrected together by Benjamini and Hochberg’s method. A difference counts from a tenth of a star.
ratings-weekend-alt = Weekend less weekdays, in stars: { $differences }.

## Recipes.
ratings-most-title = Most liked: { $name }
ratings-least-title = Least liked: { $name }
ratings-recipes-text = “{ $name }” has { $n ->
    [one] { $n } rating
   *[other] { $n } ratings
} and a plain mean of { $mean }; shrunk, { $shrunk }. Two votes prove little, so every recipe is pulled towards the mean of all, the more so the fewer its votes.
ratings-recipes-alt = Shrunk mean ratings: { $recipes }.
ratings-recipes-too-few = Fewer than { $needed } recipes are rated in this selection, or their means differ no more than chance would have it: no ranking.
ratings-recipes-method = **Shrinkage.** Empirical Bayes: recipes are taken to differ around { $mean } with a standard deviation of { $between }, ratings of one recipe with one of { $within }, both estimated from the chosen ratings (one-way analysis of variance). The prior then weighs as much as { $weight } ratings of { $mean }, added to those that a recipe has. Intervals: 95%, of the normal model, cut at five stars. The dotted line is the prior’s mean.
