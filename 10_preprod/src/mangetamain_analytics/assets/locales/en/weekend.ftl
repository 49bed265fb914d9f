## Weekend: how recipes differ between weekdays and weekends.

weekend-menu = Weekend
weekend-description = What home cooks publish on weekdays and at weekends: how many recipes a day, how long, how complex, how rich, with which ingredients and tags.
weekend-title = Weekend
weekend-lead = What changes at the weekend: how many recipes a day, how long, how complex, how rich, and what goes into them.

weekend-volume-name = Recipes by weekday
weekend-duration-name = Preparation time
weekend-complexity-name = Complexity
weekend-nutrition-name = Nutrition
weekend-ingredients-name = Ingredients of the weekend
weekend-tags-name = Tags of the weekend

group-weekdays = Weekdays
group-weekend = Weekend
column-weekday = Day
column-day-type = Kind of day
legend-weekend = More at weekends
legend-weekday = More on weekdays
axis-relative-difference = Difference at weekends (%)
axis-difference-points = Difference (points)
column-cliffs-delta = Cliff’s δ
column-p-welch = p of Welch’s test
column-chi-squared-yates = χ² (Yates)

weekend-volume-definition = **Definition.** Recipes kept after cleaning, by the day of their publication, divided by the number of such days that the data cover. Days are those of Food.com’s dates; the time zone of the author is unknown.
weekend-day-types-definition = **Definition.** Recipes per calendar day, from Monday to Friday and on Saturdays and Sundays. Both bases are told: twice as many on weekdays is half as many at weekends.
method-deviation-base = **Base.** Deviations are from what an average day of the calendar brings, all seven weekdays together: { $mean } recipes.
method-ratio = **Interval.** That of the ratio of both rates, on its logarithm, widened by the waves.
method-relative-difference = **Drawn.** Mean at weekends minus mean on weekdays, as a percentage of the latter, with the 95% interval of Welch’s test.
method-welch-line = **{ $name }.** Welch’s test decides: Cohen’s d = { $effect }, adjusted { $p }.
method-mann-whitney-line = **{ $name }.** Skewed, so Mann–Whitney decides: Cliff’s δ = { $effect }, adjusted { $p }.
method-choice = **Choice of the test.** All values together have a skewness of { $skewness }: { $choice } The difference plays no part in the choice.
choice-welch = at most 1 in size, so the mean stands for them and Welch’s test decides.
choice-mann-whitney = beyond 1 in size, so the rank test of Mann and Whitney decides.
method-welch = **Means.** Weekend minus weekdays: { $difference } (95% CI { $difference_interval }); Welch’s t = { $statistic }, { $p }; Cohen’s d = { $effect } (95% CI { $interval }).
method-mann-whitney = **Ranks.** Mann–Whitney U = { $u }, { $p }; Cliff’s δ = { $effect } (95% CI { $interval }), positive if recipes of the weekend tend to have more.
method-two-holm = **Multiplicity.** Holm’s correction for the tests of this analysis ({ $n_tests }): adjusted { $p }. A difference is claimed below 0.05, if means and ranks agree, and if the means are established to differ by 2% or more or the effect on a single recipe is at least small (|d| ≥ 0.2, |δ| ≥ 0.147).
method-seven-days = **The seven days.** Kruskal–Wallis among all days: H = { $h }, { $p }; { $effect } (95% CI { $interval }).
method-weekend-items = **Selection.** Kept when the mean of both shares reaches { $share }, when they differ by a fifth of a point or more, and when the test is significant after correction: { $n_kept } are. At most { $n_shown } are drawn, by the size of their difference in either direction, with Newcombe’s 95% interval; where none is established, the largest differences are shown with their uncertainty. The χ² of these 2 × 2 tables carries Yates’ correction; Cramér’s V does not.
