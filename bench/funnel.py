"""What the numbers cost: `python -m bench.funnel [--quick] [--visits N...] [--databases sqlite] [--verify]`.

Workspaces of several sizes are filled in bulk; then a window of 13 weeks is read beside a naive GROUP BY over the
same weeks, and estimates, Monte Carlo and chart are timed apart. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from bench.funnel_lives import Size
from bench.funnel_loading import load
from bench.funnel_timing import Cost, measure
from bench.importing import a_csv
from bench.importing import measure as measure_import
from bench.running import databases, settle
from storage.verify import verify

_SIZES: Final = {
    10_000: Size(10_000, 1, reps=12),
    100_000: Size(100_000, 1, reps=20),
    1_000_000: Size(100_000, 10, reps=20),
    10_000_000: Size(1_000_000, 10, reps=100),
}
"""By visits. A million is the hundred thousand with ten times the history: the same last year."""
_LIFELINES_UP_TO: Final = 100_000
_STEPS: Final = 7
_AIM_READ, _AIM_LIFELINES = 2.0, 100.0
_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Plan:
    sizes: Sequence[int]
    databases: Sequence[str]
    with_verify: bool
    imported: int
    """Prospects to import; none for zero."""


def run(plan: Plan, console: Console) -> None:
    costs: list[Cost] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nextstep-bench-")))
        for opening in databases(plan.databases, folder, stack):
            for visits in plan.sizes:
                with opening(f"v{visits}") as engine:
                    costs.append(_one(engine, visits, plan, console))
            if plan.imported:
                with opening("import") as into, opening("reference") as reference:
                    measure_import(into, reference, a_csv(plan.imported, _STEPS, _SEED))
    console.print(_reading(costs))
    console.print(_estimating(costs))


def _one(engine: Engine, visits: int, plan: Plan, console: Console) -> Cost:
    size = _SIZES[visits]
    started = time.perf_counter()
    loaded = load(engine, size, seed=_SEED)
    settle(engine)
    console.print(f"{engine.dialect.name}: {loaded:,} visits written in {time.perf_counter() - started:.0f} s")
    if plan.with_verify:
        started = time.perf_counter()
        wrong = verify(engine)
        took = time.perf_counter() - started
        console.print(f"  verify found {len(wrong)} differences in {took:.0f} s", *map(str, wrong[:3]))
    return measure(engine, loaded, size.years, with_lifelines=visits <= _LIFELINES_UP_TO)


def _reading(costs: Sequence[Cost]) -> Table:
    table = Table(title=f"A window of 13 weeks (aim: at most {_AIM_READ:g} times the naive GROUP BY)")
    headings = (
        "visits",
        "years",
        "touching the weeks",
        "cells read",
        "read, ms",
        "naive, ms",
        "ratio",
        "by day, ms",
    )
    for heading in ("database", *headings, "memory, MB"):
        table.add_column(heading, justify="right")
    for cost in costs:
        table.add_row(
            cost.database,
            f"{cost.visits:,}",
            str(cost.years),
            f"{cost.touching:,}",
            f"{cost.cells:,}",
            f"{cost.read:.1f}",
            f"{cost.naive:.1f}",
            f"{cost.ratio:.2f}{'' if cost.ratio <= _AIM_READ else ', missed'}",
            f"{cost.by_day:.1f}",
            f"{cost.megabytes:.0f}",
        )
    return table


def _estimating(costs: Sequence[Cost]) -> Table:
    table = Table(title=f"From a window that was read (aim: {_AIM_LIFELINES:g} times as quick as lifelines)")
    for heading in (
        "database",
        "visits",
        "estimates, ms",
        "plan, ms",
        "forecast, ms",
        "chart, ms",
        "lifelines, ms",
    ):
        table.add_column(heading, justify="right")
    table.add_column("times as quick", justify="right")
    for cost in costs:
        times = None if cost.lifelines is None else cost.lifelines / cost.estimate
        table.add_row(
            cost.database,
            f"{cost.visits:,}",
            *(f"{part:.1f}" for part in (cost.estimate, cost.plan, cost.forecast, cost.chart)),
            "-" if cost.lifelines is None else f"{cost.lifelines:.0f}",
            "-" if times is None else f"{times:.0f}{'' if times >= _AIM_LIFELINES else ', missed'}",
        )
    return table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.funnel", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a minute: at most 100,000 visits, 2,000 to import")
    parser.add_argument("--visits", type=int, nargs="+", choices=_SIZES, help="sizes (all but ten million)")
    parser.add_argument("--databases", default="sqlite,postgresql", help="one, or both with a comma")
    parser.add_argument("--verify", action="store_true", help="verify what was written: minutes for a million")
    parser.add_argument("--imported", type=int, help="prospects to import (20,000; quick 2,000; 0: none)")
    given = parser.parse_args()
    imported = given.imported if given.imported is not None else 2_000 if given.quick else 20_000
    plan = Plan(
        sizes=given.visits or ((10_000, 100_000) if given.quick else (10_000, 100_000, 1_000_000)),
        databases=given.databases.split(","),
        with_verify=given.verify or given.quick,
        imported=imported,
    )
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    console = Console(width=130)
    console.print(
        f"seed {_SEED}; load of the machine before: {', '.join(f'{each:.1f}' for each in os.getloadavg())}"
    )
    run(plan, console)


if __name__ == "__main__":
    main()
