## Saisonnalité : ce qui distingue les recettes des quatre saisons.

seasonality-menu = Saisonnalité
seasonality-description = Ce que l’on publie en hiver, au printemps, en été et en automne : combien de recettes, leur durée, leur complexité, leur richesse, leurs ingrédients et leurs étiquettes.
seasonality-title = Saisonnalité
seasonality-lead = Ce qui change avec la saison : le nombre de recettes, leur durée, leur complexité, leur richesse et ce qu’on y met.

seasonality-volume-name = Recettes par saison
seasonality-duration-name = Temps de préparation
seasonality-complexity-name = Complexité
seasonality-nutrition-name = Nutrition
seasonality-ingredients-name = Ingrédients de saison
seasonality-tags-name = Étiquettes de saison

column-season = Saison
column-month = Mois
legend-published = Publiées
legend-expected = Attendues d’après le calendrier
axis-z = Écart réduit (z)
axis-share-deviation = Écart à la part moyenne
column-z = { $group } (z)
column-variation = Variation (écart-type ÷ moyenne)
column-chi-squared = χ²
column-kruskal-h = H de Kruskal-Wallis
column-epsilon-squared = ε²

seasonality-volume-definition = **Définition.** Recettes gardées après nettoyage, selon le mois de leur publication. L’hiver réunit décembre, janvier et février d’une même année civile, le printemps va de mars à mai, l’été de juin à août, l’automne de septembre à novembre. Ces saisons sont celles de l’hémisphère nord, où vivent la plupart des membres de Food.com.
method-season-mean = **Moyenne.** { $mean } recettes par saison, écart-type { $spread }.
method-z = **Écart réduit.** Distance entre la moyenne d’une saison et celle des saisons, en écarts-types de ces moyennes (divisés par leur nombre). Il compare les saisons entre elles, quelle que soit l’ampleur des différences : voir les moyennes dans le tableau.
method-kruskal-line = **{ $name }.** Kruskal-Wallis : H = { $h }, { $effect }, { $p } après correction.
method-seasonal-items = **Sélection.** Gardés quand la moyenne des parts par saison atteint { $share }, quand elles diffèrent d’au moins un demi-point et quand le test est significatif après correction : { $n_kept } le sont. Au plus { $n_shown } sont dessinés, par ordre de variation (écart-type des parts divisé par leur moyenne) ; si aucun n’est établi, les plus fortes variations sont montrées. Une case est colorée selon sa distance à la part moyenne de l’élément.
