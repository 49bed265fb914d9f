import pandas as pd
import pytest
from scipy import stats

from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.analyse_ratings import seasons
from mangetamain_analytics.visualization.analyse_ratings.counts import Choices, all_counts
from mangetamain_analytics.visualization.page import Years

SEASONS = ["Winter", "Spring", "Summer", "Autumn"]


@pytest.fixture
def charts(demo_visit, choices, by_id):
    ratings = all_counts(demo_visit, train_only=choices.train_only).within(choices.years)
    return by_id(*seasons.analyse(demo_visit, choices, ratings))


def words(text):
    return text.replace("\u00a0", " ").replace("−", "-")


# R4


def test_ratings_users_and_recipes_are_counted_by_season(charts, rows, choices):
    table, by_season = charts["ratings-seasons"].table, rows.chosen(choices).groupby("season")
    assert table["season"].to_list() == SEASONS
    assert table["n_ratings"].to_list() == by_season.size()[SEASONS].tolist()
    assert table["n_users"].to_list() == by_season["user_id"].nunique()[SEASONS].tolist()
    assert table["n_recipes"].to_list() == by_season["recipe_id"].nunique()[SEASONS].tolist()
    drawn = [list(trace.y) for trace in charts["ratings-seasons"].figure.data]
    assert drawn == [table[name].to_list() for name in ("n_ratings", "n_users", "n_recipes")]
    ratio = table["n_ratings"].max() / table["n_ratings"].min()
    assert f" {ratio:.3f} times " in charts["ratings-seasons"].text[1]


def test_the_volume_is_compared_with_the_days_of_each_year(charts, rows, choices):
    ratings = rows.chosen(choices)
    first, last = pd.to_datetime(rows.ratings["date"]).agg(["min", "max"])
    days = pd.Series(pd.date_range(max(first, pd.Timestamp(choices.years.first, 1, 1)), last))
    days = days[days.dt.year <= choices.years.last]
    season = days.dt.month.map(
        lambda month: SEASONS[0 if month == 12 else month // 3] if month % 12 else "Winter"
    )
    n_days = pd.crosstab(days.dt.year, season)[SEASONS]
    n = ratings.groupby("year").size().reindex(n_days.index, fill_value=0)
    expected = n_days.div(n_days.sum(axis=1), axis=0).mul(n, axis=0).sum()
    observed = ratings.groupby("season").size()[SEASONS]
    deviation = 100 * (observed / expected - 1)
    text = words(charts["ratings-seasons"].text[0])
    assert f"{deviation.max():+.1f}% in {deviation.idxmax().lower()}" in text
    assert f"{deviation.min():+.1f}% in {deviation.idxmin().lower()}" in text


def test_a_user_counts_once_in_the_chosen_years(visit):
    """User 1 rates in summer 2002 and winter 2004, user 2 in 2001, 2002, 2003 and 2004."""
    view = visit()
    frame = seasons.reach_query(train_only=False).run(view.data)
    winter, spring, summer, autumn = seasons.reach(frame, "users", Years(2001, 2004))
    assert (winter, spring, summer, autumn) == (3, 3, 4, 0)
    assert seasons.reach(frame, "users", Years(2004, 2004)).tolist() == [2, 0, 0, 0]
    assert seasons.reach(frame, "recipes", Years(2002, 2003)).tolist() == [2, 0, 3, 0]
    in_train = seasons.reach_query(train_only=True).run(view.data)
    assert seasons.reach(in_train, "users", Years(2001, 2004)).tolist() == [2, 2, 2, 0]


# R5


def test_the_dashboard_is_that_of_the_single_ratings(charts, rows, choices, clustered):
    table, ratings = charts["ratings-dashboard"].table, rows.chosen(choices)
    for row in table.iter_rows(named=True):
        group = ratings[ratings["season"] == row["season"]]
        rating = group["rating"]
        assert row["n_ratings"] == len(group)
        assert row["mean_rating"] == pytest.approx(rating.mean())
        assert row["sd_rating"] == pytest.approx(rating.std())
        assert row["share_of_five"] == pytest.approx((rating == 5).mean())
        assert row["share_of_two_or_less"] == pytest.approx((rating <= 2).mean())
        for name, values in (
            ("mean", rating),
            ("share_of_five", rating == 5),
            ("share_of_two_or_less", rating <= 2),
        ):
            low, high = clustered(group, values).conf_int()[0]
            assert (row[f"{name}_low"], row[f"{name}_high"]) == pytest.approx((low, high))


def test_the_dashboard_draws_its_table_in_the_colours_of_the_seasons(charts):
    chart = charts["ratings-dashboard"]
    mean, five, low, sd, n = chart.figure.data
    table = chart.table
    assert list(mean.y) == pytest.approx(table["mean_rating"].to_list(), abs=1e-4)
    assert list(five.y) == pytest.approx((100 * table["share_of_five"]).to_list(), abs=1e-4)
    assert list(low.y) == pytest.approx((100 * table["share_of_two_or_less"]).to_list(), abs=1e-4)
    assert list(sd.y) == pytest.approx(table["sd_rating"].to_list(), abs=1e-4)
    assert list(n.y) == table["n_ratings"].to_list()
    top = [v + e for v, e in zip(mean.y, mean.error_y.array, strict=True)]
    assert top == pytest.approx(table["mean_high"].to_list(), abs=2e-4)
    colors = ColorTheme.get_seasonal_colors("dark")
    assert list(mean.marker.color) == [colors[season] for season in SEASONS]
    assert len({trace.yaxis for trace in chart.figure.data}) == 5


def test_the_test_of_the_seasons_is_that_of_scipy(charts, rows, choices):
    chart, ratings = charts["ratings-dashboard"], rows.chosen(choices)
    test = stats.kruskal(*(group for _, group in ratings.groupby("season")["rating"]))
    text = words(chart.text[0])
    p = f"p = {test.pvalue:.3f}" if test.pvalue >= 0.001 else "p < 0.001"
    assert f"over {len(ratings):,} ratings: {p}" in text
    effect = test.statistic / (len(ratings) - 1)
    assert (f"ε² = {effect:.4f}" if effect >= 0.0001 else "ε² < 0.0001") in text
    means = ratings.groupby("season")["rating"].mean()
    assert f"{means.max():.3f} stars in {means.idxmax().lower()}" in text
    assert f"{means.min():.3f} stars in {means.idxmin().lower()}" in text
    is_small = means.max() - means.min() < 0.1
    if test.pvalue >= 0.05:
        assert chart.verdict is Verdict.NO_EVIDENCE
    else:
        assert chart.verdict is (Verdict.NEGLIGIBLE if is_small else Verdict.DIFFERENCE)


def test_months_of_the_year_join_all_years(charts, rows, choices, clustered):
    chart, ratings = charts["ratings-calendar-months"], rows.chosen(choices)
    table = chart.table
    # Drawn without a test: no month is named as a finding.
    assert (chart.title, chart.verdict) == ("Mean rating of each calendar month", None)
    assert table["month"].to_list() == list(range(1, 13))
    for row in table.iter_rows(named=True):
        group = ratings[ratings["month"] == row["month"]]
        low, high = clustered(group, group["rating"]).conf_int()[0]
        assert (row["n_ratings"], row["mean_rating"]) == (
            len(group),
            pytest.approx(group["rating"].mean()),
        )
        assert (row["mean_low"], row["mean_high"]) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("language", "labels"),
    [("en", SEASONS), ("fr", ["Hiver", "Printemps", "Été", "Automne"])],
)
def test_seasons_are_read_in_the_language_of_the_visitor_and_downloaded_in_english(
    visit, demo, by_id, language, labels
):
    view, choices = visit(language, data=demo), Choices(Years(2000, 2018), False, 20)
    ratings = all_counts(view, train_only=False).within(choices.years)
    shown = by_id(*seasons.analyse(view, choices, ratings))
    for name in ("ratings-seasons", "ratings-dashboard"):
        table, column = shown[name].table, shown[name].columns["season"]
        assert table["season"].to_list() == SEASONS
        assert [column.write(season) for season in SEASONS] == labels
        assert list(shown[name].figure.data[0].x) == labels
        assert all(f"{label} " in shown[name].alt for label in labels)


