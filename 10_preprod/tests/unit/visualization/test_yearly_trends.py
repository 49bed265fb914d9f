import polars as pl
import pytest
from statsmodels.stats.multitest import multipletests

from mangetamain_analytics.utils.i18n import translator
from mangetamain_analytics.utils.insights import MEDIAN_MINUTES, STEPS, Verdict
from mangetamain_analytics.visualization.page import Query
from mangetamain_analytics.visualization.yearly_trends import (
    YearlyMetric,
    fit_metrics,
    metric_chart,
    trend_method,
    year_columns,
    yearly_alt,
)

YEARS = [2001, 2002, 2003, 2004, 2006, 2007]
RECIPES = [10, 400, 300, 30, 20, 5]
# Each year weighs differently: 2001 and 2007 pull an unweighted line the other way.
TABLE = {
    "year": YEARS,
    "n_recipes": RECIPES,
    "mean_n_steps": [8.0, 8.0, 8.5, 9.0, 9.75, 5.0],
    "median_minutes": [40.0, 30.0, 35.0, 32.0, 33.0, 31.0],
}
STEPS_YEARLY = YearlyMetric("mean_n_steps", STEPS, axis_key="axis-steps")
MEDIAN_YEARLY = YearlyMetric("median_minutes", MEDIAN_MINUTES, axis_key="axis-median-minutes")
BOTH = (STEPS_YEARLY, MEDIAN_YEARLY)


@pytest.fixture
def frame():
    return pl.DataFrame(TABLE)


@pytest.fixture
def references(reference):
    return [reference(YEARS, TABLE[yearly.column], RECIPES) for yearly in BOTH]


def test_trends_weigh_years_by_their_recipes(frame, references):
    for fitted, expected in zip(fit_metrics(frame, BOTH), references, strict=True):
        assert fitted.trend.slope == pytest.approx(expected.slope)
        assert fitted.trend.slope_low == pytest.approx(expected.low)
        assert fitted.trend.slope_high == pytest.approx(expected.high)
        assert fitted.trend.p_value == pytest.approx(expected.p)
        assert expected.slope != pytest.approx(expected.unweighted_slope, rel=0.5)


def test_metrics_judged_together_are_corrected_together(frame, references):
    expected = multipletests([one.p for one in references], method="holm")[1]
    fitted = fit_metrics(frame, BOTH)
    assert [one.p_adjusted for one in fitted] == pytest.approx(expected)
    assert [one.n_tests for one in fitted] == [2, 2]
    (alone,) = fit_metrics(frame, BOTH[:1])
    assert (alone.p_adjusted, alone.n_tests) == (pytest.approx(references[0].p), 1)


def test_the_robust_companion_reads_the_same_years_without_weights(frame, references):
    for fitted, expected in zip(fit_metrics(frame, BOTH), references, strict=True):
        assert fitted.mann_kendall.p_value == pytest.approx(expected.p_mann_kendall)
        assert fitted.mann_kendall.tau == pytest.approx(expected.tau)
        # 2005 is missing: a slope per row would differ from the slope per year.
        assert fitted.mann_kendall.sen_slope == pytest.approx(expected.sen)


def test_the_method_tells_every_number_behind_the_verdict(frame, references, write_p):
    holm = multipletests([one.p for one in references], method="holm")[1]
    for fitted, expected, p_adjusted in zip(
        fit_metrics(frame, BOTH), references, holm, strict=True
    ):
        text = " ".join(trend_method(translator("en"), fitted))
        for number in expected.written(digits=2):
            assert number in text
        assert f"(2): adjusted {write_p(p_adjusted)}." in text


