"""The rating of each interaction."""

import numpy as np

from .allocation import by_rank, whole_shares
from .interactions import N_MONTHS, Slots
from .items import Catalogue
from .shifts import shift_group_means
from .targets import WEEKDAYS, Floats, Ints, assumed, published
from .users import TRAIN, Authors

# Stars gained per unit of latent opinion: turns a published difference of means into a shift.
STARS_PER_OPINION = 0.45


def build_stars(
    slots: Slots, authors: Authors, recipe_effect: Floats, rng: np.random.Generator
) -> Ints:
    """0 (no rating) to 5 stars, with the published counts for the train split and for all."""
    in_train = (authors.split == TRAIN).astype(np.int64)
    spread = assumed()["ratings"]["opinion"]
    latent = recipe_effect[slots.recipe] + spread["moment"] * rng.standard_normal(len(slots))
    latent += spread["recipe"] * rng.standard_normal(len(recipe_effect))[slots.recipe]
    latent += spread["user"] * rng.standard_normal(len(authors.user_id))[authors.user]
    stars = np.zeros(len(slots), dtype=np.int64)
    for group, counts in enumerate(_star_counts()):
        rows = rng.permutation(np.flatnonzero(in_train == group))
        whole = whole_shares(counts, len(rows))
        rated = np.sort(rows[whole[0] :])
        values = np.repeat(np.arange(1.0, 6.0), whole[1:])
        part = Slots(slots.recipe[rated], slots.day[rated])
        stars[rated] = _deal_stars(values, latent[rated], part, is_train=group == 1)
    return stars


def _star_counts() -> tuple[Floats, Floats]:
    """Interactions with 0 to 5 stars at full scale: outside the train split, and in it."""
    everything = {0: published("ratings.full.rating0_rows")}
    everything |= {int(s): n for s, n in published("ratings.full.distribution").items()}
    train = assumed()["ratings"]["train_stars"]
    inside = np.array([train[str(star)] for star in range(6)], dtype=float)
    whole = np.array([everything[star] for star in range(6)], dtype=float)
    return whole - inside, inside


def _deal_stars(values: Floats, latent: Floats, slots: Slots, is_train: bool) -> Floats:
    """Stars by rank of opinion, shifted month by month and weekday by weekday."""
    block = np.zeros(len(latent), dtype=np.int64)
    weekday = published("ratings.train.weekday.mean")
    months = (slots.month, _train_months()) if is_train else (slots.month % 12, _other_months())
    groupings = [
        months,
        ((slots.day + 3) % 7, np.array([weekday[name] for name in WEEKDAYS])),
    ]
    everyone = np.ones(len(latent), dtype=bool)
    moved = shift_group_means(
        lambda shifted: by_rank(values, shifted, block),
        latent,
        groupings,
        everyone,
        np.ones(len(latent)),
    )
    return by_rank(values, moved, block)


def _train_months() -> Floats:
    """Published mean of each month, the first or last one for months before or after."""
    series = np.array(list(published("ratings.train.monthly.mean_rating").values()))
    before = N_MONTHS - 1 - len(series)
    return np.concatenate((np.full(before, series[0]), series, series[-1:]))


def _other_months() -> Floats:
    """Mean per calendar month outside the train split, so that all ratings have the published one.

    Volumes are the published ones; the train split's calendar months come from its own months.
    """
    n_train = np.array(list(published("ratings.train.monthly.n_interactions").values()))
    mean_train = np.array(list(published("ratings.train.monthly.mean_rating").values()))
    calendar = (np.arange(len(n_train)) + N_MONTHS - 1 - len(n_train)) % 12
    scale = published("ratings.train.clean_rows") / n_train.sum()
    inside = np.bincount(calendar, n_train, 12) * scale
    inside_sum = np.bincount(calendar, n_train * mean_train, 12) * scale
    n = np.array(list(published("ratings.full.month.n").values()), dtype=float)
    mean = np.array(list(published("ratings.full.month.mean").values()))
    return np.asarray((n * mean - inside_sum) / (n - inside))


def ingredient_effects(catalogue: Catalogue, offsets: Ints, items: Ints) -> Floats:
    """Latent opinion of each recipe from the published mean ratings of its ingredients."""
    overall = published("ratings.full.mean")
    effect = np.zeros(len(catalogue.names))
    for name, mean in _published_means().items():
        effect[catalogue.names.index(name)] = (mean - overall) / STARS_PER_OPINION
    return np.add.reduceat(effect[items], offsets[:-1])


def _published_means() -> dict[str, float]:
    """Mean rating by ingredient; pairs are weekday and weekend means, weighted 5 to 2."""
    means: dict[str, float] = {
        name: (5 * weekday + 2 * weekend) / 7
        for name, (weekday, weekend) in published("ingratings.weekend.means").items()
    }
    for name, seasons in published("ingratings.season.means").items():
        counts, values = zip(*seasons.values(), strict=True)
        means[name] = float(np.average(values, weights=counts))
    longterm: dict[str, float] = published("ingratings.longterm.mean_of_yearly_means")
    return means | longterm
