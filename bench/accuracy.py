"""How right the numbers are: coverage, false alarms, the plan's certainty, the forecast's scores.

Run `python -m bench.accuracy [--quick] [--seed N] [--only NAME...] [--data FOLDER]`. Each table names the bar of
numbers.md it is judged by, and says below where it is missed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bench.accuracy_data import on_data
from bench.accuracy_forecast import forecasts
from bench.accuracy_named import bottlenecks, changes, scripts
from bench.accuracy_plan import plans
from bench.accuracy_rates import coverage, overall_coverage, slice_coverage

SECTIONS: dict[str, Callable[[int, int, Console], None]] = {
    "coverage": coverage,
    "overall": overall_coverage,
    "slices": slice_coverage,
    "change": changes,
    "bottleneck": bottlenecks,
    "plan": plans,
    "scripts": scripts,
    "forecast": forecasts,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="How right the numbers are.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the teams: to see that it runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--teams", type=int, help="teams a cell (2000, or 200 with --quick)")
    parser.add_argument("--only", nargs="+", choices=[*SECTIONS, "data"], help="these sections alone")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="where the csv files lie")
    asked = parser.parse_args()
    teams = asked.teams or (200 if asked.quick else 2000)
    chosen = asked.only or [*SECTIONS, "data"]
    out = Console(width=140)
    out.print(f"seed {asked.seed}, {teams} teams a cell (half as many for bottleneck, plan and slices)")
    for name, section in SECTIONS.items():
        if name in chosen:
            started = time.perf_counter()
            section(teams, asked.seed, out)
            out.print(f"[dim]{name}: {time.perf_counter() - started:.0f} s[/dim]\n")
    if "data" in chosen:
        on_data(asked.data, asked.seed, out)


if __name__ == "__main__":
    main()
