"""R1 to R3: why months are weighted, where their mean goes, and how well it is known."""

from datetime import date

import numpy as np
import polars as pl

from mangetamain_analytics.utils.i18n import Argument, Interval, Number, PValue
from mangetamain_analytics.utils.rating_insights import (
    MONTHS_PER_DECADE,
    level_sentence,
    monthly_trend_insight,
    stars,
)
from mangetamain_analytics.utils.rating_months import (
    MeanLevel,
    MonthlyTrend,
    mean_level,
    monthly_trend,
)
from mangetamain_analytics.utils.rating_statistics import (
    StarSummary,
    rank_correlations,
    summarize_stars,
)
from mangetamain_analytics.utils.statistics import NORMAL_QUANTILE
from mangetamain_analytics.visualization.analyse_ratings.counts import (
    COUNTS,
    Choices,
    KeptMonths,
    RatingCounts,
    scope_method,
)
from mangetamain_analytics.visualization.analyse_ratings.figures import (
    MonthLine,
    month_bars_figure,
    month_lines_figure,
)
from mangetamain_analytics.visualization.custom_charts import Band, Style
from mangetamain_analytics.visualization.markup import Column
from mangetamain_analytics.visualization.page import Analysis, Chart, Visit


def analyse(visit: Visit, choices: Choices, ratings: RatingCounts) -> list[Analysis]:
    """Return the weights, the trend and the level of the monthly means."""
    t = visit.t
    kept = KeptMonths.of(ratings, choices.min_ratings)
    names = {
        "ratings-weights": t("ratings-weights-name"),
        "ratings-trend": t("ratings-trend-name"),
        "ratings-level": t("ratings-level-name"),
    }
    if not len(kept.months):
        note = t("ratings-no-month", min_ratings=choices.min_ratings)
        return [Analysis(id=id_, name=name, charts=[], note=note) for id_, name in names.items()]
    months = Months(visit, choices, kept)
    charts = (months.weight_charts(), [months.trend_chart()], months.level_charts())
    notes = ("", "", "" if months.level else t("ratings-too-few-months", n=len(kept.months)))
    return [
        Analysis(id=id_, name=name, charts=of_analysis, note=note)
        for (id_, name), of_analysis, note in zip(names.items(), charts, notes, strict=True)
    ]


