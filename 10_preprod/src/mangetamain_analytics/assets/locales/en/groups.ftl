## Quantities compared between groups: the four seasons, the seven weekdays, weekday and weekend.

verdict-difference = difference

## Groups: on an axis, and in a sentence.
group-winter = Winter
group-spring = Spring
group-summer = Summer
group-autumn = Autumn
group-monday = Monday
group-tuesday = Tuesday
group-wednesday = Wednesday
group-thursday = Thursday
group-friday = Friday
group-saturday = Saturday
group-sunday = Sunday
when-winter = in winter
when-spring = in spring
when-summer = in summer
when-autumn = in autumn
when-monday = on Mondays
when-tuesday = on Tuesdays
when-wednesday = on Wednesdays
when-thursday = on Thursdays
when-friday = on Fridays
when-saturday = on Saturdays
when-sunday = on Sundays
when-month = in { $month }
on-season = on the season
on-day = on the day of the week
between-seasons = between seasons
between-days = between days of the week
between-day-types = between weekdays and weekends

level-daily-value = { $number }% of daily value

## Several groups. Only the messages named difference and differ may claim one.
groups-difference-title = { CAPITALIZE($metric) } peaks { $high_when }: { $high }, against { $low } { $low_when }
groups-differ-title = { CAPITALIZE($metric) } differs { $between }, without a clear extreme
groups-negligible-title = { CAPITALIZE($metric) } hardly depends { $on }
groups-no-evidence-title = No established difference { $between } for { $metric }
groups-too-few-title = Too few recipes to compare
groups-too-few = A comparison needs at least { $needed } recipes in every group.
groups-means = { CAPITALIZE($metric) } goes from { $low } { $low_when } to { $high } { $high_when }.
groups-test = Kruskal–Wallis over { $n } recipes: H = { $h }, adjusted { $p }; { $effect } ({ $confidence } CI { $interval }).
groups-small = For a single recipe, very little depends { $on }: { $share } of the variation.

metrics-difference-title = { $n } of { $total } nutritional values { $n ->
    [one] differs
   *[other] differ
} { $between }
metrics-negligible-title = No nutritional value differs { $between } enough to matter
metrics-no-evidence-title = No established difference { $between } in nutrition

## Weekday and weekend.
two-difference-title = { CAPITALIZE($metric) } differs at weekends: { $weekend }, against { $weekday } on weekdays
two-negligible-title = { CAPITALIZE($metric) } is almost the same at weekends
two-no-evidence-title = No established difference at weekends for { $metric }
two-means = { CAPITALIZE($metric) }: { $weekday } on weekdays and { $weekend } at weekends, that is { $difference } at weekends ({ $confidence } CI { $interval }).
two-welch = Welch’s test, adjusted { $p }; Cohen’s d = { $effect } ({ $confidence } CI { $interval }).
two-mann-whitney = The values are skewed, so ranks decide: Mann–Whitney, adjusted { $p }; Cliff’s δ = { $effect } ({ $confidence } CI { $interval }).
two-small = For a single recipe that is very little.
two-disagree = Means and ranks point opposite ways.

## Recipes against the calendar.
calendar-difference-title = Recipes are most numerous { $high_when }: { $high } against the calendar
calendar-negligible-title = Recipes come almost as evenly as the days
calendar-no-evidence-title = No established departure from the calendar
calendar-deviations-title = From { $high } { $high_when } to { $low } { $low_when }
calendar-extremes = Compared with what their days alone would bring: { $high } { $high_when } (95% CI { $high_interval }), { $low } { $low_when } (95% CI { $low_interval }).
calendar-test = χ² test that allows for waves from year to year: { $p }; w = { $effect } ({ $confidence } CI { $interval }).
weekend-more-title = A weekday brings { $share } more recipes than a day of the weekend
weekend-less-title = A weekday brings { $share } fewer recipes than a day of the weekend
weekend-negligible-title = A weekday and a day of the weekend bring almost as many recipes
weekend-no-evidence-title = No established difference between a weekday and a day of the weekend
weekend-rates = { $weekday } recipes per calendar weekday, { $weekend } per day of the weekend: { $share } with the weekend as the base ({ $confidence } CI { $interval }), which is { $reverse } with weekdays as the base.

## Ingredients and tags.
seasonal-items-title = “{ $item }” is the most seasonal: { $high } of recipes { $high_when }, { $low } { $low_when }
seasonal-items-none-title = Nothing established as tied to a season
seasonal-items-summary = Among { $tested } in { $share } of the recipes or more, { $kept ->
    [0] none varies
    [one] { $kept } varies
   *[other] { $kept } vary
} by at least { $threshold } points between seasons and beyond chance (false discoveries held at { $level }).
seasonal-items-first = “{ $item }” goes from { $low } { $low_when } to { $high } { $high_when } (χ² = { $chi }, adjusted { $p }, Cramér’s V = { $v }).
weekend-items-title = More “{ $weekend }” at weekends, more “{ $weekday }” on weekdays
weekend-items-weekend-title = More “{ $weekend }” at weekends
weekend-items-weekday-title = More “{ $weekday }” on weekdays
weekend-items-none-title = Nothing established as tied to the weekend
weekend-items-summary = Among { $tested } in { $share } of the recipes or more, { $kept ->
    [0] none differs
    [one] { $kept } differs
   *[other] { $kept } differ
} by at least { $threshold } points between weekdays and weekend and beyond chance (false discoveries held at { $level }).
weekend-item-weekend = Most tied to the weekend: “{ $name }”, { $difference } ({ $confidence } CI { $interval }, adjusted { $p }).
weekend-item-weekday = Most tied to weekdays: “{ $name }”, { $difference } at weekends ({ $confidence } CI { $interval }, adjusted { $p }).

