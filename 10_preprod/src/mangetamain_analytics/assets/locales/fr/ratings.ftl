## Notes : les étoiles que reçoivent les recettes.

ratings-menu = Notes
ratings-description = Combien d’étoiles les cuisiniers donnent aux recettes : au fil des mois, selon la saison et le jour, le genre de recette et l’ingrédient, et quelles recettes plaisent le plus.
ratings-title = Notes
ratings-lead = Combien d’étoiles reçoivent les recettes, quand, pour quoi, et jusqu’où croire une moyenne.
ratings-none = Aucune recette n’a été notée ces années-là ({ $years }) : il n’y a rien à montrer.

ratings-threshold-label = Nombre minimal de notes par mois
ratings-threshold-help = Les mois qui en ont moins sont laissés hors des moyennes mensuelles, de leur tendance et de leur niveau.
ratings-train-label = Échantillon d’apprentissage seul
ratings-train-help = Les données contiennent une part réservée à l’apprentissage de modèles de recommandation : les notes des personnes les plus actives. Désactivé, toutes les notes sont montrées.

ratings-card-years = { $n ->
    [one] { $n } année de notes
   *[other] { $n } années de notes
}
ratings-card-ratings = Notes montrées
ratings-card-all = toutes les notes, de 1 à 5 étoiles
ratings-card-train = échantillon d’apprentissage seul : les plus actifs
ratings-card-mean-train = échantillon d’apprentissage seul : { $mean }
ratings-card-mean-all = toutes les notes : { $mean }
ratings-card-no-other = il n’y a pas d’autre choix de notes
ratings-card-low = { $share } donnent une ou deux étoiles

## Noms des analyses.
ratings-distribution-name = Étoiles
ratings-weights-name = Pourquoi pondérer les mois
ratings-trend-name = Tendance de la moyenne mensuelle
ratings-level-name = Précision de la moyenne
ratings-seasons-name = Notes, personnes et recettes par saison
ratings-dashboard-name = Les saisons côte à côte
ratings-weekdays-name = Jours de la semaine et week-end
ratings-features-name = Durée, complexité et calories
ratings-ingredients-name = Ingrédients choisis
ratings-recipes-name = Recettes les plus et les moins aimées

## Axes et colonnes.
ratings-axis-share = Part des notes
ratings-axis-n = Notes
ratings-axis-users = Personnes qui notent
ratings-axis-recipes = Recettes notées
ratings-axis-mean = Note moyenne (étoiles)
ratings-axis-recipe-mean = Note moyenne de la recette (étoiles)
ratings-axis-sd = Écart-type (étoiles)
ratings-axis-five = Part des 5 étoiles
ratings-axis-low = Part des 1 ou 2 étoiles
ratings-axis-month = Mois de la note
ratings-axis-year = Année de la note
ratings-axis-per-day = Notes par jour du calendrier
ratings-axis-rho = Corrélation de rang avec la note (ρ)
ratings-axis-difference = Week-end moins semaine (étoiles)
ratings-axis-shrunk = Moyenne resserrée (étoiles)
ratings-axis-minutes = Minutes
ratings-axis-steps = Étapes
ratings-axis-ingredients = Ingrédients
ratings-axis-complexity = Score de complexité
ratings-axis-calories = Calories (kcal)
ratings-column-stars = Étoiles
ratings-column-n = Notes
ratings-column-days = Jours
ratings-column-deviation = Écart au calendrier
ratings-column-feature = Caractéristique
ratings-column-bin = Classe
ratings-column-ingredient = Ingrédient
ratings-column-recipe = Recette
ratings-column-raw-mean = Moyenne simple (étoiles)
ratings-column-delta = δ de Cliff
ratings-column-mann-whitney = p (Mann-Whitney, non ajustée)
ratings-column-quantile = { $q }ᵉ centile
ratings-n-stars = { $n ->
    [one] { $n } étoile
   *[other] { $n } étoiles
}
ratings-stars = { $number } { $number ->
    [one] étoile
   *[other] étoiles
}
ratings-bin-up-to = ≤ { $end }
ratings-bin-over = > { $end }
ratings-line-unweighted = Droite, mois égaux
ratings-line-weighted = Droite, mois pondérés
ratings-line-level = Moyenne de tous les mois
ratings-band-month = Intervalle à 95 % du mois
ratings-band-level = Intervalle à 95 % de la moyenne de tous les mois
ratings-legend-better = Mieux notées
ratings-legend-worse = Moins bien notées
ratings-legend-weekend = Mieux noté le week-end
ratings-legend-weekdays = Mieux noté en semaine

