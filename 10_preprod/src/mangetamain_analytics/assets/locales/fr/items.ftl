## Ingrédients et étiquettes que le visiteur ajoute aux graphiques d’une analyse.

choose-ingredients-label = Ajouter des ingrédients aux graphiques
choose-tags-label = Ajouter des étiquettes aux graphiques
choose-items-placeholder = Choisissez ou tapez un nom
choose-items-help = Les { $n } plus utilisés sont dans la liste ; tout autre nom des données peut être tapé. { $most } au plus.
quoted = « { $name } »
chosen-unknown = Inconnu des données, donc laissé de côté : { $names }.
chosen-absent = Aucune recette des années choisies ne porte { $names }.
chosen-tested = { $facts } — { $verdict } ({ $p } après correction).
chosen-untested = { $facts } — { $verdict }.
chosen-seasonal = ▸ « { $item } » : { $high } des recettes { $high_when }, { $low } { $low_when }
chosen-weekend = ▸ « { $item } » : { $weekday } des recettes en semaine, { $weekend } le week-end
column-chosen = Choisi
chosen-yes = oui
chosen-no = non
share-label = Plus petite part moyenne des recettes (%)
share-help = Les ingrédients et étiquettes de moins de recettes ne sont pas comparés, sauf si vous les choisissez.
items-none-tested = Aucun nom n’atteint une part moyenne de { $share } avec { $needed } recettes attendues dans chaque groupe : il n’y a rien à comparer.
method-chosen-items = **Votre choix.** Les noms marqués ▸ sont ceux que vous avez choisis, quelle que soit leur part. Ceux qui ne figuraient pas parmi les tests ci-dessus sont testés en plus, et leurs valeurs p corrigées avec toutes les autres, qui restent ce qu’elles sont. Avec moins de { $needed } recettes attendues dans un groupe, un nom est montré sans être testé.
chosen-title = Votre choix : { $items }
chosen-trend = ▸ « { $item } » : { $slope } par décennie (IC à { $confidence } : { $interval })
column-verdict = Verdict
slopes-chosen-method = **Votre choix.** Les noms marqués ▸ sont ceux que vous avez choisis. Ceux qui figuraient parmi les candidats gardent leur valeur p ; les autres sont testés en plus et corrigés avec tous les candidats, dont les valeurs p restent ce qu’elles sont. Les mêmes seuils décident du verdict.
legend-unestablished = Non établi
