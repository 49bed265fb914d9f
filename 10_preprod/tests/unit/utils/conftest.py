"""What the tests of the statistics share: the figures that others published."""

import json
from pathlib import Path
from typing import Any

import pytest

PUBLISHED = Path(__file__).parents[5] / "shared" / "published_figures.json"


@pytest.fixture(scope="session")
def published() -> dict[str, Any]:
    """Values by id."""
    if not PUBLISHED.is_file():
        pytest.skip("the published figures (../shared beside the repository) are not here")
    figures = json.loads(PUBLISHED.read_text(encoding="utf-8"))["figures"]
    return {figure["id"]: figure["value"] for figure in figures}
