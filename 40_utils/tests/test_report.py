"""The quality report: what a person reads in it."""

import base64
import json
import re

import numpy as np
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from mangetamain_data_utils.checks import check_file
from mangetamain_data_utils.cli import main
from mangetamain_data_utils.exceptions import OutputRefused, RuleBroken, SourceRefused
from mangetamain_data_utils.report import CHARTS, COLORS, REMOVED, write_report


@pytest.fixture
def page_of(kaggle, tmp_path):
    """Build, report, and return the page as a parsed document."""

    def make(**options) -> BeautifulSoup:
        kaggle.build()
        output = tmp_path / "report.html"
        write_report(kaggle.output, output, **options)
        return BeautifulSoup(output.read_text(encoding="utf-8"), "html.parser")

    return make


def text(element) -> str:
    return " ".join(element.get_text(" ").split())


def table_after(page: BeautifulSoup, heading: str) -> list[list[str]]:
    table = page.find(["h2", "h3"], string=heading).find_next("table")
    return [[text(cell) for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]


def drawn(page: BeautifulSoup, query: str) -> dict[str, list]:
    """Return x and y of a chart as they stand in the page."""
    script = page.find("div", id=query).find_next("script").string
    match = re.search(rf'"{query}",\s*(\[.*?\]),\s*{{"', script, re.DOTALL)
    [trace] = json.loads(match.group(1))
    return {axis: decoded(trace[axis]) for axis in "xy"}


def decoded(values) -> list:
    """Plotly writes whole numbers as base64 of the array's bytes."""
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"]).tolist()
    return values


def test_the_head_says_which_file_this_is(kaggle, page_of) -> None:
    page = page_of()
    [(version,)] = kaggle.query("select data_version from build_info")
    head = text(page.header)
    assert f"site.duckdb · version {version} real data" in head
    assert "rules hold" in head
    (kaggle.folder / "DEMO.json").write_text("{}")
    assert "demo data" in text(page_of().header)


def test_the_cards_count_what_the_file_holds(kaggle, page_of) -> None:
    kaggle.recipes({"submitted": "2009-01-01"}, {"ingredients": "['salt']", "tags": "['easy']"})
    kaggle.interactions({"rating": "4"}, {"user_id": "11", "date": "2015-01-01"}, {})
    cards = [text(card) for card in page_of().find_all(class_="card")]
    assert cards == [
        "2 recipes, 2009–2010",
        "3 ratings, 2011–2015",
        "2 users who rated",
        "4.667 mean rating, stars",
        "3 distinct ingredients",
        "2 distinct tags",
    ]


def test_each_rule_says_what_it_removed(kaggle, page_of) -> None:
    kaggle.recipes({}, {"minutes": "999"}, {"minutes": "0"})
    kaggle.interactions({}, {"rating": "0"})
    page = page_of()
    table = table_after(page, "What cleaning removed")
    assert table[2] == ["recipes", "minutes_between_1_and_180", "3", "2", "66.67 %", "1"]
    assert len(table) == 9
    assert drawn(page, "rows_removed_by_rule")["x"] == [0, 0, 1, 0, 0, 0, 2, 0]
    assert "1 interactions carry rating 0" in text(page)
    assert "The sources had no training split." in text(page)


def test_the_training_split_is_told_as_a_share(kaggle, page_of) -> None:
    kaggle.interactions({}, {}, {}, {})
    kaggle.train((10, 1))
    assert "25.0 % of the ratings are in the training split." in text(page_of())


def test_the_charts_draw_the_rows_of_the_file(kaggle, page_of) -> None:
    kaggle.recipes(
        {"minutes": "5", "submitted": "2010-01-31", "tags": "[]"},
        {"minutes": "6", "submitted": "2010-03-01", "tags": "['a']"},
        {"minutes": "10", "submitted": "2010-03-31", "tags": "['a', 'b']"},
    )
    first = ({"user_id": u, "rating": s} for u, s in ["15", "25", "24", "24"])
    kaggle.interactions(*first, {"user_id": "3", "date": "2011-03-05"})
    page = page_of()
    assert drawn(page, "recipes_by_minutes") == {"x": [1, 6], "y": [1, 2]}
    assert drawn(page, "recipes_per_month") == {
        "x": ["2010-01-01", "2010-02-01", "2010-03-01"],
        "y": [1, 0, 2],
    }
    assert drawn(page, "ratings_per_month") == {
        "x": ["2011-01-01", "2011-02-01", "2011-03-01"],
        "y": [4, 0, 1],
    }
    assert drawn(page, "ratings_by_stars") == {"x": [4, 5], "y": [2, 3]}
    assert drawn(page, "users_by_ratings") == {"x": ["1", "2 to 3"], "y": [2, 1]}
    # the most used on top: Plotly draws the last one there
    assert drawn(page, "top_tags") == {"x": [1 / 3, 2 / 3], "y": ["b", "a"]}


def test_every_chart_is_in_the_page_once(page_of) -> None:
    page = page_of()
    charts = [REMOVED, *(chart for group in CHARTS.values() for chart in group)]
    for chart in charts:
        assert len(page.find_all("div", id=chart.query)) == 1


def test_distributions_have_their_quartiles(kaggle, page_of) -> None:
    kaggle.recipes(*({"minutes": str(minutes)} for minutes in [10, 20, 30, 40, 100]))
    rows = {row[0]: row[1:] for row in table_after(page_of(), "Distributions")}
    assert rows["minutes"] == ["10.0", "20.0", "30.0", "40.0", "40.0", "97.6", "100.0"]
    assert rows["calories"] == ["250.5"] * 7


def test_missing_values_are_counted_as_delivered_and_as_built(kaggle, page_of) -> None:
    nutrition = "[1.0, nan, 1.0, 1.0, 1.0, 1.0, 1.0]"
    kaggle.recipes({"description": ""}, {"description": "", "nutrition": nutrition}, {}, {})
    page = page_of(source_dir=kaggle.folder)
    assert table_after(page, "Missing values") == [
        ["table", "column", "missing", "of rows", "share"],
        ["recipes", "total_fat_pct", "1", "4", "25.000 %"],
    ]
    assert "37 of 38 columns of the built tables are complete; these are not:" in text(page)
    [_, second] = page.find("h2", string="Missing values").find_all_next("table")[:2]
    assert text(second).endswith("RAW_recipes.csv description 2 4 50.000 %")


def test_complete_tables_are_said_to_be_complete(page_of) -> None:
    assert "All 38 columns of the built tables are complete." in text(page_of())


def test_remarks_on_the_sources_are_listed(kaggle, page_of) -> None:
    assert "Nothing in them needed a remark" in text(page_of())
    kaggle.interactions({"date": "2017/8/18"})
    table = table_after(page_of(), "Accepted with a remark")
    assert table[1] == ["RAW_interactions", "dates written as 2017/8/18", "1"]


def test_the_report_does_not_take_the_place_of_its_subject(kaggle) -> None:
    kaggle.build()
    with pytest.raises(OutputRefused, match="site.duckdb: is what this command reads"):
        write_report(kaggle.output, kaggle.output)
    assert check_file(kaggle.output) == []


def test_a_broken_rule_comes_first_with_its_example(kaggle, tmp_path) -> None:
    kaggle.build()
    with kaggle.edited() as con:
        con.execute("update interactions set rating = 9")
    write_report(kaggle.output, tmp_path / "report.html")
    page = BeautifulSoup((tmp_path / "report.html").read_text(encoding="utf-8"), "html.parser")
    rules = [text(item) for item in page.find(class_="rules").find_all("li")]
    assert rules[0].startswith("✗ content_equals_its_hash : 1 row, for example stated=")
    assert rules[1].startswith(
        "✗ ratings_are_within_1_and_5 : 1 row, for example user_id=10, recipe_id=1,"
    )
    assert rules[2].startswith("✗ users_agree_with_interactions")
    assert all(rule.startswith("✓ ") for rule in rules[3:])
    assert "3 of 17 rules broken" in text(page.header)


def test_a_file_of_another_shape_gets_no_report(kaggle, tmp_path) -> None:
    kaggle.build()
    with kaggle.edited() as con:
        con.execute("drop table users")
    with pytest.raises(RuleBroken, match="schema_equals_contract"):
        write_report(kaggle.output, tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_the_page_asks_the_network_for_nothing(page_of) -> None:
    page = page_of()
    assert page.find_all(["link", "img", "iframe"]) == []
    assert [script for script in page.find_all("script") if script.get("src")] == []
    own = "".join(str(style) for style in page.find_all("style"))
    assert "url(" not in own and "@import" not in own


def test_names_from_the_data_cannot_become_markup(kaggle, tmp_path, page_of) -> None:
    kaggle.recipes({"<script>alert(1)</script>": "x", "tags": "['</script><b>bold']"})
    page = page_of()
    assert "extra column ignored: '<script>alert(1)</script>'" in text(page)
    assert page.find_all("b", string="bold") == []
    assert drawn(page, "top_tags")["y"] == ["</script><b>bold"]


def test_texts_are_readable_on_their_background() -> None:
    """WCAG AA: contrast of at least 4.5, formula of WCAG 2.2 (relative luminance)."""

    def luminance(color: str) -> float:
        channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for background in ("background", "card"):
        for foreground in ("text", "muted", "primary", "accent", "good", "bad"):
            light = luminance(COLORS[foreground]) + 0.05
            assert light / (luminance(COLORS[background]) + 0.05) >= 4.5, foreground


def test_the_command_writes_the_report_and_says_where(kaggle, tmp_path) -> None:
    kaggle.build()
    output = tmp_path / "deep" / "report.html"
    arguments = ["report", kaggle.output, "--output", output, "--source", kaggle.folder]
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{output}: ")
    assert list(output.parent.iterdir()) == [output]


def test_a_report_that_cannot_be_written_is_refused(kaggle) -> None:
    kaggle.build()
    with pytest.raises(OutputRefused, match="is a folder, expected the name of a file"):
        write_report(kaggle.output, kaggle.folder)


def test_a_broken_source_stops_the_report(kaggle, tmp_path) -> None:
    kaggle.build()
    kaggle.file("RAW_recipes.csv").write_bytes(b"")
    with pytest.raises(SourceRefused, match="RAW_recipes.csv: is empty"):
        write_report(kaggle.output, tmp_path / "report.html", source_dir=kaggle.folder)
