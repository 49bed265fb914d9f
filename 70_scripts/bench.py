"""Measures what the project promises: building the data, and serving every page of it.

    make bench                    everything at Food.com's size (about five minutes)
    make bench BENCH_SCALE=0.1    the same, smaller

Each figure is a median or a percentile on this machine; compare them between two commits on the
same machine, never with a clock in a test.
"""

import argparse
import os
import random
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from websockets.sync.client import ClientConnection, connect

from mangetamain_analytics.visualization import PAGES

ROOT = Path(__file__).parents[1]
DATA_COMMAND = Path(sys.executable).with_name("mangetamain-data")
N_RERUNS = 60
THINK_SECONDS = 0.3  # between two changes: the server refuses more than five a second
MIB = 1024**2


def main() -> None:
    """Print one line per figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1.0, help="1.0 is Food.com's size")
    parser.add_argument("--database", type=Path, help="serve this file instead of building one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or build_data(Path(folder), options.scale)
        bench_pages(database.absolute())


def build_data(folder: Path, scale: float) -> Path:
    """Generate the demo files and build the site's file from them; return its path."""
    demo, database = folder / "demo", folder / "site.duckdb"
    print(f"Data at scale {scale}")
    run_measured("demo", [DATA_COMMAND, "demo", "--scale", str(scale), "--output", demo])
    run_measured("build", [DATA_COMMAND, "build", demo, "--output", database])
    print_figure("size of the file", database.stat().st_size / MIB, "MiB")
    shutil.rmtree(demo)
    return database


def run_measured(name: str, command: list[str | Path]) -> None:
    """Run a command and print its time and its peak memory."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{name} failed: {process.stderr.read().decode() if process.stderr else ''}")
    print_figure(f"{name}, time", time.perf_counter() - started, "s")
    print_figure(f"{name}, peak memory", usage.ru_maxrss / 1024, "MiB")


def bench_pages(database: Path) -> None:
    """Open every page as a browser does, and change its years many times."""
    with running_server(database) as (port, process):
        for page in PAGES:
            with connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None) as visitor:
                print(f"Page {page.path or 'home'}")
                bench_page(visitor, page.path, process.pid)
        print_figure("memory of the server", resident_memory(process.pid) / MIB, "MiB")


def bench_page(visitor: ClientConnection, path: str, pid: int) -> None:
    """Print what the first visit of a page costs, and what a change of its years does."""
    first = run_script(visitor, path, WidgetStates())
    print_figure("first visit, server time", first.seconds * 1000, "ms")
    print_figure("first visit, sent", first.n_bytes / 1000, "kB")
    sliders = [e.slider for e in first.elements if e.WhichOneof("type") == "slider"]
    years = next((slider for slider in sliders if slider.id.endswith("-years")), None)
    if years is None:
        return
    reruns, cpu_before = [], cpu_seconds(pid)
    for _ in range(N_RERUNS):
        time.sleep(THINK_SECONDS)
        reruns.append(run_script(visitor, path, chosen_years(years)))
    cpu = (cpu_seconds(pid) - cpu_before) / N_RERUNS
    p50, *_, p95 = statistics.quantiles([rerun.seconds * 1000 for rerun in reruns], n=20)[9::9]
    print_figure("changed years, server time, p50", p50, "ms")
    print_figure("changed years, server time, p95", p95, "ms")
    print_figure("changed years, CPU, mean", cpu * 1000, "ms")
    largest = max(rerun.n_bytes for rerun in reruns)
    print_figure("changed years, sent, largest", largest / 1000, "kB")


def print_figure(name: str, value: float, unit: str) -> None:
    """Print one measured figure."""
    print(f"  {name:<38}{value:10.1f} {unit}")


@dataclass
class ScriptRun:
    """What the server sent until the page was complete."""

    seconds: float = 0.0
    n_bytes: int = 0
    elements: list = field(default_factory=list)


def run_script(connection: ClientConnection, path: str, states: WidgetStates) -> ScriptRun:
    """Ask for the page with these widgets and wait until it is complete."""
    message = BackMsg()
    message.rerun_script.page_name = path
    message.rerun_script.widget_states.CopyFrom(states)
    started, run = time.perf_counter(), ScriptRun()
    connection.send(message.SerializeToString())
    while True:
        frame = connection.recv()
        run.n_bytes += len(frame)
        forward = ForwardMsg.FromString(frame)
        kind = forward.WhichOneof("type")
        if kind == "delta" and forward.delta.WhichOneof("type") == "new_element":
            run.elements.append(forward.delta.new_element)
        if kind == "script_finished":
            run.seconds = time.perf_counter() - started
            return run


def chosen_years(slider: Slider) -> WidgetStates:
    """Return the state of a slider on two years at random."""
    low, high = sorted(random.sample(range(int(slider.min), int(slider.max) + 1), 2))
    states = WidgetStates()
    state = states.widgets.add(id=slider.id)
    state.double_array_value.data.extend([low, high])
    return states


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


if __name__ == "__main__":
    main()
