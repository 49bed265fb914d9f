"""Which code is running."""

import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from mangetamain_analytics.utils.settings import Settings


@dataclass(frozen=True)
class AppVersion:
    """Version of the package and commit that it was made from."""

    version: str
    commit: str


@cache
def app_version() -> AppVersion:
    """Return the running version; an image carries its commit in a setting, a checkout in git."""
    commit = Settings.from_environ().commit or _git_commit()
    return AppVersion(version("mangetamain-analytics"), commit)


def _git_commit() -> str:
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=12", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
