## Trends. Only the messages named rise, fall, mixed, items-summary and confirms may speak of a rise or a fall.
trend-rise-title = { CAPITALIZE($metric) } rises: { $slope } per year ({ $first }–{ $last })
trend-fall-title = { CAPITALIZE($metric) } falls: { $slope } per year ({ $first }–{ $last })
trend-unconfirmed-title = The two tests disagree on { $metric } ({ $first }–{ $last })
trend-negligible-title = { CAPITALIZE($metric) } barely changes: { $slope } per year ({ $first }–{ $last })
trend-no-evidence-title = No established trend for { $metric } from { $first } to { $last }
trend-too-little-data-title = Too few years to judge { $metric }

trend-rise-sentence = From { $first } to { $last }, { $metric } rises: { $slope } per year ({ $confidence } CI { $interval }, adjusted { $p }), or { $effect } of its mean each year.
trend-fall-sentence = From { $first } to { $last }, { $metric } falls: { $slope } per year ({ $confidence } CI { $interval }, adjusted { $p }), or { $effect } of its mean each year.
trend-unconfirmed-sentence = From { $first } to { $last }, the weighted line of { $metric } slopes by { $slope } per year ({ $confidence } CI { $interval }, adjusted { $p }), but no direction is established.
trend-negligible-sentence = From { $first } to { $last }, { $metric } changes by { $slope } per year ({ $confidence } CI { $interval }, adjusted { $p }): more than chance would do, but { $effect } of its mean each year is too little to matter.
trend-no-evidence-sentence = From { $first } to { $last }, the data do not establish a trend for { $metric }: the estimated slope is { $slope } per year ({ $confidence } CI { $interval }, adjusted { $p }).
trend-too-little-data-sentence = A verdict on { $metric } needs at least { $needed } years with recipes.
trend-autocorrelated = Neighbouring years resemble each other (correlation of successive residuals { $correlation }), so the real uncertainty is wider than stated.

robust-confirms = The robust test, which gives every year the same weight, agrees (Mann–Kendall, { $p }).
robust-does-not-confirm = The robust test, which gives every year the same weight, does not confirm it (Mann–Kendall, { $p }).
robust-contradicts = The robust test, which gives every year the same weight, points the other way (Mann–Kendall, { $p }).
robust-finds-none = The robust test, which gives every year the same weight, finds no direction either (Mann–Kendall, { $p }).
robust-differs = The robust test, which gives every year the same weight, does find a direction (Mann–Kendall, { $p }): the years with few recipes weigh more in it.

diversity-caveat = A year with more recipes naturally counts more distinct items: read this together with the volume.

## Volume.
volume-empty = No recipe in this selection
volume-empty-sentence = This selection holds no recipe: there is nothing to compare.
volume-one-year-title = { $n ->
    [one] { $n } recipe in { $year }
   *[other] { $n } recipes in { $year }
}
volume-one-year-sentence = { $n ->
    [one] { $n } recipe dates from { $year }, the only year with recipes in this selection.
   *[other] { $n } recipes date from { $year }, the only year with recipes in this selection.
}
volume-peak-title = { $peak } is the peak year, with { $n ->
    [one] { $n } recipe
   *[other] { $n } recipes
}
volume-peak-sentence = { $n ->
    [one] { $n } recipe dates
   *[other] { $n } recipes date
} from { $peak }, the peak year: { $share } of the { $total } published from { $first } to { $last }.
volume-before-rise = In the complete years before it, the number rises (Mann–Kendall, adjusted { $p }).
volume-before-fall = In the complete years before it, the number falls (Mann–Kendall, adjusted { $p }).
volume-before-no-evidence = In the complete years before it, the number shows no established direction (Mann–Kendall, adjusted { $p }).
volume-before-too-little-data = There are too few complete years before it for a verdict.
volume-after-rise = In the complete years after it, the number rises (Mann–Kendall, adjusted { $p }).
volume-after-fall = In the complete years after it, the number falls (Mann–Kendall, adjusted { $p }).
volume-after-no-evidence = In the complete years after it, the number shows no established direction (Mann–Kendall, adjusted { $p }).
volume-after-too-little-data = There are too few complete years after it for a verdict.
volume-too-little-data = There are too few complete years before and after it for a verdict.
volume-partial-both = The data start on { $start } and end on { $end }: these two years are partial.
volume-partial-first = The data start on { $start }: that year is partial.
volume-partial-last = The data end on { $end }: that year is partial.

## Ingredients and tags.
items-ingredients = { $n } { $n ->
    [one] ingredient
   *[other] ingredients
}
items-tags = { $n } { $n ->
    [one] tag
   *[other] tags
}
items-mixed-title = “{ $rise }” rises most, “{ $fall }” falls most
items-rise-title = “{ $rise }” rises most
items-fall-title = “{ $fall }” falls most
items-no-evidence-title = No established change of share
items-too-little-data-title = Too few years to judge shares
items-summary = Among { $tested }, the share of recipes rises for { $rises } and falls for { $falls } by at least { $threshold } points from { $first } to { $last } (false discoveries held at { $level }).
items-rise-sentence = The strongest rise is that of “{ $name }”: { $slope } per decade ({ $confidence } CI { $interval }).
items-fall-sentence = The strongest fall is that of “{ $name }”: { $slope } per decade ({ $confidence } CI { $interval }).
items-no-evidence-sentence = Among { $tested }, none changes its share of recipes by at least { $threshold } points from { $first } to { $last } with false discoveries held at { $level }.
items-too-little-data-sentence = A verdict on shares needs at least { $needed } years with recipes.
