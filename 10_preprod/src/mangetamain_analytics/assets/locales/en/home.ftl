## Home: what the data are, what was cleaned away, how to read the pages.

home-menu = Home
home-description = Home cooking on Food.com: its strongest findings, what the data are, how they were cleaned and how to read every chart.
home-title = Back to the Kitchen
home-lead = How home cooking changed, read from the recipes that people published on Food.com and from the stars that others gave them.

home-findings-title =
    { $n ->
        [0] No finding holds in these data
        [1] The one finding that holds
        [5] The five strongest findings
       *[other] The { $n } strongest findings
    }
home-finding-size = { $times } × the smallest effect
home-findings-rule = Chosen by a rule: of { $tested } tested charts, those significant at { $level } after correction for all, by effect over the smallest that counts; at most { $most } per page.
home-findings-fewer = Nothing else is both significant and large enough.

home-fresh-title = How fresh the data are
home-fresh-built = Version { $version }, built on { $built }.
home-fresh-recipes = Recipes from { $first } to { $last }.
home-fresh-ratings = Ratings from { $first } to { $last }.
home-cleaned-title = What was left out
cleaning-summary-recipes =
    { $n ->
        [0] No recipe.
       *[other] { $removed } recipes ({ $share }), { $others ->
            [0] all by the rule “{ $rule }”.
           *[other] chiefly by the rule “{ $rule }”: { $n }.
        }
    }
cleaning-summary-interactions =
    { $n ->
        [0] No comment.
       *[other] { $removed } comments ({ $share }), { $others ->
            [0] all by the rule “{ $rule }”.
           *[other] chiefly by the rule “{ $rule }”: { $n }.
        }
    }
home-cleaned-link = Every rule and what it removed
home-read-title = How to read a finding
home-read-text = A rise, a fall or a difference is claimed only when it is significant after correction (p < { $level }) and large enough to matter. Otherwise the page says that nothing is established.
home-read-link = How every number is computed

home-cleaning-title = What was cleaned away, and why
home-method-title = How to read the findings
home-method =
    Every number and every sentence on these pages is computed from the data you see in the sidebar, each time you change a filter.

    - **A p-value** says how often chance alone would show at least as much, were there nothing to find. **An interval** holds the true value with { $confidence } confidence. **An effect size** says how large a difference is, whatever the number of recipes: with very many of them, the slightest difference is significant.
    - **A verdict needs two things**: a p-value below { $level } after correction for the number of questions asked, and an effect large enough to matter. When one is missing, no rise, no fall and no difference is claimed.
    - **Trends** are straight lines fitted by least squares, each year weighing as much as it has recipes: a mean of { $fewest } recipes says less than one of { $most }. A second test that ignores weights and outliers, Mann–Kendall’s, has to agree; when it does not, no direction is claimed.
    - **Seasons and days** are compared by ranks or by means, as the data ask, and numbers of recipes with what the calendar’s own days would bring.
    - **Partly covered years** at both ends of the data hold fewer recipes and weigh less; they are paler in the bars.
    - **Open “{ how-computed }”** below a chart for its definition, its tests, its caveats, its numbers and the SQL that gave them.

meaning-rise = Established: it goes up over the years.
meaning-fall = Established: it goes down over the years.
meaning-mixed = Both are established, for different things or different years.
meaning-difference = Established between groups, which have no order.
meaning-negligible = Real, but too small to change anything in a kitchen.
meaning-unconfirmed = One test sees it, its robust companion does not: no claim.
meaning-no-evidence = The data do not tell it from chance; they do not prove that there is nothing.
meaning-too-little-data = Not tested: too few recipes, ratings or years.

card-period = Period
card-period-note =
    { $n ->
        [one] { $n } year of publication
       *[other] { $n } years of publication
    }
card-recipes = Recipes analysed
card-recipes-note = left after cleaning
card-ratings = Ratings
card-users = People who rated

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
