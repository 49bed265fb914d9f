## Explorer : tout ce que les données savent d’un ingrédient ou d’une étiquette.

explore-menu = Explorer
explore-description = Un ingrédient ou une étiquette à la fois : quand on le cuisine, s’il progresse, si on l’aime, ce qui l’accompagne, et ses recettes les plus aimées.
explore-title = Explorer
explore-lead = Un ingrédient ou une étiquette à la fois : quand le cuisine-t-on, progresse-t-il, l’aime-t-on ?

## Recherche.
explore-kind-label = Chercher parmi
explore-kind-ingredients = Ingrédients
explore-kind-tags = Étiquettes
explore-item-ingredient = Ingrédient
explore-item-tag = Étiquette
explore-item-placeholder = Saisissez un nom
explore-item-help = { $n ->
    [one] { $n } nom est proposé
   *[other] { $n } noms sont proposés
} : ceux d’au moins { $needed } recettes, les plus utilisés d’abord. Tout autre nom des données peut être saisi. Les noms sont en anglais, comme sur Food.com.
explore-nothing-asked = Choisissez un nom dans la liste, ou saisissez-en un.
explore-unknown-ingredient = Les données ne contiennent aucun ingrédient nommé « { $item } ».
explore-unknown-tag = Les données ne contiennent aucune étiquette nommée « { $item } ».
explore-is-ingredient = Un ingrédient porte ce nom
explore-is-tag = Une étiquette porte ce nom
explore-close = Noms proches
explore-n-recipes = { $n ->
    [one] { $n } recette
   *[other] { $n } recettes
}
explore-rare = { $n ->
    [0] Aucune recette
    [one] { $n } seule recette
   *[other] { $n } recettes seulement
} de { $years } avec « { $item } » : trop peu de données pour répondre. Il en faut au moins { $needed }.

## Cartes.
explore-card-common = Est-ce courant ?
explore-card-common-note = { $n ->
    [one] { $n } recette
   *[other] { $n } recettes
} sur { $total }
explore-card-season = Quand le cuisine-t-on ?
explore-card-season-note = { $high } des recettes { $high_when }, { $low } { $low_when }
explore-card-trend = Progresse-t-il ?
explore-card-trend-note = { $slope } de part par an
explore-card-weekend = Semaine ou week-end ?
explore-card-weekend-note = { $weekend } des recettes le week-end, { $weekday } en semaine
explore-card-ratings = L’aime-t-on ?
explore-card-ratings-note = { $mean } en moyenne ; { $difference } par rapport au reste
explore-no-season = aucune saison ne ressort
explore-no-trend = pas de tendance nette
explore-no-difference = pas d’écart net
explore-rated-better = Plus que le reste
explore-rated-worse = Moins que le reste

## Noms des analyses.
explore-years-name = Progresse-t-il ?
explore-timing-name = Quand le cuisine-t-on ?
explore-ratings-name = L’aime-t-on ?
explore-companions-name = Qu’est-ce qui l’accompagne ?
explore-recipes-name = Recettes les plus aimées

## Constats.
explore-metric-share = la part de « { $item } »
between-months = entre les mois
explore-when-difference-title = Culmine { $high_when } : { $high } des recettes, contre { $low } { $low_when }
explore-when-negligible-title = Presque aucun écart { $between }
explore-when-no-evidence-title = Pas d’écart établi { $between }
explore-when-difference-sentence = « { $item } » : { $high } des recettes { $high_when }, { $low } { $low_when } (χ² = { $chi }, { $p } après correction, V de Cramér = { $v }).
explore-when-negligible-sentence = « { $item } » : { $high } des recettes { $high_when }, { $low } { $low_when } (χ² = { $chi }, { $p } après correction, V de Cramér = { $v }) : plus que le hasard ne l’expliquerait, trop peu pour compter.
explore-when-no-evidence-sentence = « { $item } » : de { $low } des recettes { $low_when } à { $high } { $high_when }, ce que le hasard a pu faire (χ² = { $chi }, { $p } après correction, V de Cramér = { $v }).
explore-when-too-few = Un test demande au moins { $needed } recettes attendues, avec et sans ce nom, dans chaque groupe.
explore-weekend-more-title = Plus présent le week-end : { $weekend } des recettes, contre { $weekday } en semaine
explore-weekend-less-title = Moins présent le week-end : { $weekend } des recettes, contre { $weekday } en semaine
explore-weekend-negligible-title = Presque la même part le week-end
explore-weekend-no-evidence-title = Pas d’écart établi le week-end
explore-weekend-sentence = « { $item } » : { $weekday } des recettes de la semaine, { $weekend } de celles du week-end, soit { $difference } le week-end (IC à { $confidence } : { $interval } ; χ² = { $chi }, { $p } après correction, V de Cramér = { $v }).
explore-ratings-better-title = Mieux noté que le reste : { $own }, contre { $rest }
explore-ratings-worse-title = Moins bien noté que le reste : { $own }, contre { $rest }
explore-ratings-negligible-title = Noté presque comme le reste : { $own }, contre { $rest }
explore-ratings-no-evidence-title = Pas d’écart de notes établi : { $own }, le reste { $rest }
explore-ratings-sentence = Les recettes avec « { $item } » reçoivent { $own } en moyenne, les autres { $rest } : un écart de { $difference } (IC à { $confidence } : { $interval } ; { $p } après correction ; d de Cohen = { $effect }).
explore-ratings-negligible-sentence = C’est plus que le hasard ne l’expliquerait, mais moins que { $smallest } : trop faible pour compter.
explore-ratings-too-few-title = Trop peu de recettes notées pour comparer
explore-ratings-too-few = Pour comparer, il faut au moins { $needed } recettes notées avec ce nom, et autant sans.
explore-together-title = Avec « { $item } », le plus souvent « { $companion } » : dans { $share } des recettes
explore-typical-title = Typique : « { $companion } », { $lift } fois plus souvent que dans l’ensemble des recettes
explore-typical-none-title = Rien de typique n’est établi pour « { $item } »
explore-typical-summary = Sur { $tested } que l’on trouve souvent à ses côtés, { $kept ->
    [0] aucun nom n’y figure
    [one] { $kept } nom y figure
   *[other] { $kept } noms y figurent
} au moins { $smallest } fois plus souvent que dans l’ensemble des recettes, au-delà du hasard (taux de fausses découvertes limité à { $level }).
explore-typical-too-few-title = Trop peu de recettes pour dire ce qui est typique
explore-typical-too-few = Pour dire ce qui est typique, il faut au moins { $needed } recettes attendues avec et sans chaque nom : il y en a trop peu.
explore-recipes-none = Aucune recette avec ce nom n’est notée dans cette sélection, ou les recettes ne diffèrent pas plus que le hasard ne le voudrait : pas de classement.

