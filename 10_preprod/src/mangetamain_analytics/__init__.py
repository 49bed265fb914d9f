"""The site: a public dashboard on twenty years of home cooking on Food.com."""