## Quelles notes.
ratings-scope-all = **Notes.** Toutes les notes de { $years } sont montrées, de l’échantillon d’apprentissage ou non ; ce graphique repose sur { $n ->
    [one] { $n } note
   *[other] { $n } notes
}.
ratings-scope-train = **Notes.** Seules les notes de { $years } qui appartiennent à l’échantillon d’apprentissage sont montrées ; ce graphique repose sur { $n ->
    [one] { $n } note
   *[other] { $n } notes
}.

## Étoiles.
ratings-distribution-title = { $share } des notes sont de cinq étoiles
ratings-distribution-text = Moyenne { $mean }, médiane { $median }, mode { $mode }. Cinq étoiles : { $five } ; une ou deux étoiles : { $low }. Presque toutes les personnes qui notent sont contentes : une moyenne n’a guère de place pour bouger.
ratings-distribution-alt = Sur { $n } notes, { $five } sont de cinq étoiles et { $low } d’une ou deux ; la moyenne est de { $mean }.
ratings-distribution-method = **Définition.** Notes de 1 à 5 étoiles. Dans l’ensemble des données, { $n_unrated } autres commentaires ne portent pas de note (un 0 y est écrit) ; ils sont laissés de côté, car ils ne valent pas zéro étoile.

## Poids.
ratings-months-volume-title = Le mois le plus actif compte { $ratio } fois plus de notes que le plus calme
ratings-months-volume-text = { $n } mois comptent au moins { $min_ratings } notes : de { $smallest } à { $largest }, { $mean } en moyenne (coefficient de variation { $cv }). Le hasard brouille la moyenne du plus calme { $noise } fois plus que celle du plus actif : les mois ne devraient pas compter autant.
ratings-months-volume-alt = { $n } mois de { $smallest } à { $largest } notes, { $ratio } fois plus dans le plus actif que dans le plus calme.
ratings-months-volume-method = **Définition.** Notes par mois du calendrier, pour les mois qui atteignent le seuil choisi. Le coefficient de variation est l’écart-type (n) divisé par la moyenne.
ratings-months-lines-title = Pente par décennie : { $unweighted } si les mois comptent autant, { $weighted } s’ils sont pondérés
ratings-months-lines-text = À mois égaux, la droite varie de { $unweighted } par décennie ; si les mois pèsent la racine carrée du nombre de leurs notes, de { $weighted }.
ratings-months-lines-alt = Moyennes mensuelles et deux droites ajustées : { $unweighted } par décennie à mois égaux, { $weighted } à mois pondérés.
ratings-months-lines-method = **Définition.** Moindres carrés de la moyenne mensuelle sur le mois, à poids égaux (R² = { $unweighted_r2 }) et avec pour poids la racine carrée du nombre de notes (R² = { $weighted_r2 }). La racine carrée est un moyen terme entre des poids égaux, justes si les mois diffèrent vraiment, et le nombre de notes, juste s’ils ne diffèrent que par hasard. Corrélation de rang entre le volume et la moyenne des mois : ρ = { $rho } ({ $p }, mois supposés indépendants).

