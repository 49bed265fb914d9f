"""What was cleaned away and why: in two sentences, then rule by rule."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from mangetamain_analytics.utils.i18n import Percent, Translator
from mangetamain_analytics.visualization import markup
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Visit

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
SUMMARY_KEYS = {
    "recipes": "cleaning-summary-recipes",
    "interactions": "cleaning-summary-interactions",
}


@dataclass(frozen=True)
class Cleaning:
    """The rules that one of the tables went through, in their order."""

    table_name: str
    steps: pl.DataFrame

    @classmethod
    def of(cls, visit: Visit, table_name: str) -> "Cleaning":
        """Return the rules of ``recipes`` or ``interactions``."""
        steps = visit.data.query("cleaning_steps").filter(pl.col("table_name") == table_name)
        return cls(table_name, steps)

    @property
    def n_before(self) -> int:
        """Rows that were published."""
        return int(self.steps["rows_before"][0])

    @property
    def n_removed(self) -> int:
        """Rows that the rules removed."""
        return int(self.steps["rows_removed"].sum())

    def summary(self, t: Translator) -> str:
        """Say how much was removed, and by which rule above all."""
        strictest = self.steps.sort("rows_removed", descending=True)
        n = int(strictest["rows_removed"][0])
        return t(
            SUMMARY_KEYS[self.table_name],
            removed=self.n_removed,
            share=Percent(self.n_removed / max(1, self.n_before), 1),
            rule=t(RULE_KEYS[strictest["rule"][0]]),
            n=n,
            others=self.n_removed - n,
        )


def summary(visit: Visit) -> list[str]:
    """Return a sentence per table."""
    return [Cleaning.of(visit, table_name).summary(visit.t) for table_name in KEPT_KEYS]


def render_rules(visit: Visit) -> None:
    """Show what each rule removed, a table per table of the data."""
    t = visit.t
    for table_name, kept_key in KEPT_KEYS.items():
        cleaning = Cleaning.of(visit, table_name)
        before = cleaning.n_before
        kept = t(kept_key, before=before, after=before - cleaning.n_removed)
        st.html(markup.table(cleaning.steps, _columns(t), kept))


def _columns(t: Translator) -> dict[str, Column]:
    return {
        "rule": Column(t("column-rule"), lambda rule: t(RULE_KEYS[rule]), is_number=False),
        "rows_before": Column(t("column-rows-before"), t.number),
        "rows_removed": Column(t("column-rows-removed"), t.number),
    }
