"""X4: what the item is cooked with most often, and what is typical of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mangetamain_analytics.utils.group_tests import SMALLEST_GROUP
from mangetamain_analytics.utils.i18n import Number, Percent
from mangetamain_analytics.utils.insights import SIGNIFICANCE, Insight, Item
from mangetamain_analytics.utils.item_insights import SMALLEST_LIFT, companions_insight
from mangetamain_analytics.utils.item_shares import frequent_enough, item_shares, share_intervals
from mangetamain_analytics.utils.statistics import adjust_p_values
from mangetamain_analytics.visualization.analyse_ratings.figures import ranked_figure
from mangetamain_analytics.visualization.custom_charts import bars_figure
from mangetamain_analytics.visualization.explore.subject import RecipesByDay, Subject
from mangetamain_analytics.visualization.explore.wording import definition, share_column
from mangetamain_analytics.visualization.group_charts import listed
from mangetamain_analytics.visualization.group_tables import DAYS
from mangetamain_analytics.visualization.item_links import item_column, linked
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Query, Visit, Years

MIN_TOGETHER = 10  # recipes: rarer company is chance
SMALLEST_COMPANION_SHARE = 0.05  # of the item's recipes: rarer company is not typical of them
N_SHOWN = 12
LIFT_DIGITS = 2


@dataclass(frozen=True)
class Companions:
    """Items beside the item, most often first, and those of them that are typical of it.

    Attributes:
        kind: What the companions are.
        table: A row per companion: its recipes with the item, and in all; both as shares; how many
            times as often it stands beside the item as in all recipes (lift) with its interval;
            χ² (Yates), Cramér's V and corrected p, null where it was not tested.
        kept: Rows of the established ones, the highest lift first.
        insight: What the tests say.
    """

    kind: Item
    table: pl.DataFrame
    kept: Sequence[int]
    insight: Insight


def find_companions(
    item: str, kind: Item, together: pl.DataFrame, n_item: int, n_recipes: int
) -> Companions:
    """Test whether each companion is as frequent beside the item as elsewhere.

    Args:
        item: Its name.
        kind: What the companions are.
        together: A row per companion, as `CompanionYears.within` gives it.
        n_item: Recipes with the item.
        n_recipes: All recipes.
    """
    beside, anywhere = (
        together[name].to_numpy().astype(float) for name in ("n_together", "n_recipes")
    )
    share, share_of_all = beside / n_item, anywhere / n_recipes
    low, high = share_intervals(beside, np.array(float(n_item)))
    lift = share / share_of_all
    n_with = np.column_stack([beside, anywhere - beside])
    n_all = np.array([n_item, n_recipes - n_item], dtype=float)
    is_typical = (share >= SMALLEST_COMPANION_SHARE) & frequent_enough(n_with, n_all)
    chosen = np.flatnonzero(is_typical)
    tested = item_shares(n_with[chosen], n_all, yates=True)
    p_adjusted = adjust_p_values(tested.p_value, "bh")
    is_kept = (p_adjusted < SIGNIFICANCE) & (lift[chosen] >= SMALLEST_LIFT)
    kept = chosen[is_kept][np.argsort(-lift[chosen][is_kept], kind="stable")].tolist()
    tests = pl.DataFrame(
        {
            "row": chosen,
            "chi_squared_yates": tested.chi_squared,
            "cramers_v": tested.cramers_v,
            "p_adjusted": p_adjusted,
        },
        schema_overrides={"row": pl.UInt32},
    )
    table = (
        together.with_columns(
            share_with_item=share,
            share_of_all=share_of_all,
            lift=lift,
            lift_low=low / share_of_all,
            lift_high=high / share_of_all,
        )
        .with_row_index("row")
        .join(tests, on="row", how="left", maintain_order="left")
        .drop("row")
    )
    names = together["companion"].gather(chosen).to_list()
    places = {row: i for i, row in enumerate(chosen.tolist())}
    insight = companions_insight(
        item, kind, names, lift[chosen].tolist(), [places[row] for row in kept]
    )
    return Companions(kind, table, kept, insight)


@dataclass(frozen=True)
class CompanionYears:
    """Recipes of each companion (rows) in each year (columns): beside the item, and anywhere."""

    names: pl.Series
    years: NDArray[np.int16]
    n_together: NDArray[np.int32]
    n_recipes: NDArray[np.int32]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "CompanionYears":
        """Return the table of the rows of `explore_companions.sql`, ordered by companion."""
        names = frame["companion"].unique(maintain_order=True)
        years, column = np.unique(frame["year"].to_numpy(), return_inverse=True)
        n_together, n_recipes = np.zeros((2, len(names), len(years)), dtype=np.int32)
        place = (frame["companion"].rle_id().to_numpy(), column)
        n_together[place], n_recipes[place] = frame["n_together"], frame["n_recipes"]
        return cls(names, years, n_together, n_recipes)

    def within(self, years: Years) -> pl.DataFrame:
        """Return the companions of these years that are not chance, the most frequent first."""
        chosen = years.rows(self.years)
        beside, anywhere = (
            table[:, chosen].sum(axis=1) for table in (self.n_together, self.n_recipes)
        )
        order = np.argsort(-beside, kind="stable")[: (beside >= MIN_TOGETHER).sum()]
        return pl.DataFrame(
            {
                "companion": self.names[order],
                "n_together": beside[order],
                "n_recipes": anywhere[order],
            }
        )


def companions_query(subject: Subject, of_kind: Item) -> Query:
    """Return the query that counts what stands beside the item, year by year."""
    query = subject.query("explore_companions", of_kind=of_kind.value, min_together=MIN_TOGETHER)
    return replace(query, years=subject.years)


def companions_of(visit: Visit, subject: Subject, kind: Item) -> pl.DataFrame:
    """Return what stands beside the item in the chosen years, counted once for all years."""
    by_year = visit.data.view(
        ("CompanionYears", subject.kind, subject.name, kind),
        lambda: CompanionYears.of(companions_query(subject, kind).run_uncached(visit.data)),
    )
    return by_year.within(subject.years)


def analyse(visit: Visit, subject: Subject, recipes: RecipesByDay) -> Analysis:
    """Return the most frequent ingredients beside the item, the typical ones, the typical tags."""

    def beside(kind: Item) -> Companions:
        rows = companions_of(visit, subject, kind)
        return find_companions(subject.name, kind, rows, recipes.total, recipes.n_recipes)

    ingredients, tags = beside(Item.INGREDIENT), beside(Item.TAG)
    charts = [
        *([_frequent_chart(visit, subject, ingredients)] if ingredients.table.height else []),
        *(_typical_chart(visit, subject, found) for found in (ingredients, tags) if found.kept),
    ]
    return Analysis(
        id="explore-companions",
        name=visit.t("explore-companions-name"),
        charts=charts,
        note=" ".join(
            found.insight.sentence.text(visit.t) for found in (ingredients, tags) if not found.kept
        ),
    )


def _frequent_chart(visit: Visit, subject: Subject, found: Companions) -> Chart:
    t, table = visit.t, found.table.head(N_SHOWN)
    names, shares = table["companion"].to_list(), table["share_with_item"].to_list()
    title = t("explore-axis-share-with-item")
    style = visit.style(title, digits=1, is_share=True)
    written = [f"{name} {t.percent(share, 1)}" for name, share in zip(names, shares, strict=True)]
    return Chart(
        id="explore-together",
        title=t(
            "explore-together-title",
            item=subject.name,
            companion=names[0],
            share=Percent(shares[0], 0),
        ),
        text=[],
        figure=bars_figure(names, shares, linked(visit, found.kind, style)),
        alt=t("alt-by-group", name=title, values=listed(t, written)),
        table=table,
        columns=_columns(visit, found.kind),
        method=[
            definition(t, subject),
            t("explore-together-method", needed=MIN_TOGETHER),
            *_method(visit, found),
        ],
        queries=[companions_query(subject, found.kind), DAYS],
    )


def _typical_chart(visit: Visit, subject: Subject, found: Companions) -> Chart:
    t, insight = visit.t, found.insight
    table = found.table[list(found.kept[:N_SHOWN])]
    names, lifts, lows, highs = (
        table[column].to_list() for column in ("companion", "lift", "lift_low", "lift_high")
    )
    title = t("explore-axis-lift")
    style = visit.style(title, LIFT_DIGITS)
    written = [
        f"{name} {t.number(lift, LIFT_DIGITS)}" for name, lift in zip(names, lifts, strict=True)
    ]
    return Chart(
        id=f"explore-typical-{found.kind.value}s",
        title=insight.title.text(t),
        text=[insight.sentence.text(t)],
        figure=ranked_figure(
            names,
            lifts,
            lows,
            highs,
            1.0,
            style.colors[0],
            linked(visit, found.kind, style),
        ),
        alt=t("alt-by-group", name=title, values=listed(t, written)),
        table=table,
        columns=_columns(visit, found.kind),
        method=[definition(t, subject), *_method(visit, found)],
        queries=[companions_query(subject, found.kind), DAYS],
        verdict=insight.verdict,
    )


def _method(visit: Visit, found: Companions) -> list[str]:
    n_tests = found.table.height - found.table["p_adjusted"].null_count()
    return [
        visit.t(
            "explore-lift-method",
            n_tests=n_tests,
            share=Percent(SMALLEST_COMPANION_SHARE),
            together=MIN_TOGETHER,
            needed=SMALLEST_GROUP,
            smallest=Number(SMALLEST_LIFT, 1),
            level=Percent(SIGNIFICANCE),
        ),
        visit.t("method-groups-caveat"),
    ]


def _columns(visit: Visit, kind: Item) -> dict[str, Column]:
    t = visit.t

    def lift(x: float) -> str:
        return t.number(x, LIFT_DIGITS)

    return {
        "companion": item_column(visit, kind),
        "n_together": Column(t("explore-column-together"), t.number),
        "n_recipes": Column(t("column-recipes"), t.number),
        "share_with_item": share_column(t, t("explore-axis-share-with-item"), 1),
        "share_of_all": share_column(t, t("explore-column-share-of-all"), 2),
        "lift": Column(t("explore-axis-lift"), lift),
        "lift_low": Column(t("column-interval-low"), lift),
        "lift_high": Column(t("column-interval-high"), lift),
        "chi_squared_yates": Column(t("column-chi-squared-yates"), lambda x: t.number(x, 1)),
        "cramers_v": Column(t("column-cramers-v"), lambda x: t.number(x, 3)),
        "p_adjusted": Column(t("column-p-adjusted"), t.p_value),
    }