## Tendance. Seuls les messages rise, fall et mixed peuvent parler de hausse ou de baisse.
ratings-trend-rise-title = La note moyenne augmente : { $change } sur la période
ratings-trend-fall-title = La note moyenne baisse : { $change } sur la période
ratings-trend-negligible-title = La note moyenne change à peine : { $change } sur la période
ratings-trend-no-evidence-title = Pas de tendance établie pour la note moyenne
ratings-trend-too-little-title = Trop peu de mois pour juger de la tendance
ratings-trend-rise-sentence = La note moyenne augmente de { $slope } par décennie (IC à { $confidence } : { $interval } ; { $p }), soit { $change } sur la période.
ratings-trend-fall-sentence = La note moyenne baisse : { $slope } par décennie (IC à { $confidence } : { $interval } ; { $p }), soit { $change } sur la période.
ratings-trend-negligible-sentence = La note moyenne varie de { $slope } par décennie (IC à { $confidence } : { $interval } ; { $p }) : plus que le hasard ne l’expliquerait, mais { $change } sur la période, c’est moins d’un dixième d’étoile, trop peu pour compter.
ratings-trend-no-evidence-sentence = Les données n’établissent pas de tendance : la pente estimée est de { $slope } par décennie (IC à { $confidence } : { $interval } ; { $p }).
ratings-trend-companions = Les mois voisins se ressemblent : { $n } mois en valent { $n_effective } indépendants, et l’intervalle en tient compte. Test de Mann-Kendall, corrigé dans le même esprit : { $p }.
ratings-trend-too-little-sentence = { $n } mois n’en { $n ->
    [one] dit
   *[other] disent
} pas assez : les mois voisins se ressemblent, et il faut l’équivalent de quatre mois indépendants pour se prononcer.
ratings-trend-method = **Tendance.** Moindres carrés sur les { $n } mois d’au moins { $min_ratings } notes, pondérés par la racine carrée de leur nombre : { $slope } par décennie. Si les mois étaient indépendants, { $p_naive }. Les résidus pondérés successifs sont corrélés (r = { $r }) ; n (1 − r) / (1 + r) = { $n_effective } mois comptent donc (Santer et coll., 2000) : intervalle de confiance à 95 % { $interval }, { $p }. Un changement n’est annoncé qu’en dessous de 0,05, et à partir d’un dixième d’étoile sur la période.
ratings-trend-robust-method = **Test robuste.** Mann-Kendall : τ = { $tau }, { $p_naive } pour des mois indépendants, { $p } après la correction de Hamed et Rao (1998) pour l’autocorrélation ; pente de Sen { $slope } par décennie.
ratings-no-month = Aucun mois de cette sélection ne compte { $min_ratings } notes : choisissez un seuil plus bas ou plus d’années.
ratings-too-few-months = { $n ->
    [one] { $n } mois ne suffit
   *[other] { $n } mois ne suffisent
} pas à dire avec quelle précision la moyenne est connue.
ratings-months-alt = Note moyenne de { $n } mois ; la plus basse, { $low } en { $low_month }, la plus haute, { $high } en { $high_month }.

## Niveau.
ratings-level-title = La note moyenne d’un mois est de { $mean }, à { $half_width } près
ratings-level-sentence = Sur { $n } mois, la moyenne est de { $mean } ± { $half_width } ({ $confidence }). Les mois voisins se ressemblent (corrélation { $r }) : ils en valent { $n_effective } indépendants. Une formule qui prend la somme des poids pour un nombre d’observations annoncerait ± { $naive }, bien trop peu.
ratings-level-method = **Bande.** L’intervalle à 95 % de chaque mois, moyenne ± 1,96 écart-type / √n : la précision que ses notes donnent à sa moyenne. La bande étroite est l’intervalle à 95 % de la moyenne de tous les mois, pondérés par la racine carrée du nombre de leurs notes ; elle contient le niveau, pas les mois.
ratings-level-steps = **Intervalle du niveau.** Moyenne { $mean }, écart-type pondéré des { $n } moyennes mensuelles { $sd }. (1) Formule publiée, 1,96 écart-type / √(somme des poids) : ± { $naive }, qui n’est l’erreur de rien. (2) Poids inégaux, mois indépendants : nombre efficace de Kish { $n_weighted }, ± { $weighted }. (3) Autocorrélation r = { $r }, poids égaux : n (1 − r) / (1 + r) = { $n_autocorrelated }, ± { $autocorrelated }. (4) Les deux, par la variance d’une moyenne pondérée d’un processus autorégressif d’ordre 1 : { $n_effective }, ± { $valid }. C’est le dernier qui est tracé.

