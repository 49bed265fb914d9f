## Accueil : ce que sont les données, ce qui en a été retiré, comment lire les pages.

home-menu = Accueil
home-description = La cuisine familiale sur Food.com : les constats les plus forts, ce que sont les données, comment elles sont nettoyées et comment lire chaque graphique.
home-title = Back to the Kitchen
home-lead = Comment la cuisine de tous les jours a changé, d’après les recettes publiées sur Food.com et les étoiles que d’autres leur ont données.

home-findings-title =
    { $n ->
        [0] Aucun constat ne tient sur ces données
        [1] Le seul constat qui tienne
        [5] Les cinq constats les plus forts
       *[other] Les { $n } constats les plus forts
    }
home-finding-size = { $times } × l’effet minimal
home-findings-rule = Choisis par une règle : des { $tested } graphiques testés, ceux qui restent significatifs à { $level } après correction, par effet rapporté au minimum ; { $most } par page au plus.
home-findings-fewer = Rien d’autre n’est à la fois significatif et assez grand.

home-fresh-title = Fraîcheur des données
home-fresh-built = Version { $version }, générée le { $built }.
home-fresh-recipes = Recettes du { $first } au { $last }.
home-fresh-ratings = Notes du { $first } au { $last }.
home-cleaned-title = Ce qui a été écarté
cleaning-summary-recipes =
    { $n ->
        [0] Aucune recette.
       *[other] { $removed } recettes ({ $share }), { $others ->
            [0] toutes par la règle « { $rule } ».
           *[other] avant tout par la règle « { $rule } » : { $n }.
        }
    }
cleaning-summary-interactions =
    { $n ->
        [0] Aucun avis.
       *[other] { $removed } avis ({ $share }), { $others ->
            [0] tous par la règle « { $rule } ».
           *[other] avant tout par la règle « { $rule } » : { $n }.
        }
    }
home-cleaned-link = Chaque règle et ce qu’elle a retiré
home-read-title = Comment lire un constat
home-read-text = Une hausse, une baisse ou une différence n’est annoncée que si elle est significative après correction (p < { $level }) et assez grande pour compter. Sinon, la page dit que rien n’est établi.
home-read-link = Comment chaque nombre est calculé

home-cleaning-title = Ce qui a été retiré, et pourquoi
home-method-title = Comment lire les constats
home-method =
    Chaque nombre et chaque phrase de ces pages sont calculés à partir des données indiquées dans la barre latérale, à chaque changement de filtre.

    - **Une valeur p** dit à quelle fréquence le hasard seul en montrerait au moins autant s’il n’y avait rien à trouver. **Un intervalle** contient la vraie valeur avec une confiance de { $confidence }. **Une taille d’effet** dit si une différence est grande, quel que soit le nombre de recettes : quand elles sont très nombreuses, la moindre différence est significative.
    - **Un verdict exige deux choses** : une valeur p inférieure à { $level } après correction pour le nombre de questions posées, et un effet assez grand pour compter. S’il en manque une, ni hausse, ni baisse, ni différence n’est annoncée.
    - **Les tendances** sont des droites ajustées par moindres carrés, où chaque année pèse autant qu’elle compte de recettes : une moyenne sur { $fewest } recettes en dit moins qu’une moyenne sur { $most }. Un second test, celui de Mann-Kendall, qui ignore les poids et les valeurs extrêmes, doit confirmer ; sinon, aucune direction n’est annoncée.
    - **Les saisons et les jours** sont comparés par les rangs ou par les moyennes, selon les données, et les nombres de recettes à ce qu’apporteraient les seuls jours du calendrier.
    - **Les années couvertes en partie**, aux deux bouts des données, contiennent moins de recettes et pèsent moins ; leurs barres sont plus pâles.
    - **Ouvrez « { how-computed } »** sous un graphique pour sa définition, ses tests, ses réserves, ses nombres et le SQL qui les a donnés.

meaning-rise = Établi : cela augmente au fil des ans.
meaning-fall = Établi : cela diminue au fil des ans.
meaning-mixed = Les deux sont établies, pour des choses ou des années différentes.
meaning-difference = Établie entre des groupes, qui n’ont pas d’ordre.
meaning-negligible = Réel, mais trop petit pour changer quoi que ce soit en cuisine.
meaning-unconfirmed = Un test le voit, son second test robuste non : rien n’est annoncé.
meaning-no-evidence = Les données ne le distinguent pas du hasard ; elles ne prouvent pas qu’il n’y a rien.
meaning-too-little-data = Non testé : trop peu de recettes, de notes ou d’années.

card-period = Période
card-period-note =
    { $n ->
        [one] { $n } année de publication
       *[other] { $n } années de publication
    }
card-recipes = Recettes analysées
card-recipes-note = restantes après nettoyage
card-ratings = Notes
card-users = Personnes qui ont noté

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
