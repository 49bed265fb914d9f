## Quantités comparées entre groupes : les quatre saisons, les sept jours, la semaine et le week-end.

verdict-difference = différence

## Groupes : sur un axe, puis dans une phrase.
group-winter = Hiver
group-spring = Printemps
group-summer = Été
group-autumn = Automne
group-monday = Lundi
group-tuesday = Mardi
group-wednesday = Mercredi
group-thursday = Jeudi
group-friday = Vendredi
group-saturday = Samedi
group-sunday = Dimanche
when-winter = en hiver
when-spring = au printemps
when-summer = en été
when-autumn = en automne
when-monday = le lundi
when-tuesday = le mardi
when-wednesday = le mercredi
when-thursday = le jeudi
when-friday = le vendredi
when-saturday = le samedi
when-sunday = le dimanche
when-month = en { $month }
on-season = de la saison
on-day = du jour de la semaine
between-seasons = entre les saisons
between-days = entre les jours de la semaine
between-day-types = entre la semaine et le week-end

level-daily-value = { $number } % de l’apport journalier

## Plusieurs groupes. Seuls les messages difference et differ peuvent en annoncer une.
groups-difference-title = { CAPITALIZE($metric) } culmine { $high_when } : { $high }, contre { $low } { $low_when }
groups-differ-title = { CAPITALIZE($metric) } diffère { $between }, sans extrême net
groups-negligible-title = { CAPITALIZE($metric) } dépend à peine { $on }
groups-no-evidence-title = Pas d’écart établi { $between } pour { $metric }
groups-too-few-title = Trop peu de recettes pour comparer
groups-too-few = Pour comparer, il faut au moins { $needed } recettes dans chaque groupe.
groups-means = { CAPITALIZE($metric) } va de { $low } { $low_when } à { $high } { $high_when }.
groups-test = Kruskal-Wallis sur { $n } recettes : H = { $h }, { $p } après correction ; { $effect } (IC à { $confidence } : { $interval }).
groups-small = Pour une recette donnée, peu de chose dépend { $on } : { $share } de la variation.

metrics-difference-title = { $n } { $n ->
    [one] valeur nutritionnelle
   *[other] valeurs nutritionnelles
} sur { $total } { $n ->
    [one] diffère
   *[other] diffèrent
} { $between }
metrics-negligible-title = Aucune valeur nutritionnelle ne diffère assez { $between } pour compter
metrics-no-evidence-title = Pas d’écart nutritionnel établi { $between }

## Semaine et week-end.
two-difference-title = { CAPITALIZE($metric) } diffère le week-end : { $weekend }, contre { $weekday } en semaine
two-negligible-title = { CAPITALIZE($metric) } ne varie presque pas le week-end
two-no-evidence-title = Pas d’écart établi le week-end pour { $metric }
two-means = { CAPITALIZE($metric) } : { $weekday } en semaine et { $weekend } le week-end, soit { $difference } le week-end (IC à { $confidence } : { $interval }).
two-welch = Test de Welch : { $p } après correction ; d de Cohen = { $effect } (IC à { $confidence } : { $interval }).
two-mann-whitney = Les valeurs sont asymétriques, les rangs décident donc : Mann-Whitney, { $p } après correction ; δ de Cliff = { $effect } (IC à { $confidence } : { $interval }).
two-small = Pour une recette donnée, c’est très peu.
two-disagree = Moyennes et rangs vont en sens contraires.

