"""Which recipe is reviewed when."""

from dataclasses import dataclass

import numpy as np

from .allocation import adjust_total, power_law_counts, rake
from .population import Population
from .targets import WEEKDAYS, Floats, Ints, assumed, published

FIRST_MONTH = np.datetime64("2000-01")
END = np.datetime64("2018-12-21")  # the day after the last one
N_MONTHS = len(np.arange(FIRST_MONTH, np.datetime64("2019-01")))


@dataclass(frozen=True)
class Slots:
    """One entry per interaction, before anyone is chosen to write it."""

    recipe: Ints
    day: Ints  # days since 1970-01-01

    def __len__(self) -> int:
        return len(self.recipe)

    @property
    def month(self) -> Ints:
        """Months since FIRST_MONTH."""
        return _month_of(self.day)


def build_slots(population: Population, scale: float, rng: np.random.Generator) -> Slots:
    """Every interaction's recipe and day: long-tailed, never before the recipe's submission."""
    counts = _interactions_per_recipe(len(population), scale, rng)
    recipe = np.repeat(np.arange(len(population)), counts)
    submitted_month = np.maximum(_month_of(population.day[recipe]), 0)
    order = np.lexsort((rng.random(len(recipe)), submitted_month))
    month = np.empty(len(recipe), dtype=np.int64)
    month[order] = _months_in_order(np.bincount(submitted_month, minlength=N_MONTHS))
    return Slots(recipe, _days(month, population.day[recipe], rng))


def _month_of(day: Ints) -> Ints:
    months = day.astype("datetime64[D]").astype("datetime64[M]")
    return (months - FIRST_MONTH).astype(np.int64)


def _interactions_per_recipe(size: int, scale: float, rng: np.random.Generator) -> Ints:
    law = assumed()["ratings"]
    shrink = min(1.0, scale ** law["most_reviewed_power"])
    most = max(10, round(published("ext.ratings_per_recipe")["max"] * shrink))
    counts = power_law_counts(1, most, law["offset"], law["exponent"], size)
    total = max(size, round(published("tables.RAW_interactions.rows") * scale))
    counts = adjust_total(counts, total, 1)
    if scale >= 1:
        counts[1] += counts[0] - most
        counts[0] = most
    return rng.permutation(counts)


def monthly_volume() -> Floats:
    """Relative number of interactions per month, 2000-01 to 2018-12.

    The train split's published months, raked to the calendar months published for all ratings.
    """
    series = np.array(list(published("ratings.train.monthly.n_interactions").values()))
    first = N_MONTHS - 1 - len(series)  # the published months end in 2018-11
    volume = np.zeros(N_MONTHS)
    volume[first:-1] = series * (published("ratings.full.clean_rows") / series.sum())
    ramp = np.linspace(1, 3, first)
    volume[:first] = assumed()["ratings"]["early_months"] * ramp / ramp.sum()
    volume[-1] = assumed()["ratings"]["last_month"]
    calendar = np.array(list(published("ratings.full.month.n").values()), dtype=float)
    return rake(volume, [(np.arange(N_MONTHS) % 12, calendar)], rounds=1)


def _months_in_order(rows: Ints) -> Ints:
    """Months of the interactions of recipes submitted in month 0, then 1, and so on.

    `rows` has the number of interactions by month of submission. A table (submitted, reviewed) is
    raked to both margins from a fading interest; it is 0 before the submission.
    """
    settings = assumed()["ratings"]
    lag = np.arange(N_MONTHS)[None, :] - np.arange(N_MONTHS)[:, None]
    interest = settings["lasting_share"] + 1 / (1 + np.maximum(lag, 0) / settings["fade_months"])
    table = np.where(lag >= 0, interest, 0.0)
    volume = monthly_volume()
    volume *= rows.sum() / volume.sum()
    for _ in range(200):
        table *= volume / np.maximum(table.sum(axis=0), 1e-12)
        table *= (rows / np.maximum(table.sum(axis=1), 1e-12))[:, None]
    cumulated = np.cumsum(table.ravel())
    cumulated *= rows.sum() / cumulated[-1]
    place = np.searchsorted(cumulated, np.arange(rows.sum()) + 0.5)
    row = np.repeat(np.arange(N_MONTHS), rows)
    return np.maximum(np.minimum(place, row * N_MONTHS + N_MONTHS - 1) - row * N_MONTHS, row)


def _days(month: Ints, submitted: Ints, rng: np.random.Generator) -> Ints:
    """A day of the month, not before the submission, by the published volume per weekday."""
    first = FIRST_MONTH.astype("datetime64[D]").astype(np.int64)
    days = np.arange(first, END.astype("datetime64[D]").astype(np.int64))
    weekday_volume = published("ratings.train.weekday.n")
    weights = np.array([weekday_volume[name] for name in WEEKDAYS], dtype=float)[(days + 3) % 7]
    before = np.concatenate(([0.0], np.cumsum(weights)))
    month_start = np.searchsorted(_month_of(days), np.arange(N_MONTHS + 1))
    low = before[np.maximum(month_start[month], submitted - first)]
    high = before[month_start[month + 1]]
    drawn = np.searchsorted(before, low + rng.random(len(month)) * (high - low), side="right") - 1
    return np.asarray(days[np.clip(drawn, 0, len(days) - 1)])
