"""The site's server as the benches start it, and what it uses of the machine."""

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
MIB = 1024**2


def print_figure(name: str, value: float, unit: str) -> None:
    """Print one measured figure."""
    print(f"  {name:<38}{value:10.1f} {unit}")


@contextmanager
def running_server(database: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Serve the file on a free port until the block ends."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as logs:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environ = os.environ | {
            "APP_ENV": "prod",
            "PORT": str(port),
            "MANGETAMAIN_DB": str(database),
            "LOG_DIR": logs,
        }
        command = [sys.executable, "-m", "mangetamain_analytics.asgi"]
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT / "10_preprod", env=environ)
        try:
            wait_until_ready(port, process)
            print_figure("start, to ready", time.perf_counter() - started, "s")
            yield port, process
        finally:
            process.terminate()
            process.wait()


def wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; stop if it has died."""
    while process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz"):
                return
        except URLError:
            time.sleep(0.05)
    sys.exit("the server stopped before it was ready")


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has used: unlike a clock, it ignores its neighbours."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_memory(pid: int) -> int:
    """Return the bytes of memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def peak_memory(pid: int) -> int:
    """Return the most bytes of memory that a process has held at once."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (peak,) = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(peak) * 1024