@pytest.mark.parametrize(("language", "name"), [("en", "January"), ("fr", "janvier")])
def test_months_of_the_year_are_read_by_name(visit, demo, by_id, language, name):
    view, choices = visit(language, data=demo), Choices(Years(2000, 2018), False, 20)
    shown = by_id(*seasons.analyse(view, choices, all_counts(view, train_only=False)))
    chart = shown["ratings-calendar-months"]
    assert chart.columns["month"].write(chart.table["month"][0]) == name


# Selections that hold little.


def test_seasons_with_few_ratings_are_not_compared(visit):
    view, choices = visit(), Choices(Years(2001, 2004), False, 100)
    volume, dashboard = seasons.analyse(view, choices, all_counts(view, train_only=False))
    assert volume.charts[0].table["n_ratings"].to_list() == [6, 3, 6, 0]
    assert len(volume.charts[0].text) == 1  # no ratio to a season without a rating
    assert dashboard.charts == [] and "each group needs 30" in dashboard.note


def test_a_season_without_a_day_is_not_compared_with_the_calendar(visit, edited_snapshot):
    """The ratings of 2002 end on 1 July: autumn has neither days nor ratings."""
    view = visit(data=edited_snapshot("delete from interactions where year > 2002"))
    choices = Choices(Years(2002, 2002), False, 100)
    ratings = all_counts(view, train_only=False).within(choices.years)
    (chart,) = seasons.analyse(view, choices, ratings)[0].charts
    assert chart.table.select("season", "n_ratings", "n_users").rows() == [
        ("Winter", 0, 0),
        ("Spring", 0, 0),
        ("Summer", 6, 4),
    ]
    colors = ColorTheme.get_seasonal_colors("dark")
    assert list(chart.figure.data[0].marker.color) == [colors[name] for name in SEASONS[:3]]


def test_a_single_season_has_nothing_to_be_compared_with(visit, edited_snapshot):
    view = visit(data=edited_snapshot("delete from interactions where year < 2004"))
    choices = Choices(Years(2004, 2004), False, 100)
    volume, _ = seasons.analyse(view, choices, all_counts(view, train_only=False))
    assert volume.charts == [] and "each group needs 30" in volume.note
