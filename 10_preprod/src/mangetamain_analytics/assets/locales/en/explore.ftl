## Explore: all that the data know of one ingredient or one tag.

explore-menu = Explore
explore-description = One ingredient or one tag at a time: when it is cooked, whether it rises, whether people like it, what goes with it, and its best-loved recipes.
explore-title = Explore
explore-lead = One ingredient or tag at a time: when is it cooked, is it rising, do people like it?

## Search.
explore-kind-label = Search among
explore-kind-ingredients = Ingredients
explore-kind-tags = Tags
explore-item-ingredient = Ingredient
explore-item-tag = Tag
explore-item-placeholder = Type a name
explore-item-help = { $n ->
    [one] { $n } name is
   *[other] { $n } names are
} listed: those of at least { $needed } recipes, the most used first. Any other name of the data may be typed. Names are in English, as on Food.com.
explore-nothing-asked = Choose a name from the list, or type any.
explore-unknown-ingredient = The data hold no ingredient named “{ $item }”.
explore-unknown-tag = The data hold no tag named “{ $item }”.
explore-is-ingredient = There is an ingredient of this name
explore-is-tag = There is a tag of this name
explore-close = Names that come close
explore-n-recipes = { $n ->
    [one] { $n } recipe
   *[other] { $n } recipes
}
explore-rare = { $n ->
    [0] No recipe
    [one] Only { $n } recipe
   *[other] Only { $n } recipes
} of { $years } with “{ $item }”: too little data to answer. At least { $needed } recipes are needed.

## Cards.
explore-card-common = How common?
explore-card-common-note = { $n ->
    [one] { $n } recipe
   *[other] { $n } recipes
} of { $total }
explore-card-season = When is it cooked?
explore-card-season-note = { $high } of recipes { $high_when }, { $low } { $low_when }
explore-card-trend = Is it rising?
explore-card-trend-note = { $slope } of share per year
explore-card-weekend = Weekday or weekend?
explore-card-weekend-note = { $weekend } of recipes at weekends, { $weekday } on weekdays
explore-card-ratings = Do people like it?
explore-card-ratings-note = { $mean } on average; { $difference } against the rest
explore-no-season = no season stands out
explore-no-trend = no clear trend
explore-no-difference = no clear difference
explore-rated-better = More than the rest
explore-rated-worse = Less than the rest

## Names of the analyses.
explore-years-name = Is it rising?
explore-timing-name = When is it cooked?
explore-ratings-name = Do people like it?
explore-companions-name = What goes with it?
explore-recipes-name = Best-loved recipes

## Findings.
explore-metric-share = the share of “{ $item }”
between-months = between months
explore-when-difference-title = Peaks { $high_when }: { $high } of recipes, against { $low } { $low_when }
explore-when-negligible-title = Hardly any difference { $between }
explore-when-no-evidence-title = No established difference { $between }
explore-when-difference-sentence = “{ $item }”: { $high } of the recipes { $high_when }, { $low } { $low_when } (χ² = { $chi }, adjusted { $p }, Cramér’s V = { $v }).
explore-when-negligible-sentence = “{ $item }”: { $high } of the recipes { $high_when }, { $low } { $low_when } (χ² = { $chi }, adjusted { $p }, Cramér’s V = { $v }): more than chance would do, too little to matter.
explore-when-no-evidence-sentence = “{ $item }”: from { $low } of the recipes { $low_when } to { $high } { $high_when }, which chance may have done (χ² = { $chi }, adjusted { $p }, Cramér’s V = { $v }).
explore-when-too-few = A test needs at least { $needed } expected recipes, with and without the item, in every group.
explore-weekend-more-title = More at weekends: { $weekend } of recipes, against { $weekday } on weekdays
explore-weekend-less-title = Less at weekends: { $weekend } of recipes, against { $weekday } on weekdays
explore-weekend-negligible-title = Almost the same share at weekends
explore-weekend-no-evidence-title = No established difference at weekends
explore-weekend-sentence = “{ $item }”: { $weekday } of the recipes of weekdays, { $weekend } of those of weekends, that is { $difference } at weekends ({ $confidence } CI { $interval }; χ² = { $chi }, adjusted { $p }, Cramér’s V = { $v }).
explore-ratings-better-title = Better rated than the rest: { $own }, against { $rest }
explore-ratings-worse-title = Worse rated than the rest: { $own }, against { $rest }
explore-ratings-negligible-title = Rated almost like the rest: { $own }, against { $rest }
explore-ratings-no-evidence-title = No established difference of ratings: { $own }, the rest { $rest }
explore-ratings-sentence = Recipes with “{ $item }” get { $own } on average, the others { $rest }: a difference of { $difference } ({ $confidence } CI { $interval }, adjusted { $p }; Cohen’s d = { $effect }).
explore-ratings-negligible-sentence = It is more than chance would do, but less than { $smallest }: too small to matter.
explore-ratings-too-few-title = Too few rated recipes to compare
explore-ratings-too-few = A comparison needs at least { $needed } rated recipes with the item, and as many without.
explore-together-title = With “{ $item }”, most often “{ $companion }”: in { $share } of the recipes
explore-typical-title = Typical of it: “{ $companion }”, { $lift } times as often as in all recipes
explore-typical-none-title = Nothing typical of “{ $item }” is established
explore-typical-summary = Among { $tested } found often enough beside it, { $kept ->
    [0] none stands
    [one] { $kept } stands
   *[other] { $kept } stand
} there at least { $smallest } times as often as in all recipes and beyond chance (false discoveries held at { $level }).
explore-typical-too-few-title = Too few recipes to say what is typical
explore-typical-too-few = Typical company needs at least { $needed } expected recipes with and without each: there are too few.
explore-recipes-none = No recipe with it is rated in this selection, or recipes differ no more than chance would have it: no ranking.

