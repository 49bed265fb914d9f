## Home: what the data are, what was cleaned away, how to read the pages.

home-menu = Home
home-description = Home cooking on Food.com: what the data are, how they were cleaned and how to read every chart.
home-title = Back to the Kitchen
home-lead = How home cooking changed, read from the recipes that people published on Food.com and from the stars that others gave them.
home-trends-link = See how cooking changed over the years
home-cleaning-title = What was cleaned away, and why
home-method-title = How to read the findings
home-method =
    Every number and every sentence on these pages is computed from the data you see in the sidebar, each time you change a filter.

    - **Trends** are straight lines fitted by least squares, each year weighing as much as it has recipes: a mean of { $fewest } recipes says less than one of { $most }. The interval in brackets holds the true slope with { $confidence } confidence. A second test that ignores weights and outliers, Mann–Kendall’s, has to agree; when it does not, no direction is claimed.
    - **A verdict needs two things**: a p-value below { $level } after correction for the number of questions asked, and a change large enough to matter. When one is missing, no rise and no fall is claimed.
    - **Partly covered years** at both ends of the data hold fewer recipes and weigh less; they are paler in the bars.
    - **Open “{ how-computed }”** below a chart for its definition, its tests, its caveats, its numbers and the SQL that gave them.

card-period = Period
card-period-note =
    { $n ->
        [one] { $n } year of publication
       *[other] { $n } years of publication
    }
card-recipes = Recipes analysed
card-recipes-note = left after cleaning
card-ratings = Ratings
card-ratings-note = from 1 to 5 stars
card-users = People who rated
card-users-note = at least once

cleaning-kept-recipes = Recipes: { $before } published, { $after } kept.
cleaning-kept-interactions = Ratings: { $before } comments published, { $after } ratings kept.
column-rule = Rule
column-rows-before = Rows before
column-rows-removed = Removed
rule-one-row-per-id = One row per recipe number
rule-minutes = Between 1 minute and 3 hours: outside, typing errors and marinades
rule-quantiles = Steps and ingredients within the central 95%: no empty recipe, no encyclopaedia
rule-name-and-date = A name and a date of publication
rule-calories-and-ingredients = Calories that can be read, at least one ingredient
rule-rating = 1 to 5 stars: a 0 is a comment without a rating
rule-rating-date = A date
rule-duplicates = The same rating once only
