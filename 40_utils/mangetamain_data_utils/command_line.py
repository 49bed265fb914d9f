"""What the subcommands of `mangetamain-data` share: argument types, help texts, the end."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from mangetamain_data_utils.workplace import abandon_all

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_PATH = click.Path(path_type=Path)

quiet_option = click.option("--quiet", is_flag=True, help="No progress bars (they go to stderr).")


def listing(title: str, *lines: str) -> str:
    """Return lines for a help text that click does not rewrap."""
    return "\n".join(["\b", title, *(f"  {line}" for line in lines), "", ""])


@contextmanager
def cleaning_up_when_stopped() -> Iterator[None]:
    """Remove unfinished files on SIGTERM and Ctrl-C, then end at once.

    An exception would do, were it not raised inside DuckDB or Polars as often as not: these
    replace it, lose it, or abort because their threads outlive the interpreter.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        abandon_all()
        os._exit(128 + number)

    previous = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