class Months:
    """The months that hold enough ratings, with what they say."""

    def __init__(self, visit: Visit, choices: Choices, kept: KeptMonths) -> None:
        self.visit, self.choices, self.kept = visit, choices, kept
        self.summary: StarSummary = summarize_stars(kept.counts)
        self.trend: MonthlyTrend | None = monthly_trend(self.summary.mean, kept.n, kept.months)
        self.level: MeanLevel | None = mean_level(self.summary.mean, kept.n)
        self.table = pl.DataFrame(
            {
                "month": [day.strftime("%Y-%m") for day in kept.first_days],
                "n_ratings": kept.n,
                "mean_rating": self.summary.mean,
                "sd_rating": np.nan_to_num(self.summary.sd),
            }
        )

    def weight_charts(self) -> list[Chart]:
        """Return the volume of the months, and both lines if one can be fitted."""
        return [self._volume_chart()] + ([self._lines_chart(self.trend)] if self.trend else [])

    def _volume_chart(self) -> Chart:
        t, n = self.visit.t, self.kept.n
        style = self.visit.style(t("ratings-axis-n"), digits=0)
        ratio = float(n.max() / n.min())
        spread: dict[str, Argument] = {
            "n": len(n),
            "largest": int(n.max()),
            "smallest": int(n.min()),
        }
        written = Number(ratio, 1 if ratio < 10 else 0)
        return Chart(
            id="ratings-months-volume",
            title=t("ratings-months-volume-title", ratio=written),
            text=[
                t(
                    "ratings-months-volume-text",
                    **spread,
                    noise=Number(np.sqrt(ratio), 1),
                    mean=Number(float(n.mean()), 0),
                    cv=Number(float(n.std() / n.mean()), 2),
                    min_ratings=self.choices.min_ratings,
                )
            ],
            figure=month_bars_figure(self.kept.first_days, n.tolist(), style),
            alt=t("ratings-months-volume-alt", **spread, ratio=written),
            table=self.table.select("month", "n_ratings"),
            columns=self._columns("month", "n_ratings"),
            method=[self._scope(), t("ratings-months-volume-method")],
            queries=[COUNTS],
        )

    def _lines_chart(self, trend: MonthlyTrend) -> Chart:
        t, means = self.visit.t, self.summary.mean
        slopes = [MONTHS_PER_DECADE * line.slope for line in (trend.unweighted, trend.weighted)]
        volume = rank_correlations(means, [self.kept.n])
        names = [t("ratings-line-unweighted"), t("ratings-line-weighted")]
        fitted = [line.predict(self.kept.months) for line in (trend.unweighted, trend.weighted)]
        lines = [MonthLine(t("ratings-axis-mean"), means.tolist(), "points")]
        lines += [MonthLine(n, y.tolist(), "line") for n, y in zip(names, fitted, strict=True)]
        words: dict[str, Argument] = {
            "unweighted": stars(slopes[0], 3, is_signed=True),
            "weighted": stars(slopes[1], 3, is_signed=True),
        }
        table = self.table.select("month", "n_ratings", "mean_rating").with_columns(
            unweighted_line=fitted[0], weighted_line=fitted[1]
        )
        columns = self._columns("month", "n_ratings", "mean_rating")
        for column, name in zip(("unweighted_line", "weighted_line"), names, strict=True):
            columns[column] = Column(name, lambda value: t.number(value, 3))
        return Chart(
            id="ratings-months-lines",
            title=t("ratings-months-lines-title", **words),
            text=[t("ratings-months-lines-text", **words)],
            figure=month_lines_figure(self.kept.first_days, lines, self._stars_style()),
            alt=t("ratings-months-lines-alt", **words),
            table=table,
            columns=columns,
            method=[
                self._scope(),
                t(
                    "ratings-months-lines-method",
                    unweighted_r2=Number(_shown(trend.unweighted.r_squared), 3),
                    weighted_r2=Number(_shown(trend.weighted.r_squared), 3),
                    rho=Number(float(volume.rho[0]), 2, is_signed=True),
                    p=PValue(float(volume.p_value[0])),
                ),
            ],
            queries=[COUNTS],
        )

    def trend_chart(self) -> Chart:
        """Return the monthly mean with its weighted line."""
        t = self.visit.t
        insight = monthly_trend_insight(self.trend, len(self.kept.months), self.kept.span)
        lines = [MonthLine(t("ratings-axis-mean"), self.summary.mean.tolist())]
        method = [self._scope()]
        if self.trend:
            fitted = self.trend.weighted.predict(self.kept.months).tolist()
            lines.append(MonthLine(t("ratings-line-weighted"), fitted, "fitted"))
            method += self._trend_method(self.trend)
        return Chart(
            id="ratings-trend",
            title=insight.title.text(t),
            text=[insight.sentence.text(t)],
            figure=month_lines_figure(self.kept.first_days, lines, self._stars_style()),
            alt=self._alt(),
            table=self.table,
            columns=self._columns("month", "n_ratings", "mean_rating", "sd_rating"),
            method=method,
            queries=[COUNTS],
            verdict=insight.verdict,
            evidence=insight.evidence,
        )

    def _trend_method(self, trend: MonthlyTrend) -> list[str]:
        t, line = self.visit.t, trend.weighted
        low, high = MONTHS_PER_DECADE * trend.slope_low, MONTHS_PER_DECADE * trend.slope_high
        return [
            t(
                "ratings-trend-method",
                n=line.n,
                min_ratings=self.choices.min_ratings,
                slope=stars(MONTHS_PER_DECADE * line.slope, 3, is_signed=True),
                p_naive=PValue(line.p_value),
                r=Number(_shown(line.lag1_autocorrelation), 2, is_signed=True),
                n_effective=Number(trend.n_effective, 0),
                interval=Interval(low, high, 3),
                p=PValue(trend.p_value),
            ),
            t(
                "ratings-trend-robust-method",
                tau=Number(trend.tau, 3, is_signed=True),
                p_naive=PValue(trend.p_independent),
                p=PValue(trend.p_robust),
                slope=stars(MONTHS_PER_DECADE * trend.sen_slope, 3, is_signed=True),
            ),
        ]

    def level_charts(self) -> list[Chart]:
        """Return the band of the monthly means and the level of them all, if it can be judged."""
        return [self._level_chart(self.level)] if self.level else []

    def _level_chart(self, level: MeanLevel) -> Chart:
        t, mean = self.visit.t, self.summary.mean
        # a month whose ratings are all alike, or a single one, is drawn as wide as its mean
        error = NORMAL_QUANTILE * np.nan_to_num(self.summary.sd) / np.sqrt(self.kept.n)
        flat = [level.mean] * len(mean)
        bands = [
            Band(t("ratings-band-month"), (mean - error).tolist(), (mean + error).tolist()),
            Band(
                t("ratings-band-level"),
                [level.mean - level.half_width] * len(mean),
                [level.mean + level.half_width] * len(mean),
            ),
        ]
        lines = [
            MonthLine(t("ratings-axis-mean"), mean.tolist()),
            MonthLine(t("ratings-line-level"), flat, "fitted"),
        ]
        table = self.table.with_columns(mean_low=mean - error, mean_high=mean + error)
        columns = self._columns("month", "n_ratings", "mean_rating", "sd_rating")
        for column, key in (
            ("mean_low", "column-interval-low"),
            ("mean_high", "column-interval-high"),
        ):
            columns[column] = Column(t(key), lambda value: t.number(value, 3))
        return Chart(
            id="ratings-level",
            title=t(
                "ratings-level-title",
                mean=stars(level.mean, 2),
                half_width=Number(level.half_width, 3),
            ),
            text=[level_sentence(level).text(t)],
            figure=month_lines_figure(self.kept.first_days, lines, self._stars_style(), bands),
            alt=self._alt(),
            table=table,
            columns=columns,
            method=[self._scope(), *self._level_method(level)],
            queries=[COUNTS],
        )

    def _level_method(self, level: MeanLevel) -> list[str]:
        t = self.visit.t
        return [
            t("ratings-level-method"),
            t(
                "ratings-level-steps",
                mean=stars(level.mean, 4),
                sd=Number(level.sd, 4),
                n=level.n_months,
                naive=Number(level.half_width_naive, 4),
                n_weighted=Number(level.n_weighted, 0),
                weighted=Number(level.half_width_weighted, 4),
                r=Number(level.autocorrelation, 2),
                n_autocorrelated=Number(level.n_autocorrelated, 0),
                autocorrelated=Number(level.half_width_autocorrelated, 4),
                n_effective=Number(level.n_effective, 0),
                valid=Number(level.half_width, 4),
            ),
        ]

    def _scope(self) -> str:
        return scope_method(self.visit, self.choices, int(self.kept.n.sum()))

    def _stars_style(self) -> Style:
        return self.visit.style(self.visit.t("ratings-axis-mean"), digits=3)

    def _columns(self, *names: str) -> dict[str, Column]:
        t = self.visit.t
        columns = {
            "month": Column(
                t("ratings-axis-month"),
                lambda month: t.month(date.fromisoformat(f"{month}-01")),
                is_number=False,
            ),
            "n_ratings": Column(t("ratings-column-n"), t.number),
            "mean_rating": Column(t("ratings-axis-mean"), lambda value: t.number(value, 3)),
            "sd_rating": Column(t("ratings-axis-sd"), lambda value: t.number(value, 3)),
        }
        return {name: columns[name] for name in names}

    def _alt(self) -> str:
        t, mean, days = self.visit.t, self.summary.mean, self.kept.first_days
        low, high = int(mean.argmin()), int(mean.argmax())
        return t(
            "ratings-months-alt",
            n=len(mean),
            low=stars(float(mean[low])),
            low_month=t.month(days[low]),
            high=stars(float(mean[high])),
            high_month=t.month(days[high]),
        )


def _shown(correlation: float) -> float:
    """An exact line leaves no residual to correlate, a constant no variance to explain."""
    return correlation if np.isfinite(correlation) else 0.0
