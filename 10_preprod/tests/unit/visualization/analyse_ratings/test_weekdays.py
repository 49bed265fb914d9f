import re

import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.visualization.analyse_ratings import weekdays
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices, all_counts
from mangetamain_analytics.visualization.page import Years

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.fixture
def charts(demo_visit, choices, by_id):
    ratings = all_counts(demo_visit, train_only=choices.train_only).within(choices.years)
    return by_id(weekdays.analyse(demo_visit, choices, ratings))


def words(text):
    return text.replace("\u00a0", " ").replace("−", "-")


def p_value(p):
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p <= 0.999 else "p > 0.999"


def p_of(method):
    """The p-value that a method tells, three digits of it."""
    found = re.search(r"p ([=<>]) (0\.\d+)", words(method))
    return {"=": float(found[2]), "<": 0.0, ">": 1.0}[found[1]]


def test_the_means_of_weekdays_are_those_of_the_single_ratings(charts, rows, choices, clustered):
    chart, ratings = charts["ratings-weekdays"], rows.chosen(choices)
    assert chart.table["weekday"].to_list() == DAYS
    for number, row in enumerate(chart.table.iter_rows(named=True), start=1):
        group = ratings[ratings["weekday"] == number]
        low, high = clustered(group, group["rating"]).conf_int()[0]
        assert row["n_ratings"] == len(group)
        assert row["mean_rating"] == pytest.approx(group["rating"].mean())
        assert row["share_of_five"] == pytest.approx((group["rating"] == 5).mean())
        assert (row["mean_low"], row["mean_high"]) == pytest.approx((low, high))
    (points,) = chart.figure.data
    assert list(points.y) == pytest.approx(chart.table["mean_rating"].to_list())
    assert list(points.x) == [day[:3] for day in DAYS]  # short enough for a phone
    assert points.marker.color[5] == points.marker.color[6] != points.marker.color[0]


def test_weekdays_are_read_in_french_and_downloaded_in_english(visit, demo, by_id):
    view, choices = visit("fr", data=demo), Choices(Years(2000, 2018), False, 20)
    ratings = all_counts(view, train_only=False).within(choices.years)
    for chart in by_id(weekdays.analyse(view, choices, ratings)).values():
        assert chart.table["weekday"].to_list() == DAYS
        assert chart.columns["weekday"].write("Monday") == "Lundi"
        assert list(chart.figure.data[0].x)[0] == "lun."
        assert "Lundi " in chart.alt


def test_the_weekend_is_compared_with_clusters_and_by_ranks(charts, rows, choices, clustered):
    ratings = rows.chosen(choices)
    fit = clustered(ratings, ratings["rating"], ratings["is_weekend"])
    low, high = fit.conf_int()[1]
    weekend, weekday = (
        ratings.loc[ratings["is_weekend"] == side, "rating"] for side in (True, False)
    )
    test = stats.mannwhitneyu(weekend, weekday, method="asymptotic")
    delta = 2 * test.statistic / (len(weekend) * len(weekday)) - 1
    by_day = [group["rating"] for _, group in ratings.groupby("weekday")]
    volume = charts["ratings-weekdays-volume"]
    raw = [p_of(volume.method[1]), stats.kruskal(*by_day).pvalue, fit.pvalues[1]]
    adjusted = multipletests(raw, method="holm")[1]
    text = words(charts["ratings-weekdays"].text[1])
    assert f"{fit.params[1]:+.3f} star" in text
    assert f"(95% CI {low:.3f} to {high:.3f}, {p_value(adjusted[2])}" in text
    assert charts["ratings-weekdays"].evidence.p_adjusted == pytest.approx(adjusted[1])
    assert volume.evidence.p_adjusted == pytest.approx(adjusted[0], abs=1e-3)
    for chart, p in ((volume, adjusted[0]), (charts["ratings-weekdays"], adjusted[1])):
        assert f"of this analysis (3): adjusted {p_value(p)}." in words(" ".join(chart.method))
    assert f"Mann–Whitney {p_value(test.pvalue)}, Cliff’s δ = {delta:+.3f}" in text


def test_the_number_of_ratings_is_per_day_of_the_calendar(charts, rows, choices):
    chart, ratings = charts["ratings-weekdays-volume"], rows.chosen(choices)
    dates = pd.to_datetime(rows.ratings["date"])
    days = pd.Series(pd.date_range(dates.min(), dates.max()))
    days = days[days.dt.year.between(choices.years.first, choices.years.last)]
    n_days = days.dt.day_of_week.value_counts().sort_index().to_numpy()
    n = ratings["weekday"].value_counts().sort_index().to_numpy()
    assert chart.table["n_days"].to_list() == n_days.tolist()
    assert chart.table["n_ratings"].to_list() == n.tolist()
    per_day = n / n_days
    assert list(chart.figure.data[0].y) == pytest.approx(per_day)
    rates = [n[5:].sum() / n_days[5:].sum(), n[:5].sum() / n_days[:5].sum()]
    text = words(chart.text[1])
    assert f"holds {100 * ratings['is_weekend'].mean():.1f}% of the ratings" in text
    assert f"{rates[0]:.1f} a day, against {rates[1]:.1f} on a weekday" in text
    assert f"({100 * (rates[0] / rates[1] - 1):+.1f}%, weekday as the base)" in text


def test_weekdays_with_few_ratings_are_counted_but_not_compared(visit):
    view, choices = visit(), Choices(Years(2001, 2004), False, 100)
    analysis = weekdays.analyse(view, choices, all_counts(view, train_only=False))
    assert [chart.id for chart in analysis.charts] == ["ratings-weekdays-volume"]
    assert "each group needs 30" in analysis.note
    one_day = Choices(Years(2001, 2001), True, 100)  # two ratings, both on a Saturday
    ratings = all_counts(view, train_only=True).within(one_day.years)
    (chart,) = weekdays.analyse(view, one_day, ratings).charts
    assert chart.table["n_ratings"].to_list() == [0, 0, 0, 0, 0, 2, 0]
    assert len(chart.text) == 1


def test_a_weekday_that_the_ratings_do_not_cover_is_left_out(visit, edited_snapshot):
    """Two ratings on 30 December 2003, a Tuesday, and two on the day after."""
    data = edited_snapshot("delete from interactions where year <> 2003")
    view, choices = visit(data=data), Choices(Years(2003, 2003), False, 100)
    (chart,) = weekdays.analyse(view, choices, all_counts(view, train_only=False)).charts
    assert chart.table.select("weekday", "n_ratings", "n_days", "ratings_per_day").rows() == [
        ("Tuesday", 2, 1, 2.0),
        ("Wednesday", 2, 1, 2.0),
    ]
    assert list(chart.figure.data[0].x) == ["Tue", "Wed"]
