## Week-end : ce qui distingue les recettes de la semaine et du week-end.

weekend-menu = Week-end
weekend-description = Ce que l’on publie en semaine et le week-end : combien de recettes par jour, leur durée, leur complexité, leur richesse, leurs ingrédients et leurs étiquettes.
weekend-title = Week-end
weekend-lead = Ce qui change le week-end : le nombre de recettes par jour, leur durée, leur complexité, leur richesse et ce qu’on y met.

weekend-volume-name = Recettes par jour
weekend-duration-name = Temps de préparation
weekend-complexity-name = Complexité
weekend-nutrition-name = Nutrition
weekend-ingredients-name = Ingrédients du week-end
weekend-tags-name = Étiquettes du week-end

group-weekdays = Semaine
group-weekend = Week-end
column-weekday = Jour
column-day-type = Type de jour
legend-weekend = Plus le week-end
legend-weekday = Plus en semaine
axis-relative-difference = Écart le week-end (%)
axis-difference-points = Écart (points)
column-cliffs-delta = δ de Cliff
column-p-welch = p du test de Welch
column-chi-squared-yates = χ² (Yates)

weekend-volume-definition = **Définition.** Recettes gardées après nettoyage, selon le jour de leur publication, divisées par le nombre de tels jours que couvrent les données. Ce sont les dates de Food.com ; le fuseau horaire de l’auteur est inconnu.
weekend-day-types-definition = **Définition.** Recettes par jour du calendrier, du lundi au vendredi d’une part, le samedi et le dimanche d’autre part. Les deux bases sont données : deux fois plus en semaine, c’est deux fois moins le week-end.
method-deviation-base = **Base.** Les écarts se mesurent à ce qu’apporte un jour moyen du calendrier, tous jours confondus : { $mean } recettes.
method-ratio = **Intervalle.** Celui du rapport des deux fréquences, sur son logarithme, élargi par les vagues.
method-relative-difference = **Dessin.** Moyenne du week-end moins moyenne de la semaine, en pourcentage de cette dernière, avec l’intervalle à 95 % du test de Welch.
method-welch-line = **{ $name }.** Le test de Welch décide : d de Cohen = { $effect }, { $p } après correction.
method-mann-whitney-line = **{ $name }.** Distribution asymétrique, Mann-Whitney décide : δ de Cliff = { $effect }, { $p } après correction.
method-choice = **Choix du test.** L’asymétrie de toutes les valeurs ensemble est de { $skewness } : { $choice } La différence n’intervient pas dans ce choix.
choice-welch = elle ne dépasse pas 1, la moyenne les résume donc et le test de Welch décide.
choice-mann-whitney = elle dépasse 1, le test de rang de Mann et Whitney décide donc.
method-welch = **Moyennes.** Week-end moins semaine : { $difference } (IC à 95 % : { $difference_interval }) ; t de Welch = { $statistic }, { $p } ; d de Cohen = { $effect } (IC à 95 % : { $interval }).
method-mann-whitney = **Rangs.** U de Mann-Whitney = { $u }, { $p } ; δ de Cliff = { $effect } (IC à 95 % : { $interval }), positif si les recettes du week-end tendent à en avoir plus.
method-two-holm = **Multiplicité.** Correction de Holm pour les tests de cette analyse ({ $n_tests }) : { $p } après correction. Une différence est annoncée en dessous de 0,05, si moyennes et rangs vont dans le même sens, et si les moyennes diffèrent de façon établie d’au moins 2 % ou si l’effet sur une recette donnée est au moins petit (|d| ≥ 0,2, |δ| ≥ 0,147).
method-seven-days = **Les sept jours.** Kruskal-Wallis entre tous les jours : H = { $h }, { $p } ; { $effect } (IC à 95 % : { $interval }).
method-weekend-items = **Sélection.** Gardés quand la moyenne des deux parts atteint { $share }, quand elles diffèrent d’au moins un cinquième de point et quand le test est significatif après correction : { $n_kept } le sont. Au plus { $n_shown } sont dessinés, par ordre d’écart dans un sens ou dans l’autre, avec l’intervalle à 95 % de Newcombe ; si aucun n’est établi, les plus grands écarts sont montrés avec leur incertitude. Le χ² de ces tableaux 2 × 2 porte la correction de Yates ; le V de Cramér, non.
