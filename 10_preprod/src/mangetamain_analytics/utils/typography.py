"""The two typefaces of the site and where our own server keeps their files."""

BODY_FONT = "Figtree"
DISPLAY_FONT = "Righteous"  # headings and logo only; it exists in one weight, 400
BODY_FAMILY = f"{BODY_FONT}, system-ui, sans-serif"
DISPLAY_FAMILY = f"{DISPLAY_FONT}, {BODY_FAMILY}"
FONT_ROUTE = "/assets/fonts"

# The "latin" subsets of fontsource 5.3: all of French and English, œ included.
_FILES = (
    (BODY_FONT, "figtree-latin-wght-normal.woff2", "300 900"),
    (DISPLAY_FONT, "righteous-latin-400-normal.woff2", "400"),
)


def font_faces() -> list[dict[str, str]]:
    """Return the value of Streamlit's `theme.fontFaces`, new on each call.

    Streamlit changes the dictionaries it is given, so they are never shared.
    """
    return [
        {
            "family": family,
            "url": f"{FONT_ROUTE}/{file_name}",
            "weight": weight,
            "style": "normal",
        }
        for family, file_name, weight in _FILES
    ]
