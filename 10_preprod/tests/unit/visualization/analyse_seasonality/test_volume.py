import calendar

import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.visualization.analyse_seasonality.volume import analyse, month_axis
from mangetamain_analytics.visualization.page import Years


def test_each_month_has_the_colour_of_its_season(visit):
    seasons = ColorTheme.get_seasonal_colors("dark")

    by_month = dict(zip(month_axis(visit()).ticks, month_axis(visit()).colors, strict=True))

    assert by_month == {
        **dict.fromkeys(("Dec", "Jan", "Feb"), seasons["Winter"]),
        **dict.fromkeys(("Mar", "Apr", "May"), seasons["Spring"]),
        **dict.fromkeys(("Jun", "Jul", "Aug"), seasons["Summer"]),
        **dict.fromkeys(("Sep", "Oct", "Nov"), seasons["Autumn"]),
    }


@pytest.mark.parametrize("year", [2003, 2007, 2010])
def test_seasons_and_months_are_corrected_for_each_other(visit, demo_snapshot, demo_recipes, year):
    """Of one year there are no waves: the test is Pearson's, against the days of the year."""
    n_days = [calendar.monthrange(year, month)[1] for month in range(1, 13)]
    of_year = demo_recipes[demo_recipes["year"] == year]
    n_recipes = of_year.groupby("month").size().reindex(range(1, 13), fill_value=0).tolist()
    expected = [len(of_year) * days / sum(n_days) for days in n_days]
    groups = [[month] for month in range(12)], [[11, 0, 1], [2, 3, 4], [5, 6, 7], [8, 9, 10]]
    months, seasons = (
        stats.chisquare(
            [sum(n_recipes[month] for month in group) for group in of],
            [sum(expected[month] for month in group) for group in of],
        ).pvalue
        for of in groups
    )
    adjusted = multipletests([seasons, months], method="holm")[1]

    charts = analyse(visit(data=demo_snapshot), Years(year, year)).charts

    found = [charts[0].evidence.p_adjusted, charts[2].evidence.p_adjusted]
    assert found == pytest.approx(adjusted)
    assert all("tests of this analysis (2): adjusted" in " ".join(c.method) for c in charts)