## Saisons et jours.
ratings-volume-difference-title = C’est { $when } qu’arrivent le plus de notes : { $more } par rapport au calendrier
ratings-volume-negligible-title = Les notes arrivent presque aussi régulièrement que les jours
ratings-volume-no-evidence-title = Pas d’écart établi par rapport au calendrier
ratings-volume-sentence = Par rapport à ce que leurs seuls jours apporteraient : { $more } { $more_when }, { $less } { $less_when } (test du χ² qui tient compte des vagues d’une année à l’autre, { $p }).
ratings-seasons-ratio = La saison qui a le plus de notes en a { $ratio } fois autant que celle qui en a le moins.
ratings-seasons-alt = Par saison : { $seasons }.
ratings-season-alt = { $season } { $n } notes, { $users } personnes, { $recipes } recettes
ratings-seasons-method = **Définition.** Selon le jour de la note ; l’hiver réunit décembre, janvier et février de la même année civile. Une personne ou une recette compte une fois dans chaque saison où elle est active : les saisons ne s’additionnent pas. **Test.** χ² de Pearson des notes par rapport aux jours de chaque année et saison que couvrent les données, divisé par la variation de ce profil d’une année à l’autre (dispersion { $dispersion }) : { $p }. Un écart compte à partir de cinq points entre les extrêmes.
ratings-gap-difference-title = Les notes culminent { $high_when } : { $high }, contre { $low } { $low_when }
ratings-gap-negligible-title = Les notes ne dépendent guère { $on } : { $gap } entre les extrêmes
ratings-gap-no-evidence-title = Pas de différence de notes établie { $between }
ratings-gap-means = La moyenne est de { $high } { $high_when } et de { $low } { $low_when }.
ratings-gap-test = Kruskal-Wallis sur { $n } notes : { $p }, { $effect }.
ratings-gap-too-few = Les notes sont trop peu nombreuses pour être comparées : il en faut { $needed } par groupe, sur deux mois au moins.
ratings-gap-method = **Test.** Kruskal-Wallis, par les rangs, ex æquo corrigés ; ε² est la part de la variation des rangs que les groupes expliquent. Le test suppose des notes indépendantes, ce qu’elles ne sont pas : sa valeur p est trop petite, et une différence ne compte qu’à partir d’un dixième d’étoile.
ratings-clusters-method = **Intervalles.** À 95 %, les mois formant des grappes (Cameron et Miller, 2015) : les notes d’un même mois partagent son humeur, et un million d’entre elles feindrait une précision que les mois n’ont pas.
ratings-calendar-months-title = Note moyenne de chaque mois du calendrier
ratings-means-alt = Note moyenne : { $means }.
ratings-weekend-difference = Les notes du week-end diffèrent de celles de la semaine de { $difference } (IC à { $confidence } : { $interval } ; { $p } ; Mann-Whitney { $p_ranks }, δ de Cliff = { $delta }).
ratings-weekend-negligible = Le week-end, la moyenne diffère de { $difference } (IC à { $confidence } : { $interval } ; { $p } ; Mann-Whitney { $p_ranks }, δ de Cliff = { $delta }) : plus que le hasard ne l’expliquerait, trop peu pour compter.
ratings-weekend-no-evidence = Aucune différence entre week-end et semaine n’est établie : { $difference } (IC à { $confidence } : { $interval } ; { $p } ; Mann-Whitney { $p_ranks }, δ de Cliff = { $delta }).
ratings-weekend-method = **Week-end.** Différence des moyennes, samedi et dimanche moins lundi à vendredi, les mois formant des grappes. Le δ de Cliff est la probabilité qu’une note du week-end dépasse une note de la semaine, moins celle du contraire.
ratings-weekend-volume = Le week-end reçoit { $share } des notes : { $weekend } par jour, contre { $weekday } un jour de semaine ({ $difference }, jour de semaine pour base).
ratings-weekdays-volume-method = **Définition.** Notes de chaque jour de la semaine, divisées par le nombre de fois où il revient dans la période que couvrent les données. **Test.** Comme pour les saisons : χ² par rapport au calendrier de chaque année, divisé par la dispersion ({ $dispersion }) : { $p }.
ratings-per-day-alt = Notes par jour : { $days }.

