"""How many recipes of each kind, and the day each was submitted."""

from dataclasses import dataclass

import numpy as np

from .allocation import rake, systematic_counts, whole_shares
from .targets import YEARS, Floats, Ints, assumed, by_season, by_year, clean_rows, published

# Even a small demo keeps every year on the page.
LEAST_RECIPES_PER_YEAR = 5
# Submissions come in bursts: shape of the gamma noise of a day's intensity.
DAILY_BURST_SHAPE = 2.0

CLEAN, ABSURD_MINUTES, OUT_OF_BOUNDS, NO_NAME = range(4)


@dataclass(frozen=True)
class Population:
    """One entry per recipe: `kind` says which cleaning rule will remove it, if any."""

    kind: Ints
    day: Ints  # days since 1970-01-01
    year: Ints  # 0 is 1999
    season: Ints  # index in SEASONS
    weekend: Ints  # 0 or 1

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def cell(self) -> Ints:
        """Year, season and weekend in one number (0 to 159)."""
        return (self.year * 4 + self.season) * 2 + self.weekend


def clean_recipes_per_year(scale: float) -> Ints:
    """Recipes that the cleaning will keep, per year 1999 to 2018, at least five."""
    series = by_year("trends.volume.per_year")
    scaled = whole_shares(series, max(1, round(clean_rows() * scale)))
    return np.maximum(scaled, LEAST_RECIPES_PER_YEAR)


def build_population(scale: float, rng: np.random.Generator) -> Population:
    """Every recipe's kind and submission day, ordered by kind then day."""
    per_year = clean_recipes_per_year(scale)
    sizes = {
        CLEAN: int(per_year.sum()),
        ABSURD_MINUTES: max(3, round(published("recipes.clean.step2.minutes_removed") * scale)),
        OUT_OF_BOUNDS: max(6, round(published("recipes.clean.step2b.outliers_removed") * scale)),
        NO_NAME: int(published("recipes.clean.step4_7.null_removed")),
    }
    intensity = daily_intensity(per_year, rng)
    clean_days = _draw_days(intensity, rng)
    other_days = [
        _draw_days(intensity * (size / intensity.sum()), rng, size)
        for kind, size in sizes.items()
        if kind != CLEAN
    ]
    day = np.concatenate([clean_days, *other_days])
    kind = np.repeat(np.array(list(sizes)), [len(clean_days), *map(len, other_days)])
    year, season, weekday = calendar_labels(day)
    return Population(kind, day, year, season, (weekday >= 5).astype(np.int64))


def calendar_labels(day: Ints) -> tuple[Ints, Ints, Ints]:
    """Year (0 is 1999), season (index in SEASONS) and weekday (0 is Monday) of epoch days."""
    dates = day.astype("datetime64[D]")
    month = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    year = dates.astype("datetime64[Y]").astype(np.int64) + 1970 - YEARS.start
    return year, month % 12 // 3, (day + 3) % 7


def calendar_days() -> Ints:
    """Epoch days from the first to the last published submission."""
    first, last = (np.datetime64(published(f"recipes.clean.date_{end}")) for end in ("min", "max"))
    return np.arange(first, last + 1).astype("datetime64[D]").astype(np.int64)


def daily_intensity(per_year: Ints, rng: np.random.Generator) -> Floats:
    """Expected recipes per day that meet the yearly, seasonal and weekday counts together."""
    days = calendar_days()
    year, season, weekday = calendar_labels(days)
    total = per_year.sum()
    seasons = by_season(published("season.volume"))
    weekdays = np.array(list(published("weekend.volume.per_weekday").values()), dtype=float)
    margins = [
        (season, seasons * total / seasons.sum()),
        (weekday, weekdays * total / weekdays.sum()),
        (year, per_year.astype(float)),
    ]
    return rake(rng.gamma(DAILY_BURST_SHAPE, size=len(days)), margins)


def _draw_days(intensity: Floats, rng: np.random.Generator, size: int | None = None) -> Ints:
    days = calendar_days()
    year, season, weekday = calendar_labels(days)
    order = np.lexsort((days, weekday, season, year))
    drawn = np.repeat(days[order], systematic_counts(intensity[order], rng))
    if size is not None:
        drawn = drawn[:size] if len(drawn) >= size else np.append(drawn, drawn[: size - len(drawn)])
    return np.sort(drawn)


def bounds_kinds() -> tuple[tuple[str, ...], Floats]:
    """Names and shares of the ways in which a recipe leaves the step and ingredient bounds."""
    shares: dict[str, float] = assumed()["flow"]["bounds_kinds"]
    return tuple(shares), np.array(list(shares.values()))
