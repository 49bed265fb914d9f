"""Which commit of this package built a file."""

import subprocess
from pathlib import Path

UNKNOWN = "unknown"


def app_commit(folder: Path = Path(__file__).parent) -> str:
    """Return the commit of the code in the folder, `-dirty` added when edited since.

    'unknown' where git or the repository is absent, or where the folder merely lies inside
    somebody else's repository (an installed package, say).
    """
    try:
        _git(folder, "ls-files", "--error-unmatch", "__init__.py")
        return _git(folder, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
    except (OSError, subprocess.CalledProcessError):
        return UNKNOWN


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()
