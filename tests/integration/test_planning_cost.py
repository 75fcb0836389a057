"""What is not due costs nothing: planning and delivering read along indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

import storage
from bot.usecases.plan_deliveries import plan_deliveries
from playbooks.deliveries import USUAL, Kind, Owed, State
from tests.builders import MONDAY, Office, a_member, an_office

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """What is sent to the database meanwhile."""
    sent: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:
        _, _, statement, parameters, *_ = told
        if not statement.startswith("BEGIN"):
            sent.append((statement, parameters[0] if isinstance(parameters, list) else parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def members(office: Office, number: int) -> None:
    with office.units.writing(office.slack_team) as uow:
        for place in range(number):
            a_member(uow, f"U9{place}", f"Rep {place}")
        uow.commit()


def test_a_tick_with_nothing_due_is_a_few_statements_however_many_members(office: Office, engine: Engine) -> None:
    members(office, 50)
    plan_deliveries(office.units, NOW)
    with statements(engine) as sent:
        plan_deliveries(office.units, NOW + timedelta(minutes=1))

    # What ran out, what expired, whom to plan for; and PostgreSQL is asked for the time.
    assert len(sent) <= 4


def test_many_daily_messages_take_few_statements(office: Office, engine: Engine) -> None:
    members(office, 50)
    plan_deliveries(office.units, NOW - timedelta(hours=1))
    with statements(engine) as sent:
        planned = plan_deliveries(office.units, NOW)

    assert len(planned.plans) == 52
    # 52 rows in few, whatever the driver makes of a list of values.
    assert len({statement.split("VALUES")[0] for statement, _ in sent}) < 20


def planned(office: Office) -> None:
    with office.units.writing(office.slack_team) as uow:
        owed = Owed("notice:1", Kind.NOTICE, "U1REP", NOW, member_id=office.rep.id, expires_at=NOW)
        uow.deliveries.plan([owed])
        uow.commit()


def delivered(office: Office) -> None:
    ledger = office.units.ledger()
    planned(office)
    (due,) = ledger.due(10)
    claimed = ledger.claim(due.id, "one", USUAL)
    if claimed is not None:
        ledger.holds(claimed, USUAL)
        ledger.record(claimed, claimed, hold_until=NOW)
    ledger.reconcile(USUAL)
    ledger.counts(office.slack_team)
    ledger.listed([State.FAILED], slack_team=office.slack_team)
    with office.units.reading(office.slack_team) as uow:
        uow.deliveries.sections_of("daily:1:2026-03-02")
        uow.deliveries.of_journey(1)
        uow.deliveries.last_sent(Kind.DAILY, member_id=1)
        uow.deliveries.last_sent(Kind.DIGEST, team_id=1)
        uow.agenda.sequels(NOW, 10)


def ticked(office: Office) -> None:
    office.start("Acme", on=MONDAY - timedelta(days=30))
    plan_deliveries(office.units, NOW - timedelta(hours=1))
    plan_deliveries(office.units, NOW)


@pytest.mark.parametrize("work", [ticked, delivered])
def test_no_statement_reads_all_members_journeys_or_deliveries(
    sqlite_engine: Engine, work: Callable[[Office], None]
) -> None:
    office = an_office(storage.Store(sqlite_engine))
    with statements(sqlite_engine) as sent:
        work(office)

    with sqlite_engine.connect() as connection:
        for statement, parameters in sent:
            if statement.startswith(("PRAGMA", "COMMIT")):
                continue
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            scanned = [row[3] for row in rows if _reads_all(row[3])]
            assert scanned == [], statement


def _reads_all(line: str) -> bool:
    """All rows of a table or of a workspace in it; an index of only those that are not sent, or due, may."""
    if not any(f" {table} " in f"{line} " for table in ("member", "journey", "delivery")):
        return False
    if "ix_delivery_state" in line or "ix_delivery_recipient" in line:
        return False
    return ("SCAN" in line and "INDEX" not in line) or line.endswith("(workspace_id=?)")
