"""In which of the three environments this process runs.

`APP_ENV` says it, in any case of letters; containers and `make run` set it. Without it the
working directory says it: inside a folder `10_preprod` it is PREPROD, inside `20_prod` PROD,
anywhere else LOCAL. The working directory and not the path of this module, because
`20_prod/` holds no code: production runs there what was written in `10_preprod/`.
"""

import os
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path

from mangetamain_analytics.exceptions import SettingError


class Environment(Enum):
    """Where the site runs."""

    PREPROD = "preprod"
    PROD = "prod"
    LOCAL = "local"

    @classmethod
    def named(cls, name: str) -> "Environment":
        """Give the environment called `name`, in any case of letters.

        Raises:
            ValueError: there is none; the message tells which there are.
        """
        try:
            return cls(name.strip().lower())
        except ValueError:
            choices = ", ".join(environment.value for environment in cls)
            raise ValueError(f"must be one of {choices}") from None


FOLDERS = {"10_preprod": Environment.PREPROD, "20_prod": Environment.PROD}


class EnvironmentDetector:
    """Tells the environment of the process, found once."""

    @staticmethod
    def detect() -> Environment:
        """Give the environment of this process.

        Raises:
            SettingError: `APP_ENV` names no environment.
        """
        return _detected()

    @staticmethod
    def get_name() -> str:
        """Give its name in upper case: `PREPROD`, `PROD` or `LOCAL`."""
        return _detected().name

    @staticmethod
    def reset_cache() -> None:
        """Forget what was found, so that the next call looks again."""
        _detected.cache_clear()


def environment_of(environ: Mapping[str, str], folder: Path) -> Environment:
    """Give the environment of a process with these variables started in `folder`.

    Of two folders that name an environment, the innermost counts.

    Raises:
        SettingError: `APP_ENV` names no environment.
    """
    name = environ.get("APP_ENV", "")
    if name.strip():
        try:
            return Environment.named(name)
        except ValueError as error:
            raise SettingError("APP_ENV", str(error), name) from error
    named = (FOLDERS[part] for part in reversed(folder.parts) if part in FOLDERS)
    return next(named, Environment.LOCAL)


@cache
def _detected() -> Environment:
    return environment_of(os.environ, Path.cwd())
