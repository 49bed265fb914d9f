"""What can go wrong, as few kinds as a caller can tell apart.

DataPackageError
├── SourceRefused     an input file is missing or broken: file, line, reason
├── ParameterRefused  a scale or seed that no demo can have: its name and value
├── RuleBroken        the built tables break data rules: rule, count, example
├── OutputRefused     the output cannot be written, or is not one of our files
├── SettingRefused    a setting or a key file is missing or malformed: its name, what to do
├── StoreRefused      the store cannot be reached, or refuses: endpoint, bucket, what to do
├── VersionRefused    what lies in the store is missing, altered or not ours: its key
└── Overtaken         another publisher was faster; nothing of theirs is replaced
"""

from collections.abc import Sequence
from dataclasses import dataclass


def rows(count: int) -> str:
    """Return '1 row' or '1,234 rows'."""
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


class DataPackageError(Exception):
    """Everything this package raises on purpose; its text is for the person at the keyboard."""


class SourceRefused(DataPackageError):
    """An input file is missing or broken; names the file, the line when known, and the reason."""

    def __init__(self, file_name: str, reason: str, line: int | None = None) -> None:
        place = file_name if line is None else f"{file_name}, line {line:,}"
        super().__init__(f"{place}: {reason}")
        self.file_name = file_name
        self.line = line
        self.reason = reason


class ParameterRefused(DataPackageError):
    """A scale or seed that no demo can have; names it and its value."""


@dataclass(frozen=True)
class Breach:
    """One data rule that does not hold: how many rows break it, and one of them."""

    rule: str
    n_rows: int
    example: str

    def __str__(self) -> str:
        return f"{self.rule}: {rows(self.n_rows)}, for example {self.example}"


class RuleBroken(DataPackageError):
    """The tables break one or more data rules."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        lines = "\n".join(f"  {breach}" for breach in breaches)
        super().__init__(f"data rules broken ({len(breaches)}):\n{lines}")
        self.breaches = tuple(breaches)


class OutputRefused(DataPackageError):
    """The output cannot be written or read; names the path and the reason."""


class SettingRefused(DataPackageError):
    """A setting or the file it names cannot be used; names it, never the value of a secret."""


class StoreRefused(DataPackageError):
    """The store cannot be reached or refuses; names the endpoint, the bucket and what to do."""


class VersionRefused(DataPackageError):
    """A version in the store is missing, altered or not ours; names its key and the reason."""


class Overtaken(DataPackageError):
    """Another publisher changed the current version meanwhile, or is about to."""
