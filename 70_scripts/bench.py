"""Measures what the project promises: building the data, and serving every page of it.

    make bench                    everything at Food.com's size (about seven minutes)
    make bench BENCH_SCALE=0.1    the same, smaller

Each figure is a median or a percentile on this machine; compare them between two commits on the
same machine, never with a clock in a test.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_crowd import bench_crowd
from bench_server import MIB, cpu_seconds, print_figure, resident_memory, running_server
from bench_visitor import chosen_years, run_script, visit
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from websockets.sync.client import ClientConnection

from mangetamain_analytics.visualization import PAGES

DATA_COMMAND = Path(sys.executable).with_name("mangetamain-data")
N_RERUNS = 60
THINK_SECONDS = 0.3  # between two changes: the server refuses more than five a second


def main() -> None:
    """Print one line per figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1.0, help="1.0 is Food.com's size")
    parser.add_argument("--database", type=Path, help="serve this file instead of building one")
    parser.add_argument("--visitors", type=int, default=50, help="how many come at once")
    parser.add_argument("--seconds", type=float, default=120, help="for how long they stay")
    options = parser.parse_args()
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or build_data(Path(folder), options.scale)
        bench_pages(database.absolute())
        bench_crowd(database.absolute(), options.visitors, options.seconds)
    print(f"Load of the machine after: {os.getloadavg()[0]:.1f}")


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
            with visit(port) as visitor:
                print(f"Page {page.path or 'home'}")
                bench_page(visitor, page.path, process.pid)
        print_figure("memory of the server", resident_memory(process.pid) / MIB, "MiB")


def bench_page(visitor: ClientConnection, path: str, pid: int) -> None:
    """Print what the first visit of a page costs, and what a change of its years does."""
    first = run_script(visitor, path, WidgetStates())
    print_figure("first visit, server time", first.seconds * 1000, "ms")
    print_figure("first visit, sent", first.n_bytes / 1000, "kB")
    if (years := first.years) is None:
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


if __name__ == "__main__":
    main()