## Les recettes face au calendrier.
calendar-difference-title = C’est { $high_when } que l’on publie le plus : { $high } par rapport au calendrier
calendar-negligible-title = Les recettes se répartissent presque comme les jours
calendar-no-evidence-title = Pas d’écart établi par rapport au calendrier
calendar-deviations-title = De { $high } { $high_when } à { $low } { $low_when }
calendar-extremes = Par rapport à ce que donneraient les jours seuls : { $high } { $high_when } (IC à 95 % : { $high_interval }), { $low } { $low_when } (IC à 95 % : { $low_interval }).
calendar-test = Test du χ² qui tient compte des vagues d’une année à l’autre : { $p } ; w = { $effect } (IC à { $confidence } : { $interval }).
weekend-more-title = Un jour de semaine apporte { $share } de recettes de plus qu’un jour de week-end
weekend-less-title = Un jour de semaine apporte { $share } de recettes de moins qu’un jour de week-end
weekend-negligible-title = Un jour de semaine et un jour de week-end apportent presque autant de recettes
weekend-no-evidence-title = Pas d’écart établi entre un jour de semaine et un jour de week-end
weekend-rates = { $weekday } recettes par jour de semaine du calendrier, { $weekend } par jour de week-end : { $share } en prenant le week-end pour base (IC à { $confidence } : { $interval }), soit { $reverse } en prenant la semaine pour base.

## Ingrédients et étiquettes.
seasonal-items-title = Le plus saisonnier : « { $item } », { $high } des recettes { $high_when }, { $low } { $low_when }
seasonal-items-none-title = Aucun lien établi avec une saison
seasonal-items-summary = Sur { $tested } figurant dans au moins { $share } des recettes, { $kept ->
    [0] aucun nom ne varie
    [one] { $kept } varie
   *[other] { $kept } varient
} d’au moins { $threshold } point entre les saisons, au-delà du hasard (taux de fausses découvertes limité à { $level }).
seasonal-items-first = « { $item } » passe de { $low } { $low_when } à { $high } { $high_when } (χ² = { $chi }, { $p } après correction, V de Cramér = { $v }).
weekend-items-title = Plus de « { $weekend } » le week-end, plus de « { $weekday } » en semaine
weekend-items-weekend-title = Plus de « { $weekend } » le week-end
weekend-items-weekday-title = Plus de « { $weekday } » en semaine
weekend-items-none-title = Aucun lien établi avec le week-end
weekend-items-summary = Sur { $tested } figurant dans au moins { $share } des recettes, { $kept ->
    [0] aucun nom ne diffère
    [one] { $kept } diffère
   *[other] { $kept } diffèrent
} d’au moins { $threshold } point entre la semaine et le week-end, au-delà du hasard (taux de fausses découvertes limité à { $level }).
weekend-item-weekend = Lien le plus fort avec le week-end : « { $name } », { $difference } (IC à { $confidence } : { $interval } ; { $p } après correction).
weekend-item-weekday = Lien le plus fort avec la semaine : « { $name } », { $difference } le week-end (IC à { $confidence } : { $interval } ; { $p } après correction).

## Cartes, axes et colonnes des deux pages.
card-days-note =
    { $n ->
        [one] { $n } jour du calendrier
       *[other] { $n } jours du calendrier
    }
card-groups-method = Tests et tailles d’effet
card-groups-method-note = rangs, χ², corrigés pour la multiplicité
axis-recipes-per-day = Recettes par jour
axis-deviation = Par rapport au calendrier
column-days = Jours
column-expected = Recettes attendues
column-mean = Moyenne
column-standard-deviation = Écart-type
column-q05 = 5ᵉ centile
column-q25 = Premier quartile
column-median = Médiane
column-q75 = Troisième quartile
column-q95 = 95ᵉ centile
column-nutrient = Valeur nutritionnelle
column-cramers-v = V de Cramér

nutrient-energy = Énergie
nutrient-carbohydrates = Glucides
nutrient-fat = Lipides
nutrient-protein = Protéines
nutrient-sugar = Sucres
nutrient-sodium = Sodium
nutrient-saturated-fat = Graisses saturées

