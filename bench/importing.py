"""How quick an import is, beside SQLAlchemy's `executemany` of the very rows that it made.

    python -m bench.importing --prospects 20000 --database sqlite:////tmp/bench.sqlite3

The reference writes the same rows into the same tables of the same kind of database, triggers on, one
`executemany` a table and nothing else: no file is read, nothing is checked or derived. An import may take three
times as long.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, bindparam, insert, select, update

import storage
from bot import playbook_files
from bot.commands.collecting import not_collecting
from bot.usecases.import_history import ImportHistory, import_history
from bot.usecases.publish_playbooks import PlaybookFile
from playbooks.imports.history import History, read_history
from storage.engine import WRITING
from storage.rows import (
    EventRow,
    JourneyRow,
    MemberRow,
    PlaybookRow,
    ProspectRow,
    Row,
    StepRow,
    TeamRow,
    VersionStepRow,
    VisitCountRow,
    WorkspaceRow,
)

ZONE = "Europe/Amsterdam"
PLAYBOOK = "b2b-saas"
_BEFORE = (WorkspaceRow, TeamRow, MemberRow, PlaybookRow, StepRow, VersionStepRow)
"""What stands before an import writes: the reference has it for free."""
_WRITTEN = (ProspectRow, JourneyRow, EventRow, VisitCountRow)


def a_csv(prospects: int, steps: int, seed: int) -> bytes:
    """Prospects over three years, a tenth of them open; about two visits each."""
    dice = random.Random(seed)
    lines = ["prospect,step,entered_at,left_at,exit,rep,source"]
    for number in range(prospects):
        day = date(2023, 1, 2) + timedelta(days=dice.randrange(1000))
        rep, source = f"Rep {dice.randrange(12)}", dice.choice(("fair", "web", "referral", ""))
        for step in range(1, steps + 1):
            left = day + timedelta(days=dice.randrange(30))
            how = dice.choices(["won" if step == steps else "advanced", "lost", "no_decision", ""], (5, 3, 1, 1))[
                0
            ]
            shown = left.isoformat() if how else ""
            lines.append(f"Company {number},step{step},{day.isoformat()},{shown},{how},{rep},{source}")
            if how != "advanced":
                break
            day = left
    return ("\n".join(lines) + "\n").encode()


def imported(engine: Engine, data: bytes) -> tuple[History, dict[str, float]]:
    """Imports into an empty database; the seconds that reading and writing took."""
    text, loaded = playbook_files.load(PLAYBOOK)
    assert loaded.playbook is not None
    store, now = storage.Store(engine), datetime.now(UTC)
    store.found(storage.LOCAL, storage.LOCAL, ZONE)
    took: dict[str, float] = {}
    with not_collecting(), _timed(took, "reading"):
        history = read_history(data, "bench.csv", playbook=loaded.playbook, zone=ZONE, now=now)
    assert not history.bad
    command = ImportHistory(history.runs, loaded.playbook.key, publishes=(PlaybookFile(text, loaded.playbook),))
    with not_collecting(), _timed(took, "writing"):
        import_history(command, store.writing(storage.LOCAL), now)
    return history, took


def reference(source: Engine, target: Engine) -> tuple[float, dict[str, int]]:
    """The seconds that `executemany` takes for the rows which the import made, and how many these are."""
    rows = {kind: _rows(source, kind) for kind in (*_BEFORE, *_WRITTEN)}
    steps = [{"journey": row["id"], "now": row["step"]} for row in rows[JourneyRow] if row["step"] != 1]
    move = update(JourneyRow).where(JourneyRow.id == bindparam("journey")).values(step=bindparam("now"))
    took: dict[str, float] = {}
    with target.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        for kind in _BEFORE:
            connection.execute(insert(kind), rows[kind])
        with not_collecting(), _timed(took, "executemany"):
            for kind in _WRITTEN:
                # A journey begins at step 1, also for whoever writes SQL.
                given = [{**row, "step": 1} for row in rows[kind]] if kind is JourneyRow else rows[kind]
                connection.execute(insert(kind), given)
            connection.execute(move, steps)
    return took["executemany"], {kind.__tablename__: len(rows[kind]) for kind in _WRITTEN}


def _rows(engine: Engine, kind: type[Row]) -> list[dict[str, Any]]:
    table = Row.metadata.tables[kind.__tablename__]
    with engine.connect() as connection:
        order = list(table.primary_key)
        return [dict(row) for row in connection.execute(select(table).order_by(*order)).mappings()]


@contextmanager
def _timed(took: dict[str, float], what: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    took[what] = time.perf_counter() - begun


def measure(source: Engine, target: Engine, data: bytes) -> float:
    """Prints one line, and gives how many times as long as the reference an import took."""
    history, took = imported(source, data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    visits, alone = history.visits, sum(took.values())
    del history
    seconds, rows = reference(source, target)
    share = alone / seconds
    written = ", ".join(f"{count:,} {name}" for name, count in rows.items())
    print(f"{source.dialect.name}: {visits:,} visits ({written})")
    parts = ", ".join(f"{name} {each:.2f} s" for name, each in took.items())
    print(f"  import {alone:.2f} s ({parts}), executemany {seconds:.2f} s: {share:.2f} times as long (at most 3)")
    print(f"  {visits / alone:,.0f} visits a second; peak memory {peak:,.0f} MB")
    return share


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--prospects", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", nargs=2, metavar="URL", help="two empty databases; else SQLite alone")
    asked = parser.parse_args()
    data = a_csv(asked.prospects, 7, asked.seed)
    print(f"seed {asked.seed}, {len(data) / 1024**2:.1f} MB of CSV")
    with tempfile.TemporaryDirectory() as folder:
        measure(*(_migrated(f"sqlite:///{Path(folder) / name}.sqlite3") for name in ("import", "reference")), data)
    if asked.postgresql:
        measure(*(_migrated(url) for url in asked.postgresql), data)


def _migrated(url: str) -> Engine:
    engine = storage.create_engine(url)
    storage.migrate(engine)
    return engine


if __name__ == "__main__":
    main()