## Axes et colonnes.
explore-column-with-item = Recettes avec ce nom
explore-column-together = Recettes avec les deux
explore-column-share-of-all = Part de toutes les recettes
explore-column-number = Numéro sur Food.com
explore-axis-share-with-item = Part de ses recettes
explore-axis-lift = Fréquence par rapport à l’ensemble des recettes (fois)
explore-with-item = Avec
explore-without-item = Sans

## Comment c’est calculé.
explore-ingredient-definition = **Définition.** Recettes de { $years } qui contiennent l’ingrédient sous ce nom exact (« garlic » et « garlic cloves » sont deux ingrédients) ; une recette compte une fois. Les parts se rapportent à toutes les recettes publiées dans le même temps.
explore-tag-definition = **Définition.** Recettes de { $years } qui portent l’étiquette ; une recette compte une fois. Les étiquettes sont posées à la main, et la façon d’étiqueter change aussi. Les parts se rapportent à toutes les recettes publiées dans le même temps.
explore-trend-method = **Tendance.** Moindres carrés de la part sur { $n } années, chacune pesant autant qu’elle a de recettes : { $slope } par an (intervalle de confiance à { $confidence } : { $interval }), { $p }. Une évolution est annoncée si sa valeur p est significative après correction, si elle atteint sur la période { $smallest } de la part moyenne de l’élément, ou { $points } point, et si le test robuste le confirme.
explore-holm-method = **Multiplicité.** La page pose plusieurs questions aux mêmes recettes : tendance, mois, saisons, week-end, notes. Les valeurs p de celles qui ont pu être testées ({ $n_tests }) sont corrigées ensemble par la méthode de Holm : ici { $p } après correction ; significatif en dessous de { $level }. Qui parcourt beaucoup d’éléments rencontrera tout de même des effets du hasard : les pages qui comparent tous les éléments corrigent pour leur nombre.
explore-groups-method = **Test.** χ² de la présence de l’élément dans chaque groupe, si au moins { $needed } recettes avec et sans lui sont attendues dans chacun. Un écart compte à partir de { $smallest } de la part moyenne de l’élément, ou de { $points } point, entre les extrêmes. Barres : intervalles à 95 % de Wilson.
explore-weekend-method = **Test.** χ² avec correction de Yates de la présence de l’élément en semaine et le week-end, si au moins { $needed } recettes avec et sans lui sont attendues des deux côtés ; l’intervalle de l’écart est celui de Newcombe. Un écart compte à partir de { $smallest } de la part moyenne de l’élément, ou de { $points } point. Barres : intervalles à 95 % de Wilson.
explore-ratings-method = **Test.** Moyennes de toutes les notes des recettes avec l’élément et de celles des recettes sans lui. Les notes d’une même recette se ressemblent : les intervalles reposent sur les { $n } recettes, non sur les notes (grappes ; Cameron et Miller, 2015). d de Cohen = { $effect } (IC à 95 % : { $interval }). Un écart compte à partir de { $smallest }. D’autres choses peuvent différer : qui cuisine avec lui, pour quoi, et quand.
explore-together-method = **Représenté.** Part des recettes de l’élément qui portent aussi chaque nom, pour les noms présents dans au moins { $needed } d’entre elles. Ce qui figure de toute façon dans la plupart des recettes vient en premier : voir aussi ce qui est typique.
explore-lift-method = **Typique.** Rapport (« lift ») entre la part des recettes de l’élément qui portent le nom et la part de toutes les recettes qui le portent ; avec l’intervalle à 95 % de la première (Wilson). Testés : les { $n_tests } noms présents dans au moins { $share } des recettes de l’élément, { $together } recettes au moins, avec au moins { $needed } recettes attendues de chaque côté ; χ² avec correction de Yates, valeurs p corrigées ensemble par la méthode de Benjamini et Hochberg. Typique : significatif avec un taux de fausses découvertes limité à { $level }, et un rapport d’au moins { $smallest }.