## Caractéristiques des recettes.
ratings-the-minutes = le temps de préparation
ratings-the-steps = le nombre d’étapes
ratings-the-ingredients = le nombre d’ingrédients
ratings-the-complexity = le score de complexité
ratings-the-calories = l’apport énergétique
ratings-correlation-difference-title = Les notes varient avec { $name } : corrélation de rang { $rho }
ratings-correlation-negligible-title = Les notes ne dépendent guère de la durée, de la complexité ni des calories
ratings-correlation-no-evidence-title = Aucun lien établi avec la durée, la complexité ou les calories
ratings-correlation-sentence = La plus forte des cinq corrélations de rang est celle avec { $name } : ρ = { $rho } (IC à { $confidence } : { $interval } ; { $p } après correction) sur { $n } recettes. Une corrélation compte à partir de 0,1, ce qui est un petit effet.
ratings-features-alt = Corrélations de rang avec la note : { $correlations }.
ratings-features-method = **Définition.** La note moyenne de chacune des { $n } recettes qui ont au moins { $min_ratings } notes dans les années choisies ; les recettes retirées au nettoyage sont laissées de côté. ρ de Spearman, intervalle de Bonett et Wright (2000) ; correction de Holm pour les cinq. L’unité est la recette : les notes d’une même recette ne sont pas indépendantes. Les recettes qui ont peu de notes estompent la corrélation.
ratings-features-too-few = Moins de { $needed } recettes ont { $min_ratings } notes dans cette sélection : trop peu pour une corrélation.
ratings-box-title = Notes moyennes des recettes (étoiles), du cinquième le plus bas au plus haut
ratings-box-panel = { $feature } (ρ = { $rho })
ratings-box-method = **Définition.** Notes moyennes des recettes qui ont au moins { $min_ratings } notes, en cinq classes au plus qui contiennent à peu près autant de recettes ; une classe porte le nom de sa borne supérieure. Boîte : quartiles et médiane ; moustaches : 5ᵉ et 95ᵉ centiles ; tirets : moyenne. Les tests sont ceux des corrélations de rang, plus haut.

