## How numbers and dates are put together. Spaces inside are no-break where a line must not end.
p-value-below = p < { $p }
p-value-equal = p = { $p }
p-value-above = p > { $p }
below = < { $number }
epsilon-squared = ε² = { $number }
epsilon-squared-below = ε² < { $number }
interval = { $low } to { $high }
date-and-time = { $date } at { $time } UTC

## Units, written after their signed number.
unit-minutes = { $number } min
unit-points = { $number } { $number ->
    [one] point
   *[other] points
}
unit-steps = { $number } { $number ->
    [one] step
   *[other] steps
}
unit-ingredients = { $number } { $number ->
    [one] ingredient
   *[other] ingredients
}
unit-tags = { $number } { $number ->
    [one] tag
   *[other] tags
}
unit-kilocalories = { $number } kcal
unit-daily-value = { $number } { $number ->
    [one] point
   *[other] points
} of daily value

## Names of what is measured, as they read inside a sentence; singular, a verb follows.
metric-mean-minutes = mean preparation time
metric-median-minutes = median preparation time
metric-complexity = the mean complexity score
metric-steps = the mean number of steps
metric-ingredients = the mean number of ingredients
metric-calories = mean energy per recipe
metric-carbohydrates = mean carbohydrate content
metric-fat = mean fat content
metric-saturated-fat = mean saturated fat content
metric-protein = mean protein content
metric-sugar = mean sugar content
metric-sodium = mean sodium content
metric-distinct-ingredients = the number of distinct ingredients
metric-distinct-tags = the number of distinct tags
