## Le cadre de toutes les pages : barre latérale, filtres, téléchargements, pied de page, erreurs.

theme-light = Thème clair
refresh = Actualiser les données
refresh-help = Chercher maintenant une version plus récente des données.
refresh-new = Une version plus récente des données est maintenant affichée.
refresh-same = Ce sont les données les plus récentes.
refresh-held = Les données sont maintenues à cette version.
refresh-failed = Impossible d’obtenir des données plus récentes. La page garde celles qu’elle avait.
data-fresh = à jour
data-stale = une version plus récente est disponible
data-unconfirmed = sans vérification récente
data-held = maintenues à cette version
fact-origin = Données
fact-place = Lues depuis
fact-version = Version
fact-built = Générées le
table-caption = Les nombres du graphique
origin-local = Données Food.com
origin-demo = Données de démonstration
place-s3 = le stockage S3
place-cache = une copie locale du stockage S3
place-local = un fichier local
demo-banner = Données de démonstration : recettes et notes inventées, à l’image de celles de Food.com. Rien ici ne porte sur la vraie cuisine.

source-real = Source : Food.com · données { $version } du { $date }
source-demo = Démo, pas Food.com : { $version } du { $date }
footer-app = Mangetamain Analytics { $version } ({ $commit })
footer-documentation = Données et méthode

years-label = Années
years-help = Tous les graphiques de la page ne montrent que ces années ; les tendances sont calculées sur elles.
years-only = Les données ne contiennent qu’une année : { $year }.
no-recipes = Il n’y a aucune recette ici : rien à montrer.

download-csv = CSV
download-image = Télécharger en { $format } : { $title }
download-image-failed = Votre navigateur n’a pas pu créer le { $format }. Essayez l’autre format ou un autre navigateur.
contents = Sur cette page
how-computed = Comment c’est calculé

verdict-rise = hausse
verdict-fall = baisse
verdict-no-evidence = rien d’établi
verdict-too-little-data = trop peu de données pour conclure

legend-rise = Hausse
legend-fall = Baisse
legend-trend = Tendance : { $series }
legend-whole-year = Année entière
legend-partial = Année couverte en partie
legend-mean = Moyenne des années : { $mean }
band-low = { $band }, borne basse
band-high = { $band }, borne haute
axis-year = Année de publication
column-year = Année
column-recipes = Recettes

unavailable-title = La cuisine est fermée un instant
unavailable-text = Les données ne peuvent pas être lues pour l’instant. L’incident est enregistré ; merci de revenir dans quelques minutes.
unavailable-retry = Réessayer
loading = Chargement de la page
noscript = Ce tableau de bord dessine ses graphiques dans votre navigateur, qui a besoin de JavaScript pour cela. Autorisez-le pour ce site, puis rechargez la page.
nowhere-title = Ce plat n’est pas à la carte
nowhere-text = Il n’y a pas de page à cette adresse : elle a peut-être été mal saisie, ou la page a disparu. Voici ce que sert la cuisine :
nowhere-pages = Pages
error-unexpected = Quelque chose s’est mal passé de notre côté et cette page n’a pas pu être affichée. L’erreur est enregistrée. Rechargez la page ou choisissez d’autres filtres.
query-years = lignes de { $years }
