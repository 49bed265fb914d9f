## Tendances : comment les recettes ont changé au fil des ans.

trends-menu = Tendances
trends-description = Comment les recettes familiales ont changé d’année en année : leur nombre, leur durée, leur complexité, leur richesse, leurs ingrédients et leurs étiquettes.
trends-title = Tendances
trends-lead = Comment les recettes ont changé, d’année en année : leur nombre, leur durée, leur complexité, leur richesse, et ce dont elles sont faites.

band-label = Bande de centiles du temps
band-help = La bande colorée contient les recettes comprises entre ces deux centiles de l’année.
nutrients-label = Les sept nutriments
card-analyses = Analyses
card-analyses-note =
    { $n ->
        [one] { $n } graphique
       *[other] { $n } graphiques
    }
card-method = Méthode
card-method-value = Tendances pondérées
card-method-note = avec un second test robuste, corrigées des comparaisons multiples

verdict-mixed = hausses et baisses
verdict-unconfirmed = non confirmé
verdict-negligible = trop faible pour compter

## Noms des analyses.
trends-volume-name = Recettes publiées
trends-duration-name = Temps de préparation
trends-complexity-name = Complexité
trends-nutrition-name = Nutrition
trends-ingredients-name = Ingrédients
trends-tags-name = Étiquettes

## Axes, qui servent aussi de titres de colonnes.
axis-recipes = Recettes publiées
axis-mean-minutes = Temps moyen (minutes)
axis-median-minutes = Temps médian (minutes)
axis-minutes = Temps de préparation (minutes)
axis-points = Score de complexité moyen (points)
axis-steps = Nombre moyen d’étapes
axis-ingredients = Nombre moyen d’ingrédients
axis-kcal = Énergie moyenne (kcal)
axis-carbohydrates = Glucides (% de l’apport journalier)
axis-fat = Lipides (% de l’apport journalier)
axis-saturated-fat = Acides gras saturés (% de l’apport journalier)
axis-protein = Protéines (% de l’apport journalier)
axis-sugar = Sucres (% de l’apport journalier)
axis-sodium = Sodium (% de l’apport journalier)
axis-distinct-ingredients = Ingrédients différents
axis-distinct-tags = Étiquettes différentes
axis-share = Part des recettes
axis-points-per-decade = Évolution de la part (points par décennie)
column-sd = Écart-type (points)
column-item = Nom
column-interval-low = Intervalle à 95 %, borne basse
column-interval-high = Intervalle à 95 %, borne haute
column-p-adjusted = Valeur p ajustée
band-name = Centiles { $band }
band-one-sd = Moyenne ± un écart-type

## Titres que les données complètent.
most-used-ingredients-title = Les plus utilisés : { $items }
most-used-tags-title = Les plus fréquentes : { $items }
items-none-frequent = Aucun nom ne figure dans { $min_recipes } des recettes choisies : les parts fluctueraient trop pour une tendance.
rising-title = En hausse : { $items }
falling-title = En baisse : { $items }

## Comment c’est calculé.
method-trend = **Tendance.** Moindres carrés sur { $n } années, chacune pesant autant qu’elle compte de recettes : { $slope } par an (intervalle de confiance à { $confidence } : { $interval }), R² pondéré = { $r_squared }, { $p }.
method-holm = **Multiplicité.** Correction de Holm pour les tendances de cette analyse ({ $n_tests }) : { $p } après correction. Un changement n’est annoncé qu’en dessous de { $level }, s’il représente au moins { $smallest } de la moyenne sur la période, et si le test robuste le confirme.
method-mann-kendall = **Test robuste.** Mann-Kendall, qui ignore les poids : τ = { $tau }, { $p } ; pente de Sen { $slope } par an (intervalle de confiance à { $confidence } : { $interval }).
method-autocorrelated = **Réserve.** Les résidus d’années voisines se ressemblent (corrélation { $r }) : l’intervalle est plus étroit qu’il ne devrait l’être.
method-too-few-years = **Pas de tendance.** Moins de { $needed } années avec des recettes sont choisies : une droite par si peu de points ne prouve rien.
method-constant = **Pas de tendance.** La valeur est la même pendant les { $n } années.
method-of = **{ $name }**
trends-volume-definition = **Définition.** Recettes gardées après nettoyage, selon l’année de leur publication : { $total } en { $n } années, { $mean } par an en moyenne. Une année dont il manque plus d’une semaine de données est dite couverte en partie ; elle est plus pâle, et laissée hors des comparaisons avant et après le sommet (Mann-Kendall, correction de Holm).
trends-duration-definition = **Définition.** Minutes annoncées par la recette, de 1 à 180. La médiane et les centiles sont ceux des recettes de l’année.
trends-complexity-definition = **Définition.** Score d’une recette : ln(1 + minutes) + étapes + ingrédients ÷ 2. La bande est d’un écart-type des recettes de l’année de part et d’autre de leur moyenne ; elle décrit les recettes, pas la précision de la moyenne.
trends-steps-definition = **Définition.** Nombre d’étapes de la recette, tel que publié ; moyenne des recettes de l’année.
trends-ingredients-count-definition = **Définition.** Nombre d’ingrédients de la recette, tel que publié ; moyenne des recettes de l’année.
trends-nutrition-definition = **Définition.** Valeurs calculées par Food.com pour la recette, en kcal et en pourcentage de l’apport journalier d’un adulte ; moyenne des recettes de l’année. La distribution a une longue traîne : quelques recettes énormes pèsent sur la moyenne.
share-of-ingredient-definition = **Définition.** Part des recettes de l’année qui contiennent l’ingrédient, sous le nom que l’auteur lui donne (« garlic » et « garlic cloves » sont deux ingrédients), pour ceux d’au moins { $min_recipes } des recettes choisies.
share-of-tag-definition = **Définition.** Part des recettes de l’année qui portent l’étiquette, pour celles d’au moins { $min_recipes } des recettes choisies. Les étiquettes sont posées à la main, et la façon d’étiqueter change aussi.
slopes-method = **Tendance.** Moindres carrés sur { $n_years } années, chacune pesant autant qu’elle compte de recettes, pour chacun des { $n_tests } candidats ; valeurs p corrigées ensemble par la méthode de Benjamini et Hochberg. Un changement compte quand le taux de fausses découvertes reste sous { $level } et qu’il représente au moins { $smallest } point sur la période. Au plus { $n_strongest } hausses et { $n_strongest } baisses sont tracées, avec leurs intervalles de confiance à { $confidence }, qui ne tiennent pas compte de ce choix des plus fortes.
curves-method = **Définition.** Part observée des recettes de chaque année, zéros compris ; les tests sont ceux du graphique des évolutions, plus haut.
most-used-method = **Définition.** Part de toutes les recettes des années choisies ; une recette compte une fois. Les lignes de la requête sont additionnées sur ces années ; les { $n_items } plus grandes sommes sont dessinées, à égalité par nom.
distinct-definition = **Définition.** Nombre de noms différents dans les recettes de l’année, si rares soient-ils.

## Les graphiques en mots.
alt-yearly = { $name } : { $first } en { $first_year }, { $last } en { $last_year } ; minimum { $low } en { $low_year }, maximum { $high } en { $high_year }.
alt-slopes = Évolution de la part des recettes, en points par décennie : { $items }.
alt-share = { $item } : { $first } des recettes en { $first_year }, { $last } en { $last_year }.
alt-most-used = Part des recettes : { $items }.
