## Ce qu’un visiteur emporte d’une page : son lien, son impression, ses nombres dans une archive.

share-page = Partager
share-page-label = Partager cette page
share-chart = Lien
share-chart-label = Partager un lien vers : { $title }
share-done = Le lien est copié.
share-by-hand = Copiez cette adresse :
skip = Aller au contenu
print = Imprimer

download-page = Données (ZIP)

## Un choix, puis tous sur une ligne.
choice = { $label } : { $value }
choice-item = Nom
choice-yes = oui
choice-no = non
choices = Choix : { $choices }

## Le texte de l’archive.
readme-title = Mangetamain Analytics : les nombres d’une page
readme-page = Page : { $page }
readme-address = Adresse : { $address }
readme-data = Données : version { $version }, générées le { $built }
readme-files = Chaque fichier contient les nombres d’un graphique, en UTF-8, séparés par des virgules :
