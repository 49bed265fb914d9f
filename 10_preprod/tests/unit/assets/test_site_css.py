import re
from pathlib import Path

import mangetamain_analytics
import pytest

from mangetamain_analytics.utils.color_theme import ColorTheme

STYLE_SHEET = Path(mangetamain_analytics.__file__).parent / "assets" / "site.css"
CSS = STYLE_SHEET.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_custom_properties_are_all_defined_and_all_used(theme):
    script = STYLE_SHEET.with_name("site.js").read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--[\w-]+)", CSS))
    used |= set(re.findall(r'"(--mm-[\w-]+)"', script))
    defined = re.findall(r"^(--mm-[\w-]+):", ColorTheme.css_variables(theme), re.MULTILINE)
    assert set(defined) == used
    assert len(defined) == len(set(defined))


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_custom_properties_carry_the_palette(theme):
    values = dict(re.findall(r"(--mm-[\w-]+): (.+);", ColorTheme.css_variables(theme)))
    palette = ColorTheme.palette(theme)
    assert values["--mm-card"] == palette.card
    assert values["--mm-card-text-muted"] == palette.card_text_muted
    assert values["--mm-fall"] == palette.fall
    assert values["--mm-font-display"].startswith("Righteous, ")


def test_every_component_tells_page_authors_its_classes():
    comments = " ".join(re.findall(r"/\*.*?\*/", CSS, re.DOTALL))
    blocks = {
        match.split("mm-")[1].split("-")[0] for match in re.findall(r"\.mm-[a-z-]+(?= \{)", CSS)
    }
    undocumented = {block for block in blocks if f"mm-{block}" not in comments}
    assert undocumented == set()


def test_every_class_that_is_dressed_is_made_by_some_source():
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in STYLE_SHEET.parents[1].rglob("*")
        if path.suffix in (".py", ".js")
    )
    kinds = ("mm-badge-", "mm-verdict-")  # made of a prefix and a word
    dressed = set(
        re.findall(r"\.(?:st-key-)?(mm-[a-z-]+)", re.sub(r"/\*.*?\*/", "", CSS, flags=re.S))
    )
    assert {name for name in dressed if name not in sources and not name.startswith(kinds)} == set()
    assert all(f"{kind}{{" in sources for kind in kinds)


@pytest.mark.parametrize("verdict", ["rise", "fall", "none", "too-little"])
def test_a_verdict_is_told_by_its_shape_and_not_by_colour_alone(verdict):
    assert re.search(rf"\.mm-verdict-{verdict}::before \{{", CSS)


def test_the_file_survives_the_sanitiser_of_st_html():
    # DOMPurify drops a <style> element whose text looks like mark-up.
    assert "<" not in CSS


def test_nothing_is_fetched_from_elsewhere():
    assert not re.search(r"url\(|@import|https?:", CSS)


def test_visitors_who_asked_for_less_motion_and_print_are_served():
    assert "@media (prefers-reduced-motion: reduce)" in CSS
    assert "@media print" in CSS
    assert ":focus-visible" in CSS


def test_generated_class_names_of_streamlit_are_not_relied_on():
    assert "st-emotion" not in CSS
    assert CSS.count("{") == CSS.count("}")
