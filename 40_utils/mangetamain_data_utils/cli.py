"""The command `mangetamain-data`."""

from pathlib import Path

import click

from mangetamain_data_utils.build import BuildOptions, BuildSummary
from mangetamain_data_utils.build import build as build_file
from mangetamain_data_utils.checks import check_file
from mangetamain_data_utils.exceptions import DataPackageError, RuleBroken

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_PATH = click.Path(path_type=Path)


class _Commands(click.Group):
    """Turns the errors of this package into one message and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DataPackageError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands)
def main() -> None:
    """Make, build and check the data of Mangetamain Analytics."""


@main.command()
@click.argument("source_dir", type=_FOLDER)
@click.option("--output", type=_NEW_PATH, required=True, help="DuckDB file to write.")
@click.option("--keep-text", is_flag=True, help="Keep steps, descriptions and reviews too.")
@click.option("--memory-limit", default="1GB", show_default=True, help="Memory for DuckDB.")
@click.option("--threads", default=2, show_default=True, type=click.IntRange(min=1))
@click.option("--quiet", is_flag=True, help="No progress bars.")
def build(
    source_dir: Path, output: Path, keep_text: bool, memory_limit: str, threads: int, quiet: bool
) -> None:
    """Build the site's DuckDB file from the CSV files of SOURCE_DIR."""
    options = BuildOptions(keep_text, memory_limit, threads, quiet)
    _print_summary(build_file(source_dir, output, options))


def _print_summary(summary: BuildSummary) -> None:
    for table_name, rule, before, removed in summary.cleaning_steps:
        click.echo(f"{table_name:<13} {rule:<40} {before:>10,} rows, removed {removed:>8,}")
    for table_name, note, n_rows in summary.notes:
        click.echo(f"{table_name}: {note}: {n_rows:,}")
    kind = "demo" if summary.is_demo else "real"
    size = f"{summary.size_bytes / 1e6:.1f} MB"
    click.echo(f"{summary.output}: {kind} data, version {summary.data_version}, {size}")


@main.command()
@click.argument("file", type=_FILE)
def check(file: Path) -> None:
    """Check the data rules on a built file."""
    breaches = check_file(file)
    if breaches:
        raise RuleBroken(breaches)
    click.echo(f"{file}: every data rule holds")


@main.command()
@click.option("--output", type=_NEW_PATH, required=True, help="Folder to write.")
@click.option("--scale", default=0.1, show_default=True, type=click.FloatRange(0, min_open=True))
@click.option("--seed", default=42, show_default=True)
@click.option("--quiet", is_flag=True, help="No progress bars.")
def demo(output: Path, scale: float, seed: int, quiet: bool) -> None:
    """Write demo CSV files in Kaggle's format."""
    from mangetamain_data_utils.demo import write_demo

    write_demo(output, scale=scale, seed=seed, progress=not quiet)
    click.echo(f"{output}: demo files at scale {scale:g}, seed {seed}")
