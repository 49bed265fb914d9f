"""Many visitors at once, each at a reader's pace."""

import os
import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench_server import (
    MIB,
    cpu_seconds,
    peak_memory,
    print_figure,
    resident_memory,
    running_server,
)
from bench_visitor import ScriptRun, chosen_years, run_script, visit
from streamlit.proto.WidgetStates_pb2 import WidgetStates

from mangetamain_analytics.visualization import PAGES

THINK_SECONDS = 5.0  # on average, between two changes of one visitor
SHARE_OF_PAGE_CHANGES = 0.3  # the other changes are of years


def bench_crowd(database: Path, n_visitors: int, seconds: float) -> None:
    """Print what visitors wait who walk through the pages at the same time for some seconds."""
    print(f"Crowd of {n_visitors}, {seconds:.0f} s")
    with running_server(database) as (port, process):
        cpu_before, ends_at = cpu_seconds(process.pid), time.monotonic() + seconds
        with ThreadPoolExecutor(n_visitors) as crowd:
            walks = [crowd.submit(walk, port, ends_at) for _ in range(n_visitors)]
        n_lost = sum(walked.exception() is not None for walked in walks)
        runs = [run for walked in walks if not walked.exception() for run in walked.result()]
        cpu = (cpu_seconds(process.pid) - cpu_before) / seconds
        p50, *_, p95 = statistics.quantiles([run.seconds * 1000 for run in runs], n=20)[9::9]
        print_figure("views", len(runs), "")
        print_figure("sessions lost", n_lost, "")
        print_figure("views with an error", sum(run.has_failed for run in runs), "")
        print_figure("server time, p50", p50, "ms")
        print_figure("server time, p95", p95, "ms")
        print_figure("server time, longest", max(run.seconds for run in runs) * 1000, "ms")
        print_figure("processors in use", cpu, f"of {os.cpu_count()}")
        print_figure("memory of the server", resident_memory(process.pid) / MIB, "MiB")
        print_figure("memory of the server, most", peak_memory(process.pid) / MIB, "MiB")


def walk(port: int, ends_at: float) -> list[ScriptRun]:
    """Return the views of one visitor, who comes at some moment and stays to the end."""
    time.sleep(random.uniform(0, THINK_SECONDS))
    views = []
    with visit(port) as session:
        page = random.choice(PAGES)
        views.append(run_script(session, page.path, WidgetStates()))
        years = views[-1].years
        while time.monotonic() < ends_at:
            time.sleep(random.uniform(0, 2 * THINK_SECONDS))
            if years is None or random.random() < SHARE_OF_PAGE_CHANGES:
                page = random.choice(PAGES)
                views.append(run_script(session, page.path, WidgetStates()))
                years = views[-1].years
            else:
                views.append(run_script(session, page.path, chosen_years(years)))
    return views
