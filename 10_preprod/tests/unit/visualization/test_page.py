import csv
import io
from datetime import date

import numpy as np
import polars as pl
import pytest
from streamlit.runtime.media_file_manager import MediaFileManager

from mangetamain_analytics.data.cached_loaders import CachedLoader
from mangetamain_analytics.data.loaders import sql_text
from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.visualization.page import CSV_DIGITS, Deferred, Query, Years, _rows


@pytest.mark.parametrize(
    ("years", "text"), [(Years(2001, 2001), "2001"), (Years(1999, 2018), "1999–2018")]
)
def test_a_period_is_written_once_when_it_is_one_year(years, text):
    assert str(years) == text


def test_a_period_keeps_both_of_its_ends():
    frame = pl.DataFrame({"year": [2000, 2001, 2002, 2003], "n": [1, 2, 3, 4]})
    assert Years(2001, 2002).of(frame).rows() == [(2001, 2), (2002, 3)]
    years = np.array([1999, 2001, 2001, 2002, 2004], dtype=np.int16)
    assert Years(2001, 2002).rows(years) == slice(1, 4)
    assert Years(2003, 2003).rows(years) == slice(4, 4)


def test_the_first_chart_has_a_row_of_its_own():
    assert _rows([]) == []
    assert _rows(["a"]) == [["a"]]
    assert _rows(["a", "b"]) == [["a"], ["b"]]
    assert _rows(["a", "b", "c", "d"]) == [["a"], ["b", "c"], ["d"]]


def test_a_query_tells_its_file_its_parameters_and_its_rows(snapshot):
    english, french = translator("en"), translator("fr")
    query = Query("explore_companions", {"kind": "tag", "item": "easy", "min_together": 20})
    assert query.caption(english) == (
        "`explore_companions.sql` · `$kind = 'tag', $item = 'easy', $min_together = 20`"
    )
    assert Query("data_period", {}).caption(english) == "`data_period.sql`"
    reach = Query("ratings_reach", {"train_only": False})
    assert reach.caption(french) == "`ratings_reach.sql` · `$train_only = false`"
    volume = Query("trends_volume", {}, Years(2002, 2004))
    assert volume.caption(french) == "`trends_volume.sql` · lignes de 2002–2004"
    assert volume.run(CachedLoader(snapshot)).rows() == [(2002, 8), (2003, 12), (2004, 6)]


def test_a_method_is_written_once_for_those_who_read_it():
    written = []
    method = Deferred(lambda: written.append("now") or ["what", "how"])
    assert not written
    assert (list(method), method[-1], len(method)) == (["what", "how"], "how", 2)
    assert written == ["now"]


def test_the_source_names_version_day_and_nature_of_the_data(visit, snapshot):
    day = snapshot.info.built_at.date()
    assert isinstance(day, date)
    source = visit("fr").source
    assert snapshot.info.data_version in source and str(day.year) in source
    assert source.startswith("Source\u00a0: Food.com")


def test_charts_are_laid_out_first_alone_then_two_a_row(open_site, small_db):
    site = open_site(small_db, "trends")
    # complexity 1 + 2; nutrition 1 + 2 + 1; volume, duration and four of items have no pair
    beside = [[len(charts_in(cell)) for cell in row] for row in rows_of_columns(site)]
    assert beside == [[1, 1], [1, 1]]
    assert len(site.figures) == 13


def rows_of_columns(site):
    return [
        [child for child in node.children.values() if child.type == "column"]
        for node in site.nodes("flex_container")
        if any(child.type == "column" for child in node.children.values())
    ]


def charts_in(node):
    if node.type == "plotly_chart":
        return [node]
    return [chart for child in getattr(node, "children", {}).values() for chart in charts_in(child)]


@pytest.fixture
def downloads(monkeypatch):
    """What the download buttons offer, which AppTest does not tell: what writes it, by name."""
    offered = {}
    add_deferred = MediaFileManager.add_deferred

    def record(self, write, mimetype, coordinates, file_name=None, **others):
        offered[file_name] = write
        return add_deferred(self, write, mimetype, coordinates, file_name, **others)

    monkeypatch.setattr(MediaFileManager, "add_deferred", record)
    return offered


def test_the_download_holds_the_numbers_drawn_and_names_the_data(
    open_site, small_db, downloads, snapshot
):
    site = open_site(small_db, "trends", years=["2002", "2004"])
    version = snapshot.info.data_version
    del downloads[f"mangetamain_trends_{version}.zip"]  # of the whole page, see test_sharing.py
    assert len(downloads) == len(site.figures)
    text = downloads[f"mangetamain_trends-volume_{version}.csv"]()
    assert list(csv.reader(io.StringIO(text))) == [
        ["year", "n_recipes"],
        ["2002", "8"],
        ["2003", "12"],
        ["2004", "6"],
    ]
    stems = {button["data-mm-file"] for button in site.soup.select("[data-mm-export]")}
    assert {f"{stem}.csv" for stem in stems} == set(downloads)


def test_a_download_has_more_digits_than_a_chart_and_no_dust(open_site, small_db, downloads):
    open_site(small_db, "trends")
    (write,) = [write for name, write in downloads.items() if "_trends-steps_" in name]
    means = [row[2] for row in csv.reader(io.StringIO(write()))][1:]
    assert max(len(mean.replace(".", "")) for mean in means) == CSV_DIGITS


def test_explanations_are_sent_only_when_opened(open_site, small_db):
    site = open_site(small_db, "trends", years=["2002", "2007"])
    assert list(site.app.code) == []
    assert site.soup.select("table") == []
    site.app.session_state["how-trends-duration"] = True
    site.app.run()
    (code,) = site.app.code
    assert code.value == sql_text("trends_duration").strip()
    (table,) = site.soup.select("table")
    assert [row.th.text for row in table.select("tbody tr")] == "2002 2003 2004 2006 2007".split()
    assert any("Least squares over 5 years" in text.value for text in site.app.markdown)
    assert any(caption.value.startswith("`trends_duration.sql`") for caption in site.app.caption)


def test_every_explanation_has_a_method_a_table_and_sql(open_site, demo_db):
    site = open_site(demo_db, "trends")
    site.open_explanations()
    n_charts = len(site.figures)
    assert len(site.soup.select("table caption")) == n_charts
    assert len(site.app.code) >= n_charts
    assert all(
        any(node.value.startswith("**Definition.**") for node in expander.markdown)
        for expander in site.app.expander
    )
