"""What the page of corrections says that others published is what they published."""

import json
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
PUBLISHED = REPOSITORY.parent / "shared" / "published_figures.json"


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    """The published values by their ids; they are not part of the repository."""
    if not PUBLISHED.is_file():
        pytest.skip(f"{PUBLISHED} is not here: it may not be kept in the repository")
    figures = json.loads(PUBLISHED.read_text(encoding="utf-8"))["figures"]
    return {figure["id"]: figure["value"] for figure in figures}


def test_published_values_are_quoted_as_published(published: dict[str, Any]) -> None:
    page = (REPOSITORY / "90_doc" / "corrections.md").read_text(encoding="utf-8")
    tags = published["weekend.tags.table_top20_by_signed_diff"]
    strongest_weekday = published["weekend.tags.top5_weekday"]["main-dish"][2]

    for quoted in (
        f"{published['season.nutrition.calories.mean']['Autumn']:.0f} kcal",
        f"+{published['weekend.volume.weekday_vs_weekend_pct']}%",
        f"±{published['ratings.train.ci95_published']:.4f} star",
        f"the last year holds {published['trends.volume.per_year']['2018']} recipes",
        f"up to +{max(tag['diff_pp'] for tag in tags.values())} point",
        f"down to {strongest_weekday} points".replace("-", "−"),
        f"mean {published['ratings.train.overall_mean']:.3f}",
        f"all {published['ratings.full.clean_rows']:,}, mean {published['ratings.full.mean']:.3f}",
        f"R² = {published['trends.ingredients.diversity_wls.r2_published']}",
        f"p = {published['trends.ingredients.diversity_wls.p']:.2f}: no trend",
    ):
        assert quoted in page, quoted
