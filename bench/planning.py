"""What planning costs: members whose daily message is due, and members whose is not."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from rich.table import Table
from sqlalchemy import Engine, event, text

import storage
from bench.running import settle
from bot.usecases.plan_deliveries import plan_deliveries
from playbooks.public_holidays import PublicHolidays
from storage.engine import WRITING
from storage.given import ROWS, written
from storage.inserts import InsertAllIfNew
from storage.rows import MemberRow
from storage.types import micros

NOW: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday on which everybody's hour has come."""
_SLACK_TEAM: Final = "T0BENCH"
_PLACES: Final = (
    ("Europe/Amsterdam", "NL"),
    ("Europe/London", "GB"),
    ("Asia/Kolkata", "IN"),
    ("Africa/Lagos", None),
)
_HOURS: Final = (450, 480, 510, 540, 570)
"""Minutes after midnight: members in four places, with five hours each, live by twenty clocks."""
_AT_A_TIME: Final = 5_000
_COLUMNS: Final = ("workspace_id", "team_id", "slack_id", "name", "role", "locale", "zone", "country", "daily_at")
_ADD: Final = InsertAllIfNew(MemberRow, (*_COLUMNS, "next_daily_at"), ["workspace_id", "slack_id"])
_LONG: Final = 600.0
"""Seconds for a statement of the bench itself."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One planning: `seconds` on the clock and `busy` ones of this process, `megabytes` more at its highest."""

    messages: int
    seconds: float
    busy: float
    megabytes: float
    statements: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What planning for so many members cost when nobody was due, and when all were."""

    database: str
    members: int
    not_due: Cost
    due: Cost


def measure(engine: Engine, members: int) -> Measured:
    """Fills this empty database and plans twice, each time in a new process."""
    store = storage.Store(engine)
    store.found(_SLACK_TEAM, "Bench", _PLACES[0][0])
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        _let_take_long(connection)
        for first in range(0, members, _AT_A_TIME):
            rows = list(_members(range(first, min(first + _AT_A_TIME, members))))
            connection.execute(_ADD.on(connection), {ROWS: written(rows)})
        connection.exec_driver_sql(f"UPDATE team SET next_digest_at = {micros(NOW + timedelta(days=1))}")
    settle(engine)
    not_due = _in_a_new_process(engine)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        _let_take_long(connection)
        connection.execute(
            text("UPDATE member SET next_daily_at = :at"), {"at": micros(NOW - timedelta(minutes=1))}
        )
    settle(engine)
    return Measured(engine.dialect.name, members, not_due, _in_a_new_process(engine))


def table(measured: Sequence[Measured]) -> Table:
    found = Table("members", title="One planning")
    for heading in ("database", "due", "seconds", "(at work)", "ms each", "more memory, MB", "statements"):
        found.add_column(heading, justify="right")
    for one in measured:
        for cost in (one.not_due, one.due):
            found.add_row(
                f"{one.members:,}",
                one.database,
                f"{cost.messages:,}",
                f"{cost.seconds:.3f}",
                f"({cost.busy:.3f})",
                f"{1000 * cost.seconds / cost.messages:.3f}" if cost.messages else "",
                f"{cost.megabytes:.1f}",
                f"{cost.statements:,}",
            )
    return found


def _let_take_long(connection: Any) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


def _members(numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    for number in numbers:
        zone, country = _PLACES[number % len(_PLACES)]
        yield {
            "workspace_id": 1,
            "team_id": 1,
            "slack_id": f"U{number:08}",
            "name": f"Rep {number}",
            "role": "rep",
            "locale": "en-GB",
            "zone": zone,
            "country": country,
            "daily_at": _HOURS[number % len(_HOURS)],
            "next_daily_at": NOW + timedelta(hours=20),
        }


def _in_a_new_process(engine: Engine) -> Cost:
    """Whose highest memory is that of this planning alone."""
    url = engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(_plan, url).result(_LONG)


def _plan(url: str) -> Cost:
    engine = storage.create_engine(url)
    store = storage.Store(engine, lambda: NOW)
    for _, country in _PLACES:
        _ = country and NOW.date() in PublicHolidays(country)  # holidays are worked out once a process
    sent: list[int] = []
    event.listen(engine, "before_cursor_execute", lambda *_: sent.append(1))
    store.ledger().counts()  # the connection is made
    sent.clear()
    before = megabytes("VmRSS")
    peak_from_here()
    started, worked = time.perf_counter(), time.process_time()
    planned = plan_deliveries(store, NOW, explain=False)
    seconds, busy = time.perf_counter() - started, time.process_time() - worked
    engine.dispose()
    if planned.troubles:
        raise RuntimeError(f"it could not plan everything: {planned.troubles[0]}")
    return Cost(planned.messages, seconds, busy, megabytes("VmHWM") - before, len(sent))


def peak_from_here() -> None:
    """Lets Linux count the highest memory of this process anew."""
    Path("/proc/self/clear_refs").write_text("5")


def megabytes(name: str) -> float:
    """Memory of this process as Linux knows it: `VmRSS` now, `VmHWM` at its highest.

    Not getrusage: there a process starts from the highest of the one that started it.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))
