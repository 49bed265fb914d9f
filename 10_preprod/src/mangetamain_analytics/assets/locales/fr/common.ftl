## Assemblage des nombres et des dates. Les espaces qui ne doivent pas finir une ligne sont insécables.
p-value-below = p < { $p }
p-value-equal = p = { $p }
p-value-above = p > { $p }
below = < { $number }
epsilon-squared = ε² = { $number }
epsilon-squared-below = ε² < { $number }
interval = de { $low } à { $high }
date-and-time = { $date } à { $time } UTC

## Unités, écrites après leur nombre signé.
unit-minutes = { $number } min
unit-points = { $number } { $number ->
    [one] point
   *[other] points
}
unit-steps = { $number } { $number ->
    [one] étape
   *[other] étapes
}
unit-ingredients = { $number } { $number ->
    [one] ingrédient
   *[other] ingrédients
}
unit-tags = { $number } { $number ->
    [one] étiquette
   *[other] étiquettes
}
unit-kilocalories = { $number } kcal
unit-daily-value = { $number } { $number ->
    [one] point
   *[other] points
} d’apport journalier

## Noms de ce qui est mesuré, tels qu’ils se lisent dans une phrase ; au singulier, un verbe suit.
metric-mean-minutes = le temps de préparation moyen
metric-median-minutes = le temps de préparation médian
metric-complexity = le score de complexité moyen
metric-steps = le nombre moyen d’étapes
metric-ingredients = le nombre moyen d’ingrédients
metric-calories = l’apport énergétique moyen
metric-carbohydrates = la teneur moyenne en glucides
metric-fat = la teneur moyenne en lipides
metric-saturated-fat = la teneur moyenne en acides gras saturés
metric-protein = la teneur moyenne en protéines
metric-sugar = la teneur moyenne en sucres
metric-sodium = la teneur moyenne en sodium
metric-distinct-ingredients = le nombre d’ingrédients distincts
metric-distinct-tags = le nombre d’étiquettes distinctes
