import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.visualization.analyse_weekend.volume import analyse
from mangetamain_analytics.visualization.page import Years


@pytest.mark.parametrize("year", [2003, 2007, 2010])
def test_days_and_kinds_of_day_are_corrected_for_each_other(
    visit, demo_snapshot, demo_recipes, year
):
    """Of one year there are no waves: the test is Pearson's, against the days of the year."""
    days = pd.date_range(f"{year}-01-01", f"{year}-12-31").day_of_week
    n_days = pd.Series(days).value_counts().sort_index()
    of_year = demo_recipes[demo_recipes["year"] == year]
    n_recipes = of_year.groupby("weekday").size().reindex(range(1, 8), fill_value=0)
    expected = (len(of_year) * n_days / n_days.sum()).to_numpy()
    by_day = stats.chisquare(n_recipes.to_numpy(), expected)
    by_kind = stats.chisquare(
        [n_recipes.iloc[:5].sum(), n_recipes.iloc[5:].sum()],
        [expected[:5].sum(), expected[5:].sum()],
    )
    adjusted = multipletests([by_day.pvalue, by_kind.pvalue], method="holm")[1]

    charts = {c.id: c for c in analyse(visit(data=demo_snapshot), Years(year, year)).charts}

    found = [charts[f"weekend-{part}"].evidence.p_adjusted for part in ("volume", "day-types")]
    assert found == pytest.approx(adjusted)
    assert charts["weekend-deviation"].evidence == charts["weekend-volume"].evidence
    for chart in charts.values():
        assert "tests of this analysis (2): adjusted" in " ".join(chart.method)
