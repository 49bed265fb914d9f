## Tendances. Seuls les messages rise, fall, mixed, items-summary et confirms peuvent parler de hausse ou de baisse.
trend-rise-title = { CAPITALIZE($metric) } augmente : { $slope } par an ({ $first }–{ $last })
trend-fall-title = { CAPITALIZE($metric) } baisse : { $slope } par an ({ $first }–{ $last })
trend-unconfirmed-title = Les deux tests divergent sur { $metric } ({ $first }–{ $last })
trend-negligible-title = { CAPITALIZE($metric) } change à peine : { $slope } par an ({ $first }–{ $last })
trend-no-evidence-title = Pas de tendance établie pour { $metric } de { $first } à { $last }
trend-too-little-data-title = Trop peu d’années pour conclure sur { $metric }

trend-rise-sentence = De { $first } à { $last }, { $metric } augmente : { $slope } par an (IC à { $confidence } : { $interval } ; { $p } après correction), soit { $effect } de sa moyenne chaque année.
trend-fall-sentence = De { $first } à { $last }, { $metric } baisse : { $slope } par an (IC à { $confidence } : { $interval } ; { $p } après correction), soit { $effect } de sa moyenne chaque année.
trend-unconfirmed-sentence = De { $first } à { $last }, la droite pondérée pour { $metric } a une pente de { $slope } par an (IC à { $confidence } : { $interval } ; { $p } après correction), mais aucune direction n’est établie.
trend-negligible-sentence = De { $first } à { $last }, { $metric } varie de { $slope } par an (IC à { $confidence } : { $interval } ; { $p } après correction) : plus que le hasard ne l’expliquerait, mais { $effect } de sa moyenne chaque année, c’est trop peu pour compter.
trend-no-evidence-sentence = De { $first } à { $last }, les données n’établissent pas de tendance pour { $metric } : la pente estimée est de { $slope } par an (IC à { $confidence } : { $interval } ; { $p } après correction).
trend-too-little-data-sentence = Il faut au moins { $needed } années avec des recettes pour se prononcer sur { $metric }.
trend-autocorrelated = Les années voisines se ressemblent (corrélation des résidus successifs : { $correlation }) ; l’incertitude réelle est donc plus large que celle annoncée.

robust-confirms = Le test robuste, qui donne le même poids à chaque année, va dans le même sens (Mann-Kendall, { $p }).
robust-does-not-confirm = Le test robuste, qui donne le même poids à chaque année, ne le confirme pas (Mann-Kendall, { $p }).
robust-contradicts = Le test robuste, qui donne le même poids à chaque année, indique le sens contraire (Mann-Kendall, { $p }).
robust-finds-none = Le test robuste, qui donne le même poids à chaque année, ne trouve pas non plus de direction (Mann-Kendall, { $p }).
robust-differs = Le test robuste, qui donne le même poids à chaque année, trouve, lui, une direction (Mann-Kendall, { $p }) : les années pauvres en recettes y pèsent davantage.

diversity-caveat = Une année riche en recettes compte forcément plus d’éléments distincts : à lire avec le volume.

## Volume.
volume-empty = Aucune recette dans cette sélection
volume-empty-sentence = Cette sélection ne contient aucune recette : il n’y a rien à comparer.
volume-one-year-title = { $n ->
    [one] { $n } recette en { $year }
   *[other] { $n } recettes en { $year }
}
volume-one-year-sentence = { $n ->
    [one] { $n } recette date de { $year }, seule année de cette sélection à en compter.
   *[other] { $n } recettes datent de { $year }, seule année de cette sélection à en compter.
}
volume-peak-title = { $peak } est l’année record, avec { $n ->
    [one] { $n } recette
   *[other] { $n } recettes
}
volume-peak-sentence = { $n ->
    [one] { $n } recette date
   *[other] { $n } recettes datent
} de { $peak }, l’année record, soit { $share } des { $total } publiées de { $first } à { $last }.
volume-before-rise = Dans les années complètes qui précèdent, leur nombre augmente (Mann-Kendall, { $p } après correction).
volume-before-fall = Dans les années complètes qui précèdent, leur nombre baisse (Mann-Kendall, { $p } après correction).
volume-before-no-evidence = Dans les années complètes qui précèdent, leur nombre ne suit pas de direction établie (Mann-Kendall, { $p } après correction).
volume-before-too-little-data = Les années complètes qui précèdent sont trop peu nombreuses pour se prononcer.
volume-after-rise = Dans les années complètes qui suivent, leur nombre augmente (Mann-Kendall, { $p } après correction).
volume-after-fall = Dans les années complètes qui suivent, leur nombre baisse (Mann-Kendall, { $p } après correction).
volume-after-no-evidence = Dans les années complètes qui suivent, leur nombre ne suit pas de direction établie (Mann-Kendall, { $p } après correction).
volume-after-too-little-data = Les années complètes qui suivent sont trop peu nombreuses pour se prononcer.
volume-too-little-data = Les années complètes qui la précèdent et la suivent sont trop peu nombreuses pour se prononcer.
volume-partial-both = Les données commencent le { $start } et s’arrêtent le { $end } : ces deux années sont partielles.
volume-partial-first = Les données commencent le { $start } : cette année-là est partielle.
volume-partial-last = Les données s’arrêtent le { $end } : cette année-là est partielle.

## Ingrédients et étiquettes.
items-ingredients = { $n } { $n ->
    [one] ingrédient
   *[other] ingrédients
}
items-tags = { $n } { $n ->
    [one] étiquette
   *[other] étiquettes
}
items-mixed-title = Plus forte hausse : « { $rise } » ; plus forte baisse : « { $fall } »
items-rise-title = Plus forte hausse : « { $rise } »
items-fall-title = Plus forte baisse : « { $fall } »
items-no-evidence-title = Aucun changement de part établi
items-too-little-data-title = Trop peu d’années pour conclure sur les parts
items-summary = Sur { $tested }, la part des recettes augmente pour { $rises } et baisse pour { $falls } d’au moins { $threshold } point de { $first } à { $last } (taux de fausses découvertes limité à { $level }).
items-rise-sentence = La plus forte hausse est celle de « { $name } » : { $slope } par décennie (IC à { $confidence } : { $interval }).
items-fall-sentence = La plus forte baisse est celle de « { $name } » : { $slope } par décennie (IC à { $confidence } : { $interval }).
items-no-evidence-sentence = Sur { $tested }, aucun changement de part d’au moins { $threshold } point n’est établi de { $first } à { $last }, pour un taux de fausses découvertes limité à { $level }.
items-too-little-data-sentence = Il faut au moins { $needed } années avec des recettes pour se prononcer sur les parts.