## Ingrédients.
ratings-ingredients-label = Ingrédients
ratings-ingredients-none = Choisissez un ingrédient pour voir comment ses recettes sont notées.
ratings-ingredients-too-few = Moins de { $needed } notes dans cette sélection pour { $names }.
ratings-item-trend-rise-title = Les recettes avec « { $rise } » sont de mieux en mieux notées
ratings-item-trend-fall-title = Les recettes avec « { $fall } » sont de moins en moins bien notées
ratings-item-trend-mixed-title = Les notes de « { $rise } » augmentent, celles de « { $fall } » baissent
ratings-item-trend-negligible-title = Les notes de ces ingrédients changent à peine au fil des ans
ratings-item-trend-no-evidence-title = Pas de tendance établie pour ces ingrédients
ratings-item-trend-too-little-title = Trop peu d’années pour juger de ces ingrédients
ratings-item-trend-rise-sentence = La plus forte hausse est celle de « { $name } » : { $slope } par décennie (IC à { $confidence } : { $interval } ; { $p } après correction).
ratings-item-trend-fall-sentence = La plus forte baisse est celle de « { $name } » : { $slope } par décennie (IC à { $confidence } : { $interval } ; { $p } après correction).
ratings-item-trend-too-little-sentence = Il faut au moins { $needed } années avec assez de notes pour se prononcer.
ratings-items-tested = { $tested ->
    [one] { $tested } ingrédient testé
   *[other] { $tested } ingrédients testés
}, dont { $established ->
    [0] aucun n’atteint
    [one] { $established } atteint
   *[other] { $established } atteignent
} { $smallest }, pour un taux de fausses découvertes limité à { $level }.
ratings-items-too-little-title = Trop peu de notes pour comparer ces ingrédients
ratings-items-too-little-sentence = Aucun de ces ingrédients n’a assez de notes.
ratings-item-season-difference-title = « { $name } » est le mieux noté { $when } : { $gap } entre saisons
ratings-item-season-negligible-title = Aucune saison ne change assez ces notes pour compter
ratings-item-season-no-evidence-title = Pas de différence établie entre saisons pour ces ingrédients
ratings-item-weekend-difference-title = « { $name } » le week-end : { $difference } par rapport à la semaine
ratings-item-weekend-negligible-title = Le week-end ne change pas assez ces notes pour compter
ratings-item-weekend-no-evidence-title = Pas d’effet établi du week-end sur ces ingrédients
ratings-ingredients-years-method = **Définition.** Note moyenne selon l’année de la note, pour les recettes nettoyées qui contiennent l’ingrédient sous ce nom exact ; les années de moins de { $min_ratings } notes sont laissées de côté. **Tendance.** Moindres carrés, chaque année pesant autant qu’elle compte de notes ; valeurs p corrigées ensemble par la méthode de Benjamini et Hochberg. Un changement compte à partir d’un dixième d’étoile sur la période.
ratings-ingredient-trend = « { $name } » : { $slope } par décennie sur { $n } années (IC à 95 % : { $interval }), { $p } après correction ; Mann-Kendall τ = { $tau }, { $p_robust }.
ratings-ingredients-seasons-method = **Test.** Kruskal-Wallis entre les quatre saisons, pour chaque ingrédient qui a assez de notes dans toutes ; valeurs p corrigées ensemble par la méthode de Benjamini et Hochberg. Le test suppose des notes indépendantes, ce qu’elles ne sont pas : ses valeurs p sont trop petites, et une différence ne compte qu’à partir d’un dixième d’étoile entre les extrêmes.
ratings-ingredients-weekend-method = **Test.** Différence des moyennes, week-end moins semaine, pour chaque ingrédient ; valeurs p corrigées ensemble par la méthode de Benjamini et Hochberg. Une différence compte à partir d’un dixième d’étoile.
ratings-weekend-alt = Week-end moins semaine, en étoiles : { $differences }.

## Recettes.
ratings-most-title = La plus aimée : { $name }
ratings-least-title = La moins aimée : { $name }
ratings-recipes-text = « { $name } » a { $n ->
    [one] { $n } note
   *[other] { $n } notes
} et une moyenne simple de { $mean } ; resserrée, { $shrunk }. Deux votes prouvent peu : chaque recette est ramenée vers la moyenne de toutes, d’autant plus qu’elle a moins de votes.
ratings-recipes-alt = Notes moyennes resserrées : { $recipes }.
ratings-recipes-too-few = Moins de { $needed } recettes sont notées dans cette sélection, ou leurs moyennes ne diffèrent pas plus que le hasard ne le voudrait : pas de classement.
ratings-recipes-method = **Resserrement.** Bayes empirique : les recettes sont supposées différer autour de { $mean } avec un écart-type de { $between }, les notes d’une même recette avec un écart-type de { $within }, tous deux estimés sur les notes choisies (analyse de variance à un facteur). L’a priori pèse alors autant que { $weight } notes de { $mean }, ajoutées à celles que la recette a reçues. Intervalles : à 95 %, du modèle normal, coupés à cinq étoiles. La ligne pointillée est la moyenne de l’a priori.