## Cards, axes and columns of both pages.
card-days-note =
    { $n ->
        [one] { $n } day of the calendar
       *[other] { $n } days of the calendar
    }
card-groups-method = Tests and effect sizes
card-groups-method-note = ranks, χ², corrected for multiplicity
axis-recipes-per-day = Recipes per day
axis-deviation = Against the calendar
column-days = Days
column-expected = Expected recipes
column-mean = Mean
column-standard-deviation = Standard deviation
column-q05 = 5th percentile
column-q25 = First quartile
column-median = Median
column-q75 = Third quartile
column-q95 = 95th percentile
column-nutrient = Nutritional value
column-cramers-v = Cramér’s V

nutrient-energy = Energy
nutrient-carbohydrates = Carbohydrates
nutrient-fat = Total fat
nutrient-protein = Protein
nutrient-sugar = Sugar
nutrient-sodium = Sodium
nutrient-saturated-fat = Saturated fat

## How it was computed.
group-duration-definition = **Definition.** Minutes announced by the recipe, from 1 to 180.
group-complexity-definition = **Definition.** Score of a recipe: ln(1 + minutes) + steps + ingredients ÷ 2.
group-steps-definition = **Definition.** Number of steps of the recipe, as published.
group-ingredients-count-definition = **Definition.** Number of ingredients of the recipe, as published.
group-nutrition-definition = **Definition.** Values computed by Food.com for the recipe, in kcal and in percent of the daily value of an adult; means of the recipes. The distribution has a long tail: a few huge recipes weigh on the means, and the tests compare ranks.
group-ingredient-definition = **Definition.** Share of the group’s recipes that contain the ingredient, under the name the author gave it.
group-tag-definition = **Definition.** Share of the group’s recipes that carry the tag.
method-boxes = **Drawn.** The box goes from the first to the third quartile, with the median as a line and the mean dashed; whiskers end at the 5th and the 95th percentile. Quartiles are observed values.
method-means = **Drawn.** Means with their 95% confidence intervals (Student’s t). The axis does not start at zero.
method-calendar = **Calendar.** What each group would get if the recipes of each year were spread evenly over the days that the data cover of it, leap days and partial years counted as they are. So the growth of the site and a year cut short are not taken for an effect of the group.
method-calendar-test = **Test.** Pearson’s χ² of { $n } recipes = { $chi }, { $degrees } degrees of freedom. From year to year the pattern varies { $dispersion } times as much as independent recipes would; with this, { $p } (F test). Cohen’s w = { $w } (95% CI { $interval }). A difference is claimed below 0.05 and from 2% on.
method-holm-adjusted = **Multiplicity.** Holm’s correction for the tests of this analysis ({ $n_tests }): adjusted { $p }. The verdict rests on it.
method-calendar-caveat = **Caveat.** Recipes come in batches, from authors who publish many at once: counted as independent, they would prove too much. Intervals allow for it.
method-kruskal = **Test.** Kruskal–Wallis by ranks, ties corrected, over { $n_groups } groups of { $n } recipes in all: H = { $h }, { $p }; { $effect } (H ÷ (n − 1); 95% CI { $interval }).
method-extremes = **Extremes.** The highest and the lowest mean differ by { $gap } of the mean of all; Welch’s test, multiplied by the number of pairs (Bonferroni): { $p }.
method-groups-holm = **Multiplicity.** Holm’s correction for the tests of this analysis ({ $n_tests }): adjusted { $p }. A difference is claimed below 0.05, and only if the extreme means are established to differ by 2% or more or if ε² reaches 0.01.
method-groups-holm-of = **Multiplicity.** Holm’s correction for the { $n_tests } tests of this analysis; the same thresholds as elsewhere on the page.
method-groups-caveat = **Caveat.** Recipes of one author resemble each other, so the real uncertainty is wider than stated. An author’s habits are not told from the group’s.
method-items-test = **Test.** χ² of each item’s presence in each group, for the { $n_tests } items with a mean share of { $share } and at least { $needed } expected recipes with and without them in every group; p-values corrected together by Benjamini and Hochberg’s method.

## Charts in words.
alt-box = { $group }: half of the recipes between { $q25 } and { $q75 }, median { $median }.
alt-by-group = { $name }: { $values }.
alt-heat-map-row = { $name }: { $values }.
alt-differences = { $name }: { $values }.
