"""Measures what the project promises: building the data, and serving a page of it.

    make bench                    everything at Food.com's size (about three minutes)
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
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).parents[1]
DATA_COMMAND = Path(sys.executable).with_name("mangetamain-data")
N_RERUNS = 60
MIB = 1024**2


def main() -> None:
    """Print one line per figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1.0, help="1.0 is Food.com's size")
    parser.add_argument("--database", type=Path, help="serve this file instead of building one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or build_data(Path(folder), options.scale)
        bench_page(database.absolute())


def build_data(folder: Path, scale: float) -> Path:
    """Generate the demo files and build the site's file from them; return its path."""
    demo, database = folder / "demo", folder / "site.duckdb"
    print(f"Data at scale {scale}")
    run_measured("demo", [DATA_COMMAND, "demo", "--scale", str(scale), "--output", demo])
    run_measured("build", [DATA_COMMAND, "build", demo, "--output", database])
    print(f"  {'size of the file':<38}{database.stat().st_size / MIB:10.1f} MiB")
    shutil.rmtree(demo)
    return database


def run_measured(name: str, command: list[str | Path]) -> None:
    """Run a command and print its time and its peak memory."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{name} failed: {process.stderr.read().decode() if process.stderr else ''}")
    print(f"  {name + ', time':<38}{time.perf_counter() - started:10.1f} s")
    print(f"  {name + ', peak memory':<38}{usage.ru_maxrss / 1024:10.0f} MiB")


def bench_page(database: Path) -> None:
    """Open the Trends page as a browser does and change its years many times."""
    with running_server(database) as (port, process):
        with connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None) as socket_:
            first = run_script(socket_, WidgetStates())
            slider = next(e.slider for e in first.elements if e.WhichOneof("type") == "slider")
            reruns = [
                run_script(socket_, chosen_years(slider.id, slider.min, slider.max))
                for _ in range(N_RERUNS)
            ]
        seconds = sorted(rerun.seconds for rerun in reruns)
        print("Trends page")
        print(f"  {'first visit, server time':<38}{first.seconds * 1000:10.0f} ms")
        print(f"  {'first visit, sent':<38}{first.n_bytes / 1000:10.0f} kB")
        print(f"  {'changed years, server time, p50':<38}{statistics.median(seconds) * 1000:10.0f} ms")
        p95 = seconds[int(0.95 * len(seconds))]
        print(f"  {'changed years, server time, p95':<38}{p95 * 1000:10.0f} ms")
        largest = max(rerun.n_bytes for rerun in reruns)
        print(f"  {'changed years, sent, largest':<38}{largest / 1000:10.0f} kB")
        print(f"  {'memory of the server':<38}{resident_memory(process.pid) / MIB:10.0f} MiB")


@dataclass
class ScriptRun:
    """What the server sent until the page was complete."""

    seconds: float = 0.0
    n_bytes: int = 0
    elements: list = field(default_factory=list)


def run_script(connection: ClientConnection, states: WidgetStates) -> ScriptRun:
    """Ask for the page with these widgets and wait until it is complete."""
    message = BackMsg()
    message.rerun_script.page_name = "trends"
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


def chosen_years(slider_id: str, first: float, last: float) -> WidgetStates:
    """Return the state of a slider on two years at random."""
    low, high = sorted(random.sample(range(int(first), int(last) + 1), 2))
    states = WidgetStates()
    state = states.widgets.add(id=slider_id)
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
            print(f"  {'start, to ready':<38}{time.perf_counter() - started:10.1f} s")
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


def resident_memory(pid: int) -> int:
    """Return the bytes of memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
