## Ingredients and tags that the visitor adds to the charts of an analysis.

choose-ingredients-label = Add ingredients to the charts
choose-tags-label = Add tags to the charts
choose-items-placeholder = Choose, or type any name
choose-items-help = The { $n } most used are listed; any other name of the data may be typed. { $most } at most.
quoted = “{ $name }”
chosen-unknown = Left out, for the data do not know it: { $names }.
chosen-absent = No recipe of the chosen years carries { $names }.
chosen-tested = { $facts } — { $verdict } (adjusted { $p }).
chosen-untested = { $facts } — { $verdict }.
chosen-seasonal = ▸ “{ $item }”: { $high } of recipes { $high_when }, { $low } { $low_when }
chosen-weekend = ▸ “{ $item }”: { $weekday } of recipes on weekdays, { $weekend } at weekends
column-chosen = Chosen
chosen-yes = yes
chosen-no = no
share-label = Smallest mean share of the recipes (%)
share-help = Ingredients and tags of fewer recipes are not compared, unless you choose them.
items-none-tested = No name has a mean share of { $share } or more with { $needed } recipes expected in each group: there is nothing to compare.
method-chosen-items = **Your choice.** Names marked ▸ were chosen by you, whatever their share. Those that were not among the tests above are tested besides, and their p-values corrected together with all of these; the p-values of the others stay as they are. With fewer than { $needed } expected recipes in a group, a name is shown and not tested.
chosen-title = Your choice: { $items }
chosen-trend = ▸ “{ $item }”: { $slope } per decade ({ $confidence } CI { $interval })
column-verdict = Verdict
slopes-chosen-method = **Your choice.** Names marked ▸ were chosen by you. Those that were among the candidates keep their p-value; the others are tested besides, and corrected together with all the candidates, whose p-values stay as they are. The same thresholds decide the verdict.
legend-unestablished = Not established