def test_the_method_warns_of_neighbouring_years_that_err_together(reference):
    years = list(range(2000, 2020))
    waves = [10 + 3 * ((year // 5) % 2) + 0.01 * (year % 3) for year in years]
    frame = pl.DataFrame({"year": years, "n_recipes": [1] * 20, "mean_n_steps": waves})
    (fitted,) = fit_metrics(frame, [STEPS_YEARLY])
    assert "**Caveat.**" in " ".join(trend_method(translator("en"), fitted))
    alternating = frame.with_columns(mean_n_steps=pl.col("year") % 2 + pl.col("year") % 3 * 0.5)
    (steady,) = fit_metrics(alternating.head(5), [STEPS_YEARLY])
    assert "**Caveat.**" not in " ".join(trend_method(translator("en"), steady))


@pytest.mark.parametrize("n_years", [1, 2, 3])
def test_too_few_years_get_no_trend_and_no_verdict(frame, n_years):
    for fitted in fit_metrics(frame.head(n_years), BOTH):
        assert (fitted.trend, fitted.mann_kendall) == (None, None)
        assert fitted.insight.verdict is Verdict.TOO_LITTLE_DATA
        (sentence,) = trend_method(translator("en"), fitted)
        assert sentence.startswith("**No trend.** Fewer than 4 years")


@pytest.mark.parametrize(
    ("language", "method"),
    [
        ("en", "**No trend.** The value is the same in all 6 years."),
        ("fr", "**Pas de tendance.** La valeur est la même pendant les 6 années."),
    ],
)
def test_a_value_that_never_changes_has_no_trend(frame, language, method):
    constant = frame.with_columns(mean_n_steps=pl.lit(7.0))
    (fitted,) = fit_metrics(constant, [STEPS_YEARLY])
    assert [text.replace("\u00a0", " ") for text in trend_method(translator(language), fitted)] == [
        method
    ]
    assert fitted.insight.verdict is Verdict.NO_EVIDENCE


def test_a_chart_draws_its_own_column_with_its_trend(visit, frame, references):
    t_visit = visit("en")
    query = Query("trends_complexity", {"first_year": 2001, "last_year": 2007})
    for fitted, expected in zip(fit_metrics(frame, BOTH), references, strict=True):
        chart = metric_chart(t_visit, "x", frame, fitted, query, "**Definition.** Words.")
        observed, line = chart.figure.data
        assert list(observed.x) == YEARS
        assert list(observed.y) == expected.values
        assert list(line.y) == pytest.approx(expected.ends)
        column = fitted.yearly.column
        assert chart.table.columns == list(chart.columns) == ["year", "n_recipes", column]
        assert chart.table[column].to_list() == expected.values
        assert chart.verdict is fitted.insight.verdict
        assert chart.method[0] == "**Definition.** Words."
        assert chart.queries == [query]


def test_the_title_is_the_finding_and_the_text_its_evidence(visit, frame, reference):
    rising = [7.0, 8.0, 9.1, 10.0, 11.9, 13.0]
    expected = reference(YEARS, rising, RECIPES)
    steps = frame.with_columns(mean_n_steps=pl.Series(rising))
    (fitted,) = fit_metrics(steps, [STEPS_YEARLY])
    chart = metric_chart(visit("en"), "x", steps, fitted, Query("trends_complexity", {}), "")
    title = f"The mean number of steps rises: +{expected.slope:.2f} steps per year (2001–2007)"
    assert chart.title.replace("\u00a0", " ") == title
    assert chart.verdict is Verdict.RISE
    (sentence,) = chart.text
    assert f"+{expected.slope:.2f}\u00a0steps per year" in sentence
    assert "adjusted p\u00a0<\u00a00.001" in sentence


def test_a_verdict_rests_on_the_corrected_p_value(frame, reference):
    doubtful = [7.2, 7.4, 9.8, 10.2, 10.8, 12.1]
    assert 0.025 < reference(YEARS, doubtful, RECIPES).p < 0.05
    steps = frame.with_columns(mean_n_steps=pl.Series(doubtful))
    (alone,) = fit_metrics(steps, [STEPS_YEARLY])
    assert alone.insight.verdict is Verdict.RISE
    together, _ = fit_metrics(steps, BOTH)
    assert together.insight.verdict is Verdict.NO_EVIDENCE


@pytest.mark.parametrize(
    ("language", "axis", "value"),
    [("en", "Mean number of steps", "9.75"), ("fr", "Nombre moyen d’étapes", "9,75")],
)
def test_a_chart_speaks_the_visitors_language(visit, frame, language, axis, value):
    (fitted,) = fit_metrics(frame, [STEPS_YEARLY])
    chart = metric_chart(visit(language), "x", frame, fitted, Query("trends_complexity", {}), "")
    assert chart.figure.layout.yaxis.title.text == axis
    assert chart.columns["mean_n_steps"].title == axis
    assert chart.columns["mean_n_steps"].write(9.75) == value
    assert chart.alt.startswith(axis)


def test_words_for_a_line_name_its_ends_its_low_and_its_high():
    values = TABLE["mean_n_steps"]
    assert yearly_alt(translator("en"), "Steps", YEARS, values, 1) == (
        "Steps: 8.0 in 2001, 5.0 in 2007; lowest 5.0 in 2007, highest 9.8 in 2006."
    )
    assert yearly_alt(translator("fr"), "Étapes", YEARS, [1234.5, *values[1:]], 1) == (
        "Étapes\u00a0: 1\u202f234,5 en 2001, 5,0 en 2007\u00a0; minimum 5,0 en 2007,"
        " maximum 1\u202f234,5 en 2001."
    )


def test_years_are_never_grouped_and_recipes_are():
    columns = year_columns(translator("en"))
    assert (columns["year"].write(2001), columns["year"].is_number) == ("2001", False)
    assert columns["n_recipes"].write(25734) == "25,734"


def test_a_year_without_values_is_left_out_of_its_metric_alone(visit, reference):
    steps = [8.0, None, 8.5, 9.0, 9.75, 5.0]
    frame = pl.DataFrame(TABLE | {"mean_n_steps": steps})
    fitted, untouched = fit_metrics(frame, BOTH)
    kept = [i for i, value in enumerate(steps) if value is not None]
    expected = reference(
        [YEARS[i] for i in kept], [steps[i] for i in kept], [RECIPES[i] for i in kept]
    )
    assert fitted.trend.slope == pytest.approx(expected.slope)
    assert untouched.trend.n == 6
    chart = metric_chart(visit(), "x", frame, fitted, Query("data_period", {}), "")
    assert list(chart.figure.data[0].x) == [2001, 2003, 2004, 2006, 2007]
    assert chart.table["year"].to_list() == [2001, 2003, 2004, 2006, 2007]
