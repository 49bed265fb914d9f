## What a visitor takes away of a page: its link, its print, its numbers in one archive.

share-page = Share
share-page-label = Share this page
share-chart = Link
share-chart-label = Share a link to: { $title }
share-done = The link is copied.
share-by-hand = Copy this address:
skip = Skip to the content
print = Print

download-page = Data (ZIP)

## One choice, then all of them in a line.
choice = { $label }: { $value }
choice-item = Name
choice-yes = yes
choice-no = no
choices = Choices: { $choices }

## The text in the archive.
readme-title = Mangetamain Analytics: the numbers of a page
readme-page = Page: { $page }
readme-address = Address: { $address }
readme-data = Data: version { $version }, built { $built }
readme-files = Each file holds the numbers of one chart, in UTF-8, separated by commas:
