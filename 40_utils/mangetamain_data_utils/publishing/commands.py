"""The subcommands of `mangetamain-data` that speak to the store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mangetamain_data_utils.command_line import (
    FILE,
    NEW_PATH,
    listing,
    quiet_option,
)

if TYPE_CHECKING:
    from mangetamain_data_utils.publishing.publisher import Entry, Publisher
    from mangetamain_data_utils.publishing.version import Version

_unsigned = click.option(
    "--unsigned", is_flag=True, help="Sign nothing: only for sites without a public key."
)


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _writer(unsigned: bool, quiet: bool) -> "Publisher":
    """Return a publisher that can sign and write, as the settings say."""
    from mangetamain_data_utils.publishing.publisher import Publisher
    from mangetamain_data_utils.publishing.settings import StoreSettings, setting_text
    from mangetamain_data_utils.publishing.signing import parse_public_key, read_signing_key
    from mangetamain_data_utils.publishing.store import Store

    settings = StoreSettings.from_environ(to_write=True)
    key_file = setting_text("MANGETAMAIN_SIGNING_KEY")
    signing_key = None if unsigned else read_signing_key(Path(key_file or ""))
    text = setting_text("MANGETAMAIN_PUBLIC_KEY")
    given = parse_public_key(text) if text else None
    public_key = given or (signing_key.public_key() if signing_key else None)
    return Publisher(Store(settings), signing_key, public_key, _tell, quiet)


def _reader() -> "Publisher":
    """Return a publisher that only looks; a read-only key is enough."""
    from mangetamain_data_utils.publishing.publisher import Publisher
    from mangetamain_data_utils.publishing.settings import StoreSettings, setting_text
    from mangetamain_data_utils.publishing.signing import parse_public_key
    from mangetamain_data_utils.publishing.store import Store

    settings = StoreSettings.from_environ(to_write=False)
    text = setting_text("MANGETAMAIN_PUBLIC_KEY")
    return Publisher(Store(settings), None, parse_public_key(text) if text else None, _tell)


@click.command(
    epilog=listing(
        "Examples:",
        "mangetamain-data publish .data/mangetamain.duckdb",
        "mangetamain-data publish .data/mangetamain.duckdb --dry-run",
    )
)
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Check and say what would happen; write nothing.")
@_unsigned
@quiet_option
def publish(file: Path, dry_run: bool, unsigned: bool, quiet: bool) -> None:
    """Make a built FILE the current version in the store.

    The file is checked, uploaded under a name made of its sha256 and read back; only then does
    current.json, signed, name it. Sites follow within minutes. Interrupted anywhere, visitors
    keep the version they have; run the command again.
    """
    publisher = _writer(unsigned, quiet)
    version, outcome = publisher.publish(file, dry_run=dry_run)
    _say(publisher, version, outcome)


def _say(publisher: "Publisher", version: "Version", what: str) -> None:
    click.echo(f"{publisher.store.settings}: {version}, {version.size / 1e6:.1f} MB: {what}")


@click.command(
    epilog=listing(
        "Examples:",
        "mangetamain-data rollback",
        "mangetamain-data rollback 5ecceca0676d",
    )
)
@click.argument("version", required=False)
@_unsigned
@quiet_option
def rollback(version: str | None, unsigned: bool, quiet: bool) -> None:
    """Make an earlier VERSION current again; without VERSION, the previous one.

    VERSION is a data version or the beginning of a sha256, as `list` shows them. The file is read
    back from the store first. A second rollback without VERSION undoes the first.
    """
    publisher = _writer(unsigned, quiet)
    found, outcome = publisher.rollback(version)
    _say(publisher, found, outcome)


@click.command("list", epilog=listing("Example:", "mangetamain-data list"))
def list_versions() -> None:
    """List the versions in the store, the newest publication first."""
    reader = _reader()
    entries = reader.entries()
    if not entries:
        _tell(f"{reader.store.settings}: nothing is published yet")
    click.echo(f"{'state':<18}{'data version':<14}{'sha256':<14}{'MB':>8}  built, published (UTC)")
    for entry in entries:
        click.echo(_line(entry))


def _line(entry: "Entry") -> str:
    size = "–" if entry.size is None else f"{entry.size / 1e6:.1f}"
    version = entry.version
    dates = f"{version.built_at[:19]}, {version.published_at[:19]}" if version else entry.reason
    name = version.data_version if version else "–"
    return f"{entry.state:<18}{name:<14}{entry.sha256[:12]:<14}{size:>8}  {dates}".rstrip()


@click.command(
    epilog=listing(
        "Examples:",
        "mangetamain-data prune --keep 5 --dry-run",
        "mangetamain-data prune --keep 5",
    )
)
@click.option(
    "--keep", required=True, type=click.IntRange(min=1), help="How many versions stay, at least."
)
@click.option("--dry-run", is_flag=True, help="Say what would be deleted; delete nothing.")
def prune(keep: int, dry_run: bool) -> None:
    """Delete old versions from the store.

    The current and the previous version always stay. What an interrupted publication has left is
    deleted after a day.
    """
    publisher = _writer(unsigned=True, quiet=True)
    entries = publisher.prune(keep, dry_run=dry_run)
    for entry in entries:
        click.echo(_line(entry))
    done = "would be deleted" if dry_run else "deleted"
    n_bytes = sum(entry.size or 0 for entry in entries)
    click.echo(f"{len(entries)} versions {done}, {n_bytes / 1e6:.1f} MB")


@click.command(
    epilog=listing("Example:", "mangetamain-data fetch --output .data/mangetamain.duckdb")
)
@click.option("--output", type=NEW_PATH, required=True, help="DuckDB file to write.")
@quiet_option
def fetch(output: Path, quiet: bool) -> None:
    """Download the current version and verify it.

    A read-only key is enough. With MANGETAMAIN_PUBLIC_KEY, what is not signed by it is refused.
    """
    from mangetamain_data_utils.publishing.fetch import fetch as fetch_file

    reader = _reader()
    version, downloaded = fetch_file(reader.store, output, reader.public_key, quiet=quiet)
    what = f"written to {output}" if downloaded else f"{output} is this version already"
    _say(reader, version, what)


@click.command(
    epilog=listing(
        "Example:",
        "mangetamain-data keygen --output 96_keys/signing_key.pem",
    )
)
@click.option(
    "--output",
    type=NEW_PATH,
    default=Path("96_keys/signing_key.pem"),
    show_default=True,
    help="PEM file to write, mode 600.",
)
def keygen(output: Path) -> None:
    """Make the key that signs what is published, and print its public half.

    The private key stays with the publisher; sites get the line that is printed.
    """
    from mangetamain_data_utils.publishing.signing import make_signing_key, public_key_text

    key = make_signing_key(output)
    click.echo(f"{output}: private key, keep it safe and secret", err=True)
    click.echo(f"MANGETAMAIN_PUBLIC_KEY={public_key_text(key.public_key())}")


COMMANDS = (publish, fetch, list_versions, rollback, prune, keygen)
