"""`nextstep verify` finds what no longer agrees with the events."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

import storage
from storage.chain import mistakes
from tests.builders import MONDAY, Office, a_playbook, advanced, lost, started, undone


def tampered(engine: Engine, statement: str) -> None:
    """Runs SQL as somebody would who takes the database's own rules away first."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            rules = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.exec_driver_sql(rules).scalars().all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(statement)


@pytest.fixture
def told_office(office: Office) -> Office:
    """Prospects in many states: open, moved on, taken back, lost, reopened, won, withdrawn."""
    for name, journey in {
        "Open": lambda begun: begun,
        "Moved": advanced,
        "Back": lambda begun: undone(advanced(begun)),
        "Lost": lost,
        "Reopened": lambda begun: undone(lost(begun)),
        "Won": lambda begun: advanced(begun, times=3),
        "Withdrawn": undone,
    }.items():
        tracked = office.start(name)
        office.save(tracked, journey(tracked.journey))
    return office


def test_what_the_program_wrote_agrees(told_office: Office, engine: Engine) -> None:
    assert storage.verify(engine) == []


@pytest.mark.parametrize(
    ("change", "column", "stored", "derived"),
    [
        ("step = 3", "step", "3", "1"),
        ("next_on = '2030-01-01'", "next_on", "2030-01-01", "2026-03-03"),
        ("stalls_on = '2030-01-01'", "stalls_on", "2030-01-01", "2026-03-09"),
        ("version = 9", "version", "9", "2"),
        ("source = 'fair'", "source", "fair", "nothing"),
        ("exhausted = true", "exhausted", "True", "False"),
        ("waiting_until = '2030-01-01'", "waiting_until", "2030-01-01", "nothing"),
    ],
)
def test_a_row_that_was_changed_is_found(  # noqa: PLR0917 - two fixtures and a table of four columns
    told_office: Office, engine: Engine, change: str, column: str, stored: str, derived: str
) -> None:
    tracked = told_office.start("Changed")
    tampered(engine, f"UPDATE journey SET {change} WHERE id = {tracked.id}")

    (found,) = storage.verify(engine)

    assert (found.table, found.id, found.column) == ("journey", tracked.id, column)
    assert (found.stored, found.derived) == (stored, derived)
    assert str(found) == (
        f"workspace T0NEXT, journey {tracked.id}: {column} is {stored}, the events make it {derived}"
    )


def test_a_row_with_another_owner_is_found(told_office: Office, engine: Engine) -> None:
    tracked = told_office.start("Changed")
    tampered(engine, f"UPDATE journey SET owner_id = {told_office.colleague.id} WHERE id = {tracked.id}")

    assert [found.column for found in storage.verify(engine)] == ["owner_id"]


def test_a_name_whose_key_is_wrong_is_found(told_office: Office, engine: Engine) -> None:
    tracked = told_office.start("Café Noir BV")
    tampered(engine, f"UPDATE prospect SET key = 'x' WHERE id = {tracked.prospect.id}")

    assert [(found.table, found.derived) for found in storage.verify(engine)] == [("prospect", "cafe noir")]


def test_an_event_that_was_removed_is_found(told_office: Office, engine: Engine) -> None:
    tracked = told_office.start("Gap")
    tampered(engine, f"DELETE FROM event WHERE journey_id = {tracked.id} AND seq = 1")

    assert "event 2 stands where 1 should" in [found.stored for found in storage.verify(engine)]


def test_an_event_that_nobody_can_read_is_found(told_office: Office, engine: Engine) -> None:
    tracked = told_office.start("Garbled")
    tampered(engine, f"""UPDATE event SET payload = '{{"x": 1}}' WHERE journey_id = {tracked.id} AND seq = 2""")

    (found,) = storage.verify(engine)

    assert "cannot be read" in str(found)


def test_a_journey_without_events_is_found(told_office: Office, engine: Engine) -> None:
    tracked = told_office.start("Empty")
    tampered(engine, f"DELETE FROM event WHERE journey_id = {tracked.id}")

    assert [found.stored for found in storage.verify(engine)] == ["no event starts it"]


def test_a_chain_that_jumps_is_told_in_words() -> None:
    book = a_playbook()
    whole = advanced(started(book, 1, on=MONDAY), times=2).history
    assert list(mistakes(whole, 3)) == []

    without_the_first_step = [entry for entry in whole if entry.seq != 3]

    assert "event 4 enters step 3 from step 1 of 3" in list(mistakes(without_the_first_step, 3))
    assert "event 4 enters step 3 from step 2 of 2" in list(mistakes(whole, 2))
