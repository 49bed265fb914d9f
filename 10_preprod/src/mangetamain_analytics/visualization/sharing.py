"""What a visitor takes away of a whole page: its link, its print, its numbers in one archive."""

import io
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from streamlit.delta_generator import DeltaGenerator

from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.page import Chart, Page, Visit, csv_text

README = "README.txt"
FILE_MODE = 0o644  # rights of an unpacked file


def render_page_buttons(place: DeltaGenerator, visit: Visit, page: Page) -> None:
    """Show, before the page, what shares and prints it."""
    place.html(markup.page_buttons(visit.t, visit.t(page.title_key)), width="content")


def render_page_download(place: DeltaGenerator, visit: Visit, page: Page) -> None:
    """Show, after a page that has charts, what downloads the numbers of all of them."""
    t = visit.t
    if not visit.shown.analyses:
        return
    place.download_button(
        t("download-page"),
        partial(archive, visit, page),
        file_name=f"mangetamain_{page.path or 'home'}_{visit.data.data_version}.zip",
        mime="application/zip",
        key="page-zip",
        on_click="ignore",
        icon=":material/folder_zip:",
    )
    choices = t("choices", choices=" · ".join(_choices(visit, page)))
    place.html(markup.paper_note(choices))


def archive(visit: Visit, page: Page) -> bytes:
    """Return a ZIP archive of what the page shows: a CSV file per chart, and what they are.

    The bytes depend on the data, the choices and the language alone: files bear the date on which
    the data were built.
    """
    content = io.BytesIO()
    files = {README: readme(visit, page)} | {
        f"{chart.id}.csv": csv_text(chart.table) for chart in _charts(visit)
    }
    built_at = visit.data.snapshot.info.built_at.timetuple()[:6]
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, built_at)
            entry.external_attr = FILE_MODE << 16
            packed.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def readme(visit: Visit, page: Page) -> str:
    """Return what an archive is: page, choices, address, data, and the title of each file."""
    t, info = visit.t, visit.data.snapshot.info
    public_url = Settings.from_environ().public_url
    facts = [
        t("readme-page", page=t(page.title_key)),
        t("choices", choices=" · ".join(_choices(visit, page))),
        t("readme-address", address=public_url + page_address(visit, page)) if public_url else "",
        t("readme-data", version=info.data_version, built=t.datetime(info.built_at)),
        visit.source,
    ]
    files = [f"{chart.id}.csv\n    {chart.title}" for chart in _charts(visit)]
    paragraphs = [
        t("readme-title"),
        "\n".join(fact for fact in facts if fact),
        t("readme-files"),
        "\n".join(files),
    ]
    return "\n\n".join(paragraphs) + "\n"


def page_address(visit: Visit, page: Page) -> str:
    """Return the path and the query that show the page as it is now, in the same language."""
    chosen = _chosen(visit, page) | {"lang": visit.t.language}
    query = [(name, text) for name, value in chosen.items() for text in _in_address(value)]
    return f"/{page.path}?{urlencode(query)}"


def _charts(visit: Visit) -> Iterator[Chart]:
    for analysis in visit.shown.analyses.values():
        yield from analysis.charts


def _chosen(visit: Visit, page: Page) -> dict[str, Any]:
    """Return the values of the page's own widgets; a year filter of one year is not a widget."""
    state = visit.shown.choices
    return {name: state[name] for name in page.choice_keys if state.get(name) not in (None, [])}


def _choices(visit: Visit, page: Page) -> Iterator[str]:
    t = visit.t
    for name, value in _chosen(visit, page).items():
        label_key = page.choice_keys[name]
        value_key = VALUE_KEYS.get((name, str(value)))
        text = t(value_key) if value_key else _in_words(visit, value)
        yield t("choice", label=t(label_key), value=text)


# What stands in the address in one language for all.
VALUE_KEYS = {
    ("kind", "ingredient"): "explore-kind-ingredients",
    ("kind", "tag"): "explore-kind-tags",
}


def _in_words(visit: Visit, value: Any) -> str:
    if isinstance(value, bool):
        return visit.t("choice-yes") if value else visit.t("choice-no")
    if isinstance(value, tuple):
        return "–".join(map(str, value))
    if isinstance(value, float):
        return visit.t.number(value, 1)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _in_address(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["true"] if value else []
    return [str(part) for part in value] if isinstance(value, (tuple, list)) else [str(value)]
