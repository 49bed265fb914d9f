"""How Sphinx builds this folder; `make docs` does it in both languages."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "extensions"))

from mangetamain_analytics.utils.color_theme import ColorTheme, Palette  # noqa: E402

project = "Mangetamain Analytics"
version = release = installed_version("mangetamain-analytics")
language = "en"  # `make docs` builds "fr" beside it
locale_dirs = ["locale"]
gettext_compact = "documentation"
gettext_location = False  # line numbers would change the catalogue with every edit

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_click",
    "generated",
    "mathml",
    "translation",
]
myst_enable_extensions = ["colon_fence", "dollarmath", "smartquotes"]
smartquotes = False  # of docstrings and help texts: they would turn --option into –option
myst_heading_anchors = 3
exclude_patterns = ["extensions"]
# Written by the code itself, in English: nobody translates them.
english_documents = ["changelog", "licence", "reference/commands", "reference/python"]

nitpicky = True
nitpick_ignore_regex = [(r"py:.*", r".*")]  # signatures name types that have no page of their own
default_role = "code"  # docstrings quote with single backticks
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
add_module_names = False

ASSETS = HERE.parent / "10_preprod/src/mangetamain_analytics/assets"
html_theme = "furo"
html_title = project
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
html_math_renderer = "mathml"
templates_path = ["templates"]
html_static_path = [
    "static",
    *(str(ASSETS / name) for name in ("logo.svg", "logo-light.svg")),
    *(str(font) for font in sorted((ASSETS / "fonts").glob("*.woff2"))),
]
html_favicon = str(ASSETS / "icon.svg")
html_css_files = ["documentation.css"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "languages.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}


def _furo_colors(palette: Palette) -> dict[str, str]:
    """Dress the theme in a palette of the site."""
    return {
        "color-brand-primary": palette.primary,
        "color-brand-content": palette.primary,
        "color-brand-visited": palette.primary,
        "color-background-primary": palette.background,
        "color-background-secondary": palette.sidebar,
        "color-background-hover": palette.card,
        "color-background-border": palette.border,
        "color-foreground-primary": palette.text,
        "color-foreground-secondary": palette.card_text_muted,
        "color-foreground-muted": palette.card_text_muted,
        "color-foreground-border": palette.control_border,
        "color-inline-code-background": palette.card,
        "color-code-background": palette.card,
        "color-code-foreground": palette.text,
        "color-card-background": palette.card,
        "color-table-header-background": palette.sidebar,
        "color-table-border": palette.border,
        "color-heading": palette.heading,
        "color-api-background": palette.card,
        "color-admonition-background": palette.card,
        "color-admonition-title-background--note": palette.sidebar,
        "color-admonition-title--note": palette.info,
    }


html_theme_options = {
    "light_logo": "logo-light.svg",
    "dark_logo": "logo.svg",
    "light_css_variables": _furo_colors(ColorTheme.LIGHT),
    "dark_css_variables": _furo_colors(ColorTheme.DARK),
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
