"""Home: what the data are, what was cleaned away and why, how to read the pages."""

import polars as pl
import streamlit as st

from mangetamain_analytics.utils.i18n import Number, Percent, Translator
from mangetamain_analytics.utils.insights import SIGNIFICANCE
from mangetamain_analytics.utils.statistics import CONFIDENCE
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.markup import Card, Column
from mangetamain_analytics.visualization.page import (
    Page,
    Visit,
    Years,
    all_years,
    render_no_recipes,
)

# Every rule of the data package's cleaning, by the name that it has in the data file.
RULE_KEYS = {
    "one_row_per_id": "rule-one-row-per-id",
    "minutes_between_1_and_180": "rule-minutes",
    "steps_and_ingredients_within_quantiles": "rule-quantiles",
    "name_and_date_present": "rule-name-and-date",
    "calories_and_ingredients_present": "rule-calories-and-ingredients",
    "rating_between_1_and_5": "rule-rating",
    "date_present": "rule-rating-date",
    "exact_duplicates_removed": "rule-duplicates",
}
KEPT_KEYS = {
    "recipes": "cleaning-kept-recipes",
    "interactions": "cleaning-kept-interactions",
}


def render(visit: Visit) -> None:
    """Show the page."""
    t = visit.t
    st.html(markup.hero(t("home-title"), t("home-lead")))
    years = all_years(visit)
    if years is None:
        render_no_recipes(visit)
        return
    st.html(markup.cards(_cards(visit, years)))
    st.page_link(visit.entries["trends"], label=t("home-trends-link"))
    st.header(t("home-cleaning-title"), anchor="cleaning")
    for table_name, kept_key in KEPT_KEYS.items():
        _render_cleaning(visit, table_name, kept_key)
    st.header(t("home-method-title"), anchor="method")
    st.markdown(_method(visit))


def _method(visit: Visit) -> str:
    volumes = visit.data.query("trends_volume")["n_recipes"].to_list()
    return visit.t(
        "home-method",
        confidence=Percent(CONFIDENCE),
        fewest=min(volumes),
        most=max(volumes),
        level=Number(SIGNIFICANCE, 2),
    )


def _cards(visit: Visit, years: Years) -> list[Card]:
    t, info = visit.t, visit.data.snapshot.info
    return [
        Card(
            t("card-period"),
            str(years),
            t("card-period-note", n=years.last - years.first + 1),
        ),
        Card(t("card-recipes"), t.number(info.row_counts["recipes"]), t("card-recipes-note")),
        Card(t("card-ratings"), t.number(info.row_counts["interactions"]), t("card-ratings-note")),
        Card(t("card-users"), t.number(info.row_counts["users"]), t("card-users-note")),
    ]


def _render_cleaning(visit: Visit, table_name: str, kept_key: str) -> None:
    steps = visit.data.query("cleaning_steps").filter(pl.col("table_name") == table_name)
    before = int(steps["rows_before"][0])
    after = int(steps["rows_before"][-1] - steps["rows_removed"][-1])
    kept = visit.t(kept_key, before=before, after=after)
    st.html(markup.table(steps, _cleaning_columns(visit.t), kept))


def _cleaning_columns(t: Translator) -> dict[str, Column]:
    return {
        "rule": Column(t("column-rule"), lambda rule: t(RULE_KEYS[rule]), is_number=False),
        "rows_before": Column(t("column-rows-before"), t.number),
        "rows_removed": Column(t("column-rows-removed"), t.number),
    }


PAGE = Page(
    path="",
    title_key="home-menu",
    description_key="home-description",
    icon=":material/home:",
    render=render,
)