## Comment c’est calculé.
group-duration-definition = **Définition.** Minutes annoncées par la recette, de 1 à 180.
group-complexity-definition = **Définition.** Score d’une recette : ln(1 + minutes) + étapes + ingrédients ÷ 2.
group-steps-definition = **Définition.** Nombre d’étapes de la recette, tel que publié.
group-ingredients-count-definition = **Définition.** Nombre d’ingrédients de la recette, tel que publié.
group-nutrition-definition = **Définition.** Valeurs calculées par Food.com pour la recette, en kcal et en pourcentage de l’apport journalier d’un adulte ; moyennes des recettes. La distribution a une longue traîne : quelques recettes énormes pèsent sur les moyennes, et les tests comparent les rangs.
group-ingredient-definition = **Définition.** Part des recettes du groupe qui contiennent l’ingrédient, sous le nom que l’auteur lui donne.
group-tag-definition = **Définition.** Part des recettes du groupe qui portent l’étiquette.
method-boxes = **Dessin.** La boîte va du premier au troisième quartile, la médiane est un trait, la moyenne un tireté ; les moustaches s’arrêtent aux 5ᵉ et 95ᵉ centiles. Les quartiles sont des valeurs observées.
method-means = **Dessin.** Moyennes avec leurs intervalles de confiance à 95 % (Student). L’axe ne part pas de zéro.
method-calendar = **Calendrier.** Ce que chaque groupe recevrait si les recettes de chaque année étaient réparties également sur les jours que les données en couvrent, années bissextiles et années partielles comptées telles quelles. Ainsi la croissance du site et une année incomplète ne passent pas pour un effet du groupe.
method-calendar-test = **Test.** χ² de Pearson sur { $n } recettes = { $chi }, { $degrees } degrés de liberté. D’une année à l’autre, la répartition varie { $dispersion } fois autant que le feraient des recettes indépendantes ; compte tenu de cela, { $p } (test F). w de Cohen = { $w } (IC à 95 % : { $interval }). Une différence est annoncée en dessous de 0,05 et à partir de 2 %.
method-holm-adjusted = **Multiplicité.** Correction de Holm pour les tests de cette analyse ({ $n_tests }) : { $p } après correction. Le verdict repose sur elle.
method-calendar-caveat = **Réserve.** Les recettes arrivent par lots, d’auteurs qui en publient beaucoup à la fois : comptées comme indépendantes, elles prouveraient trop. Les intervalles en tiennent compte.
method-kruskal = **Test.** Kruskal-Wallis par les rangs, ex æquo corrigés, sur { $n_groups } groupes de { $n } recettes en tout : H = { $h }, { $p } ; { $effect } (H ÷ (n − 1) ; IC à 95 % : { $interval }).
method-extremes = **Extrêmes.** La plus haute et la plus basse moyenne diffèrent de { $gap } de la moyenne générale ; test de Welch, multiplié par le nombre de paires (Bonferroni) : { $p }.
method-groups-holm = **Multiplicité.** Correction de Holm pour les tests de cette analyse ({ $n_tests }) : { $p } après correction. Une différence est annoncée en dessous de 0,05, et seulement si les moyennes extrêmes diffèrent de façon établie d’au moins 2 % ou si ε² atteint 0,01.
method-groups-holm-of = **Multiplicité.** Correction de Holm pour les { $n_tests } tests de cette analyse ; mêmes seuils qu’ailleurs sur la page.
method-groups-caveat = **Réserve.** Les recettes d’un même auteur se ressemblent : l’incertitude réelle est plus large que celle annoncée. Les habitudes d’un auteur ne se distinguent pas de celles du groupe.
method-items-test = **Test.** χ² de la présence de chaque élément dans chaque groupe, pour les { $n_tests } dont la part moyenne atteint { $share } et qui ont au moins { $needed } recettes attendues avec et sans eux dans chaque groupe ; valeurs p corrigées ensemble par la méthode de Benjamini et Hochberg.

## Les graphiques en mots.
alt-box = { $group } : la moitié des recettes entre { $q25 } et { $q75 }, médiane { $median }.
alt-by-group = { $name } : { $values }.
alt-heat-map-row = { $name } : { $values }.
alt-differences = { $name } : { $values }.
