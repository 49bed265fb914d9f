"""The command `mangetamain-data`: one function per subcommand, errors turned into exit codes."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mangetamain_data_utils.command_line import (
    FILE,
    FOLDER,
    NEW_PATH,
    cleaning_up_when_stopped,
    listing,
    quiet_option,
)
from mangetamain_data_utils.exceptions import DataPackageError, ParameterRefused, RuleBroken
from mangetamain_data_utils.publishing.commands import COMMANDS as PUBLISHING_COMMANDS

if TYPE_CHECKING:
    from mangetamain_data_utils.build import BuildSummary

# What a command needs (DuckDB, Polars, Plotly) takes a while to load: imported when it runs.

_MEMORY = re.compile(r"[0-9]+(\.[0-9]+)?\s?[KMGT]i?B", re.IGNORECASE)


class _Commands(click.Group):
    """Turns the errors of this package into one message on stderr and an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            with cleaning_up_when_stopped():
                return super().invoke(ctx)
        except ParameterRefused as error:
            raise click.UsageError(str(error)) from error
        except DataPackageError as error:
            raise click.ClickException(str(error)) from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=listing(
        "From nothing to a file that the site can open:",
        "mangetamain-data demo --scale 0.1 --output .data/demo",
        "mangetamain-data build .data/demo --output .data/mangetamain.duckdb",
        "mangetamain-data report .data/mangetamain.duckdb --output report.html",
    )
    + listing(
        "Exit codes:",
        "0  done",
        "1  an input was refused, a data rule is broken, the output cannot be written,",
        "   the store refuses or cannot be reached, or another publisher was faster",
        "2  wrong usage: unknown option, scale out of range, folder that does not exist",
        "130, 143  stopped by Ctrl-C or SIGTERM; unfinished files are removed",
    )
    + "Messages and progress bars go to stderr, results to stdout.",
)
@click.version_option(package_name="mangetamain-analytics", prog_name="mangetamain-data")
def main() -> None:
    """Make, build, check, describe and publish the data of Mangetamain Analytics."""


for _command in PUBLISHING_COMMANDS:
    main.add_command(_command)


def _memory(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if not _MEMORY.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not a size such as 512MB or 1GB")
    return value


@main.command(
    epilog=listing(
        "Examples:",
        "mangetamain-data build ~/Downloads/food.com --output mangetamain.duckdb",
        "mangetamain-data build .data/demo --output demo.duckdb --threads 4 --quiet",
        "mangetamain-data build kaggle --output analysts.duckdb --keep-text",
    )
)
@click.argument("source_dir", type=FOLDER)
@click.option("--output", type=NEW_PATH, required=True, help="DuckDB file to write.")
@click.option("--keep-text", is_flag=True, help="Add steps, descriptions, reviews: for analysts.")
@click.option(
    "--memory-limit",
    default="1GB",
    show_default=True,
    callback=_memory,
    help="What DuckDB may use; beyond it spills to disk beside the output.",
)
@click.option("--threads", default=2, show_default=True, type=click.IntRange(min=1))
@quiet_option
def build(
    source_dir: Path, output: Path, keep_text: bool, memory_limit: str, threads: int, quiet: bool
) -> None:
    """Build the site's DuckDB file from the CSV files of SOURCE_DIR.

    SOURCE_DIR holds the Kaggle files, each plain, .zip or .gz. RAW_recipes and RAW_interactions
    are required; interactions_train marks the training split; the four others are only
    recorded. The output appears only when every data rule holds; otherwise the previous file
    stays as it was and the message names the file, the line and the reason.
    """
    from mangetamain_data_utils.build import BuildOptions
    from mangetamain_data_utils.build import build as build_file

    options = BuildOptions(keep_text, memory_limit, threads, quiet)
    _print_summary(build_file(source_dir, output, options))


def _print_summary(summary: "BuildSummary") -> None:
    for table_name, rule, before, removed in summary.cleaning_steps:
        click.echo(f"{table_name:<13} {rule:<40} {before:>10,} rows, removed {removed:>8,}")
    for table_name, note, n_rows in summary.notes:
        click.echo(f"{table_name:<13} note: {note}: {n_rows:,}")
    kind = "demo" if summary.is_demo else "real"
    size = f"{summary.size_bytes / 1e6:.1f} MB"
    click.echo(f"{summary.output}: {kind} data, version {summary.data_version}, {size}")


@main.command(
    epilog=listing(
        "Example:",
        'mangetamain-data check mangetamain.duckdb && echo "fit to publish"',
    )
)
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Check the data rules on a built FILE.

    Exit code 1 comes with the name of each broken rule, how many rows break it, and one of them.
    """
    from mangetamain_data_utils.checks import check_file, rule_names

    breaches = check_file(file)
    if breaches:
        raise RuleBroken(breaches)
    click.echo(f"{file}: all {len(rule_names())} data rules hold")


@main.command(
    epilog=listing(
        "Example:",
        "mangetamain-data report mangetamain.duckdb --source kaggle --output report.html",
    )
)
@click.argument("file", type=FILE)
@click.option("--output", type=NEW_PATH, required=True, help="HTML file to write.")
@click.option("--source", type=FOLDER, help="CSV folder: adds missing values as delivered.")
@quiet_option
def report(file: Path, output: Path, source: Path | None, quiet: bool) -> None:
    """Write a quality report about a built FILE.

    It is one HTML page that needs no network: what cleaning removed, which data rules hold,
    missing values, distributions, coverage in time, most used ingredients and tags.
    """
    from mangetamain_data_utils.report import write_report

    write_report(file, output, source_dir=source, quiet=quiet)
    click.echo(f"{output}: {output.stat().st_size / 1e6:.1f} MB")


@main.command(
    epilog=listing(
        "Examples:",
        "mangetamain-data demo --output .data/demo",
        "mangetamain-data demo --output full --scale 1.0 --seed 7",
        "mangetamain-data demo --compare .data/mangetamain.duckdb",
    )
)
@click.option("--output", type=NEW_PATH, help="Folder to write the CSV files to.")
@click.option(
    "--scale",
    default=0.1,
    show_default=True,
    help="0.0005 to 10; 1.0 is Food.com's size: 231,637 recipes, 1,132,367 interactions.",
)
@click.option("--seed", default=42, show_default=True, help="Same seed, same files.")
@click.option("--compare", type=FILE, help="Print a built demo file against published figures.")
@quiet_option
def demo(output: Path | None, scale: float, seed: int, compare: Path | None, quiet: bool) -> None:
    """Write invented CSV files in Kaggle's format.

    They follow the published figures of Food.com; a build says that they are demo data.
    """
    if output is None and compare is None:
        raise click.UsageError("say where to write (--output), what to compare (--compare) or both")
    if output is not None:
        _write_demo(output, scale, seed, quiet)
    if compare is not None:
        _print_calibration(compare)


def _write_demo(output: Path, scale: float, seed: int, quiet: bool) -> None:
    from mangetamain_data_utils.demo import write_demo

    write_demo(output, scale=scale, seed=seed, progress=not quiet)
    click.echo(f"{output}: demo files, scale {scale:g}, seed {seed}")


def _print_calibration(built_db: Path) -> None:
    from mangetamain_data_utils.demo import calibration_table

    click.echo(f"{'family':<16} {'figure':<44} {'published':>14} {'generated':>14} {'gap':>8}")
    for row in calibration_table(built_db):
        click.echo(
            f"{row.family:<16} {row.figure:<44} {row.published:>14,.6g} {row.generated:>14,.6g}"
            f" {row.relative_gap:>8.1%}"
        )
