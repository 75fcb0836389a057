"""What a command costs in statements, and that none of them grows with the prospects of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from playbooks import journey as rules
from playbooks.pipeline import Filters
from playbooks.ports import Tracked, UnitOfWork
from tests.builders import MONDAY, Office, an_action, noon, told


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """What is sent to the database meanwhile, without BEGIN and COMMIT."""
    sent: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:
        _, _, statement, parameters, _, _ = told
        if not statement.startswith("BEGIN"):
            sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def log(uow: UnitOfWork, tracked: Tracked, request: str = "Ev1") -> None:
    """What the use case of `/prospect log` asks of the store."""
    assert uow.inbox.seen(request) is None
    now = uow.journeys.get(tracked.id)
    events = rules.log(now.journey, outcome="talked", next_action=an_action(MONDAY), on=MONDAY)
    saved = uow.journeys.save(now, told(now.journey, events), uow.members.calendar(now.journey.owner))
    uow.inbox.keep(request, at=noon(MONDAY), journey_id=saved.id, change=3)
    uow.commit()


@pytest.fixture
def tracked(office: Office) -> Tracked:
    """A prospect whose playbook the process has read before."""
    started = office.start()
    with office.units.reading(office.slack_team) as uow:
        uow.playbooks.get(office.playbook_id)
    return started


def test_logging_a_contact_takes_five_statements(office: Office, engine: Engine, tracked: Tracked) -> None:
    with statements(engine) as sent, office.units.writing(office.slack_team) as uow:
        log(uow, tracked)

    assert len(sent) == 5


@pytest.mark.usefixtures("tracked")
def test_my_prospects_are_one_statement(office: Office, engine: Engine) -> None:
    with statements(engine) as sent, office.units.reading(office.slack_team) as uow:
        uow.pipeline.page(Filters(owner=office.rep.id), today=MONDAY, offset=0, limit=10)

    assert len(sent) == 1


def test_a_playbook_is_read_once_per_process(office: Office, engine: Engine) -> None:
    with statements(engine) as sent:
        for _ in range(3):
            with office.units.reading(office.slack_team) as uow:
                uow.playbooks.get(office.playbook_id)

    assert len(sent) == 1


READINGS: dict[str, Callable[[UnitOfWork, Tracked], object]] = {
    "my prospects": lambda uow, it: uow.pipeline.page(
        Filters(owner=it.journey.owner), today=MONDAY, offset=0, limit=10
    ),
    "all prospects": lambda uow, _: uow.pipeline.page(Filters(), today=MONDAY, offset=20, limit=10),
    "stalled prospects": lambda uow, _: uow.pipeline.page(
        Filters(stalled_on=MONDAY), today=MONDAY, offset=0, limit=10
    ),
    "due today": lambda uow, it: uow.pipeline.page(
        Filters(owner=it.journey.owner, due_by=date(2026, 3, 4)), today=MONDAY, offset=0, limit=10
    ),
    "counts": lambda uow, _: uow.pipeline.counts(Filters(), MONDAY),
    "one line": lambda uow, it: uow.pipeline.line(it.id),
    "by name": lambda uow, _: uow.prospects.by_keys(["acme", "other"]),
    "a prospect": lambda uow, it: uow.prospects.get(it.prospect.id),
    "a journey": lambda uow, it: uow.journeys.get(it.id),
    "the latest journey": lambda uow, it: uow.journeys.latest(it.prospect.id),
    "a dossier": lambda uow, it: uow.pipeline.dossier(it.prospect.id),
    "sources": lambda uow, _: uow.pipeline.sources(),
    "a request": lambda uow, _: uow.inbox.seen("Ev1"),
    "a member": lambda uow, _: uow.members.by_slack_id("U1REP"),
}
_GROWS = ("journey", "event", "prospect", "person", "inbox")


@pytest.mark.parametrize("reading", READINGS)
def test_no_statement_reads_a_whole_table(office: Office, engine: Engine, reading: str) -> None:
    tracked = office.start(source="fair")
    with statements(engine) as sent, office.units.reading(office.slack_team) as uow:
        READINGS[reading](uow, tracked)

    with engine.connect() as connection:
        for statement, parameters in sent:
            plan = _plan(connection, statement, parameters)
            scanned = [line for line in plan if _scans(line)]
            assert scanned == [], "\n".join(plan)


def _plan(connection: Connection, statement: str, parameters: Any) -> list[str]:
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row[3] for row in rows]
    # With a handful of rows PostgreSQL would rather read a table than an index, whichever there are.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def _scans(line: str) -> bool:
    """A whole table, or all of a workspace in it; counting along an index alone may do so."""
    words = line.replace("(", " ").split()
    if not any(table in words for table in _GROWS) or "COVERING" in words:
        return False
    return "SCAN" in words or "Seq" in words or line.endswith("(workspace_id=?)")