## Axes and columns.
explore-column-with-item = Recipes with the item
explore-column-together = Recipes with both
explore-column-share-of-all = Share of all recipes
explore-column-number = Number on Food.com
explore-axis-share-with-item = Share of the item’s recipes
explore-axis-lift = Times as often as in all recipes
explore-with-item = With it
explore-without-item = Without

## How it was computed.
explore-ingredient-definition = **Definition.** Recipes of { $years } that contain the ingredient under exactly this name (“garlic” and “garlic cloves” are two ingredients); a recipe counts once. Shares are of all recipes published in the same time.
explore-tag-definition = **Definition.** Recipes of { $years } that carry the tag; a recipe counts once. Tags are given by hand, and fashions of tagging change too. Shares are of all recipes published in the same time.
explore-trend-method = **Trend.** Least squares of the share over { $n } years, each weighing as much as it has recipes: { $slope } per year ({ $confidence } confidence interval { $interval }), { $p }. A change is claimed if its p-value is significant after correction, if it makes at least { $smallest } of the item’s own mean share, or { $points } points, over the period, and if the robust test agrees.
explore-holm-method = **Multiplicity.** The page puts several questions to the same recipes: trend, months, seasons, weekend, ratings. The p-values of those that could be tested ({ $n_tests }) are corrected together by Holm’s method: here adjusted { $p }; significant below { $level }. Who looks through many items meets chance findings all the same: the pages that compare all items correct for their number.
explore-groups-method = **Test.** χ² of the item’s presence in each group, where at least { $needed } recipes with and without it are expected in every group. A difference counts from { $smallest } of the item’s own mean share, or { $points } points, between the extremes. Bars: 95% intervals of Wilson.
explore-weekend-method = **Test.** χ² with Yates’ correction of the item’s presence on weekdays and at weekends, where at least { $needed } recipes with and without it are expected in both; the interval of the difference is Newcombe’s. A difference counts from { $smallest } of the item’s own mean share, or { $points } points. Bars: 95% intervals of Wilson.
explore-ratings-method = **Test.** Means of all ratings of recipes with the item and of recipes without. Ratings of one recipe are alike, so the intervals rest on the { $n } recipes, not on single ratings (clusters; Cameron and Miller, 2015). Cohen’s d = { $effect } (95% CI { $interval }). A difference counts from { $smallest }. Other things may differ too: who cooks with it, for what, and when.
explore-together-method = **Drawn.** Share of the item’s recipes that also carry each name, for names in at least { $needed } of them. What is in most recipes anyway comes first: see also what is typical.
explore-lift-method = **Typical.** Lift: the share of the item’s recipes that carry the name, divided by its share of all recipes; with the 95% interval of the former (Wilson). Tested: the { $n_tests } names in at least { $share } of the item’s recipes, { $together } recipes or more, with at least { $needed } expected recipes on each side; χ² with Yates’ correction, corrected together by Benjamini and Hochberg’s method. Typical: significant with false discoveries held at { $level }, and a lift of at least { $smallest }.
