"""What can go wrong in the site, in five classes.

    MangetamainError              caught once, at the edge: the visitor reads a sentence
    ├── SettingError              a setting is unknown or malformed: the start stops
    ├── DataUnavailableError      the data file is missing, unreadable or of another schema
    ├── QueryError                a query on the open data failed
    └── TranslationError          a text has no key, no argument or no language

Each names the culprit and its value. The attributes stay readable after the raise,
and every class survives pickling (log records cross a queue).
"""

from collections.abc import Mapping
from pathlib import Path


class MangetamainError(Exception):
    """Base of every error that the site raises on purpose."""


class SettingError(MangetamainError):
    """A setting cannot be used; `value` is None where it is a secret or missing."""

    def __init__(self, name: str, reason: str, value: str | None = None) -> None:
        super().__init__(name, reason, value)
        self.name, self.reason, self.value = name, reason, value

    def __str__(self) -> str:
        culprit = self.name if self.value is None else f"{self.name}={self.value!r}"
        return f"{culprit}: {self.reason}"


class DataUnavailableError(MangetamainError):
    """The data at `source` cannot be served."""

    def __init__(self, source: str | Path, reason: str) -> None:
        super().__init__(str(source), reason)
        self.source, self.reason = str(source), reason

    def __str__(self) -> str:
        return f"data {self.source!r}: {self.reason}"


class QueryError(MangetamainError):
    """The SQL file `sql_file`, run with `parameters`, failed."""

    def __init__(self, sql_file: str, parameters: Mapping[str, object], reason: str) -> None:
        self.sql_file, self.parameters, self.reason = sql_file, dict(parameters), reason
        super().__init__(sql_file, self.parameters, reason)

    def __str__(self) -> str:
        return f"query {self.sql_file} with {self.parameters!r}: {self.reason}"


class TranslationError(MangetamainError):
    """The text `key` cannot be written in `language`."""

    def __init__(self, key: str, language: str, reason: str) -> None:
        super().__init__(key, language, reason)
        self.key, self.language, self.reason = key, language, reason

    def __str__(self) -> str:
        return f"text {self.key!r} in {self.language!r}: {self.reason}"
