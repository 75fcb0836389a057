"""Planning a hundred thousand messages, and how fast messages go out: `python -m bench.deliveries`.

Planning is to grow with what is due and not with what is not. Deliveries go through the real ledger, dispatcher,
messenger and content to a fake Slack in a process of its own; beside them a bare HTTP client posts the same
bodies there in the same run. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog
from rich.console import Console
from sqlalchemy import Engine

from bench import planning, throughput
from bench.running import databases
from bench.throughput import NotDeliveredError
from tests.chaos.slack_process import slack_process

_WORKERS: Final = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Plan:
    """Planning for so many members, and sending so many messages."""

    sizes: Sequence[int]
    messages: int
    databases: Sequence[str]
    parts: Sequence[str]


def run(plan: Plan, console: Console) -> None:
    planned: list[planning.Measured] = []
    sent: list[throughput.Measured] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nextstep-bench-")))
        for opening in databases(plan.databases, folder, stack):
            if "planning" in plan.parts:
                for size in plan.sizes:
                    console.print(f"planning for {size:,} members")
                    with opening(str(size)) as engine:
                        planned.append(planning.measure(engine, size))
            if "throughput" in plan.parts:
                with opening("throughput") as engine:
                    sent += _send(plan, engine, folder, console)
    if planned:
        console.print(planning.table(planned))
    if sent:
        console.print(throughput.table(sent))


def _send(plan: Plan, engine: Engine, folder: Path, console: Console) -> list[throughput.Measured]:
    found = []
    for workers in _WORKERS:
        console.print(f"sending {plan.messages:,} messages on {engine.dialect.name}, workers: {workers}")
        # A new Slack each time: what it holds must not make the later ones slower.
        with slack_process() as slack:
            post = throughput.opened(engine, slack, plan.messages)
            if engine.dialect.name == "postgresql":
                found.append(throughput.by_workers(post, workers, folder))
            else:
                found.append(throughput.in_threads(post, workers))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.deliveries", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a minute: at most 10,000 members, 60 messages")
    parser.add_argument("--messages", type=int, default=None, help="to send in each run (300; quick 60)")
    parser.add_argument("--members", type=int, nargs="+", default=None, help="sizes (1000 10000 100000)")
    parser.add_argument("--databases", default="sqlite,postgresql", help="one, or both with a comma")
    parser.add_argument("--only", choices=("planning", "throughput"), default=None)
    given = parser.parse_args()
    plan = Plan(
        sizes=given.members or ((1_000, 10_000) if given.quick else (1_000, 10_000, 100_000)),
        messages=given.messages or (60 if given.quick else 300),
        databases=given.databases.split(","),
        parts=(given.only,) if given.only else ("planning", "throughput"),
    )
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    console = Console(width=110)
    console.print(f"load of the machine before: {', '.join(f'{each:.1f}' for each in os.getloadavg())}")
    try:
        run(plan, console)
    except NotDeliveredError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
