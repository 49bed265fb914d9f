## Accueil : ce que sont les données, ce qui en a été retiré, comment lire les pages.

home-menu = Accueil
home-description = La cuisine familiale sur Food.com : ce que sont les données, comment elles sont nettoyées et comment lire chaque graphique.
home-title = Back to the Kitchen
home-lead = Comment la cuisine de tous les jours a changé, d’après les recettes publiées sur Food.com et les étoiles que d’autres leur ont données.
home-trends-link = Voir comment la cuisine a changé au fil des ans
home-cleaning-title = Ce qui a été retiré, et pourquoi
home-method-title = Comment lire les constats
home-method =
    Chaque nombre et chaque phrase de ces pages sont calculés à partir des données indiquées dans la barre latérale, à chaque changement de filtre.

    - **Les tendances** sont des droites ajustées par moindres carrés, où chaque année pèse autant qu’elle compte de recettes : une moyenne sur { $fewest } recettes en dit moins qu’une moyenne sur { $most }. L’intervalle entre parenthèses contient la vraie pente avec une confiance de { $confidence }. Un second test, celui de Mann-Kendall, qui ignore les poids et les valeurs extrêmes, doit confirmer ; sinon, aucune direction n’est annoncée.
    - **Un verdict exige deux choses** : une valeur p inférieure à { $level } après correction pour le nombre de questions posées, et un changement assez grand pour compter. S’il en manque une, ni hausse ni baisse n’est annoncée.
    - **Les années couvertes en partie**, aux deux bouts des données, contiennent moins de recettes et pèsent moins ; leurs barres sont plus pâles.
    - **Ouvrez « { how-computed } »** sous un graphique pour sa définition, ses tests, ses réserves, ses nombres et le SQL qui les a donnés.

card-period = Période
card-period-note =
    { $n ->
        [one] { $n } année de publication
       *[other] { $n } années de publication
    }
card-recipes = Recettes analysées
card-recipes-note = restantes après nettoyage
card-ratings = Notes
card-ratings-note = de 1 à 5 étoiles
card-users = Personnes qui ont noté
card-users-note = au moins une fois

cleaning-kept-recipes = Recettes : { $before } publiées, { $after } gardées.
cleaning-kept-interactions = Notes : { $before } avis publiés, { $after } notes gardées.
column-rule = Règle
column-rows-before = Lignes avant
column-rows-removed = Retirées
rule-one-row-per-id = Une ligne par numéro de recette
rule-minutes = Entre 1 minute et 3 heures : en dehors, des erreurs de saisie et des marinades
rule-quantiles = Étapes et ingrédients dans les 95 % centraux : ni recette vide, ni encyclopédie
rule-name-and-date = Un nom et une date de publication
rule-calories-and-ingredients = Des calories lisibles, au moins un ingrédient
rule-rating = De 1 à 5 étoiles : un 0 est un avis sans note
rule-rating-date = Une date
rule-duplicates = Chaque note une seule fois
