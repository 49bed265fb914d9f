from datetime import date

import numpy as np
import polars as pl
import pytest

from mangetamain_analytics.visualization.analyse_ratings.counts import (
    KeptMonths,
    RatingCounts,
    all_counts,
    by_year,
    days_of,
    is_large,
    weekdays,
    years_and_months,
)
from mangetamain_analytics.visualization.page import Years


def single(ratings, condition=lambda rating: True):
    """Stars of the ratings that meet a condition, in order."""
    return sorted(rating.rating for rating in ratings if condition(rating))


def stars(counts):
    """Stars of a table of counts, whatever its other axes."""
    return sorted(np.repeat(np.arange(1, 6), np.asarray(counts).reshape(-1, 5).sum(axis=0)))


def test_every_rating_is_counted_in_its_month_weekday_and_star(visit, small_ratings):
    counts = all_counts(visit(), train_only=False)
    first = 12 * 2001 + 2  # March 2001
    assert counts.months.tolist() == list(range(first, 12 * 2004 + 2))
    for rating in small_ratings:
        month = 12 * rating.date.year + rating.date.month - 1 - first
        assert counts.counts[month, rating.date.weekday(), rating.rating - 1] > 0
    assert counts.total == len(small_ratings)
    assert stars(counts.by_star) == single(small_ratings)


def test_the_train_split_holds_its_own_ratings_only(visit, small_ratings):
    counts = all_counts(visit(), train_only=True)
    assert stars(counts.counts) == single(small_ratings, lambda r: r.in_train)


@pytest.mark.parametrize("years", [(2001, 2001), (2002, 2003), (2004, 2004)])
def test_years_choose_their_months(visit, small_ratings, years):
    counts = all_counts(visit(), train_only=False).within(Years(*years))
    expected = single(small_ratings, lambda r: years[0] <= r.date.year <= years[1])
    assert stars(counts.counts) == expected


def test_seasons_weekdays_and_weekend_share_the_ratings_out(visit, small_ratings):
    counts = all_counts(visit(), train_only=False)
    winter, spring, summer, autumn = map(stars, counts.by_season)
    assert winter == single(small_ratings, lambda r: r.date.month in (12, 1, 2))
    assert spring == single(small_ratings, lambda r: r.date.month in (3, 4, 5))
    assert summer == single(small_ratings, lambda r: r.date.month in (6, 7, 8))
    assert autumn == []
    for month, of_month in enumerate(counts.by_calendar_month, start=1):
        assert stars(of_month) == single(small_ratings, lambda r, m=month: r.date.month == m)
    for weekday, of_weekday in enumerate(counts.by_weekday):
        expected = single(small_ratings, lambda r, w=weekday: r.date.weekday() == w)
        assert stars(of_weekday) == expected
    weekday, weekend = map(stars, counts.weekdays_and_weekend)
    assert weekday == single(small_ratings, lambda r: r.date.weekday() < 5)
    assert weekend == single(small_ratings, lambda r: r.date.weekday() >= 5)


def test_a_month_exactly_at_the_threshold_is_kept(visit):
    counts = all_counts(visit(), train_only=False)
    kept = KeptMonths.of(counts, 4)
    assert kept.first_days == [date(2002, 6, 1), date(2003, 12, 1)]
    assert kept.n.tolist() == [5, 4]
    assert kept.span == 18
    assert len(KeptMonths.of(counts, 6).months) == 0
    assert len(KeptMonths.of(counts, 0).months) == 5  # a month without a rating has no mean


def test_data_without_a_rating_have_no_month():
    empty = RatingCounts.of(pl.DataFrame({"year": []}))
    assert empty.total == 0 and KeptMonths.of(empty, 1).span == 0


def test_days_are_those_between_the_first_and_the_last_rating(visit):
    days = days_of(visit(), Years(2001, 2002))
    assert (str(days[0]), str(days[-1]), len(days)) == ("2001-03-03", "2002-12-31", 669)
    assert str(days_of(visit(), Years(2003, 2018))[-1]) == "2004-02-29"


def test_days_know_their_year_month_and_weekday():
    days = np.arange(np.datetime64("1999-12-20"), np.datetime64("2004-03-05"))
    years, months = years_and_months(days)
    known = [day.item() for day in days]
    assert years.tolist() == [day.year for day in known]
    assert months.tolist() == [day.month - 1 for day in known]
    assert weekdays(days).tolist() == [day.weekday() for day in known]


def test_sums_by_year_leave_no_year_out():
    table = by_year(np.array([2001, 2003, 2003]), np.array([0, 1, 1]), np.array([4, 5, 6]), 2)
    assert table.tolist() == [[4, 0], [0, 0], [0, 11]]


def test_a_group_is_large_from_thirty_ratings_in_two_months():
    counts = np.zeros((4, 3, 5), dtype=int)
    counts[0, :2, 4] = [29, 1]
    counts[1, :2, 4] = [28, 1]
    counts[2, 0, 4] = 500
    assert is_large(counts).tolist() == [True, False, False, False]
