"""The database refuses what the rules refuse, whoever writes the SQL."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from playbooks.ports import Tracked
from tests.builders import Office, advanced, lost, started, undone

NOON = 1_772_452_800_000_000
"""2026-03-02 at noon, as the database keeps instants."""


class Sql:
    """Raw SQL on the office's database, each statement a transaction of its own."""

    def __init__(self, engine: Engine, office: Office) -> None:
        self.engine = engine
        self.here = office.rep.workspace_id
        self.member = office.rep.id

    def run(self, statement: str) -> None:
        with self.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    def add_event(self, tracked: Tracked, kind: str, **changes: Any) -> None:
        """The next event of this journey, complete but for what is wrong with it."""
        seq = tracked.journey.version + 1
        usual = {
            "workspace_id": self.here,
            "journey_id": tracked.id,
            "seq": seq,
            "change": changes.get("seq", seq),
            "kind": f"'{kind}'",
            "step": "NULL",
            "undoes": "NULL",
            "occurred_at": NOON,
            "known_at": NOON,
            "on_day": "'2026-03-02'",
            "by_member": self.member,
            "payload": "'{}'",
        }
        self._insert("event", usual | changes)

    def add_journey(self, tracked: Tracked, **changes: Any) -> None:
        """A second journey of this prospect, lost, as a row alone."""
        usual = {
            "workspace_id": self.here,
            "prospect_id": tracked.prospect.id,
            "playbook_id": tracked.playbook_id,
            "owner_id": self.member,
            "version": 1,
            "status": "'lost'",
            "step": 1,
            "started_on": "'2026-03-02'",
            "entered_on": "'2026-03-02'",
            "exhausted": "false",
            "reason": "'price'",
            "closed_on": "'2026-03-02'",
        }
        self._insert("journey", usual | changes)

    def _insert(self, table: str, values: dict[str, Any]) -> None:
        names, row = ", ".join(values), ", ".join(str(value) for value in values.values())
        self.run(f"INSERT INTO {table} ({names}) VALUES ({row})")


OPEN: dict[str, Any] = {
    "status": "'open'",
    "next_on": "'2026-03-03'",
    "next_what": "'Call'",
    "stalls_on": "'2026-03-09'",
    "decision_due_on": "'2026-03-16'",
    "reason": "NULL",
    "closed_on": "NULL",
}


@pytest.fixture
def sql(engine: Engine, office: Office) -> Sql:
    return Sql(engine, office)


@pytest.fixture
def acme(office: Office) -> Tracked:
    """Open, at step 1 of 3."""
    return office.start()


def refused(rule: str) -> Any:
    """By this trigger or constraint; SQLite names neither the constraint of a unique index nor a foreign key."""
    return pytest.raises(DatabaseError, match=rule)


def test_an_event_of_the_rules_goes_in(sql: Sql, acme: Tracked) -> None:
    sql.add_event(acme, "advanced", step=2)


@pytest.mark.parametrize("step", [1, 3, 4, "NULL"])
def test_no_step_is_skipped(sql: Sql, acme: Tracked, step: Any) -> None:
    with refused("event_skips_a_step|step_is_the_one_entered"):
        sql.add_event(acme, "advanced", step=step)


def test_no_step_comes_after_the_last(office: Office, sql: Sql, acme: Tracked) -> None:
    last = office.save(acme, advanced(acme.journey, times=2))
    with refused("event_skips_a_step"):
        sql.add_event(last, "advanced", step=4)


def test_a_step_that_was_taken_back_does_not_count(office: Office, sql: Sql, acme: Tracked) -> None:
    back = office.save(acme, undone(advanced(acme.journey)))
    with refused("event_skips_a_step"):
        sql.add_event(back, "advanced", step=3)
    sql.add_event(back, "advanced", step=2)


def test_a_prospect_is_won_from_the_last_step_only(sql: Sql, acme: Tracked) -> None:
    with refused("event_won_too_early"):
        sql.add_event(acme, "won")


@pytest.mark.parametrize("kind", ["contacted", "next_action_set", "won", "lost", "assigned"])
def test_nothing_happens_after_the_end(office: Office, sql: Sql, acme: Tracked, kind: str) -> None:
    closed = office.save(acme, lost(acme.journey))
    with refused("event_after_the_end|event_won_too_early"):
        sql.add_event(closed, kind)


def test_nothing_happens_on_a_withdrawn_journey(office: Office, sql: Sql, acme: Tracked) -> None:
    withdrawn = office.save(acme, undone(acme.journey))
    with refused("event_after_the_end"):
        sql.add_event(withdrawn, "contacted")


def test_after_undoing_the_end_it_goes_on(office: Office, sql: Sql, acme: Tracked) -> None:
    reopened = office.save(acme, undone(lost(acme.journey)))
    sql.add_event(reopened, "contacted")


@pytest.mark.parametrize("undoes", [1, 3, 7])
def test_only_the_last_entry_in_force_is_taken_back(office: Office, sql: Sql, acme: Tracked, undoes: int) -> None:
    moved = office.save(acme, advanced(acme.journey))
    with refused("event_undone_out_of_order"):
        sql.add_event(moved, "undone", undoes=undoes)


def test_nothing_is_taken_back_twice(office: Office, sql: Sql, acme: Tracked) -> None:
    back = office.save(acme, undone(advanced(acme.journey)))
    with refused("event_undone_out_of_order"):
        sql.add_event(back, "undone", undoes=4)


@pytest.mark.parametrize("seq", [1, 2, 4, 0])
def test_events_are_numbered_without_gaps(sql: Sql, acme: Tracked, seq: int) -> None:
    with refused("event_follows_the_last|event_start_comes_first|counts_from_1"):
        sql.add_event(acme, "contacted", seq=seq)


def test_a_change_is_not_gone_back_to(sql: Sql, acme: Tracked) -> None:
    with refused("event_change_goes_on"):
        sql.add_event(acme, "contacted", change=2)


def test_a_journey_starts_once(sql: Sql, acme: Tracked) -> None:
    with refused("event_start_comes_first"):
        sql.add_event(acme, "started", step=1)


def test_an_event_has_a_kind_that_we_know(sql: Sql, acme: Tracked) -> None:
    with refused("kind_is_known"):
        sql.add_event(acme, "teleported")


@pytest.mark.parametrize(
    "change", ["payload = '{}'", "occurred_at = occurred_at + 1", "kind = 'contacted'", "seq = seq + 10"]
)
def test_no_event_is_ever_edited(sql: Sql, acme: Tracked, change: str) -> None:
    with refused("event_never_changes"):
        sql.run(f"UPDATE event SET {change} WHERE journey_id = {acme.id} AND seq = 2")


def test_no_event_is_ever_removed(sql: Sql, acme: Tracked) -> None:
    with refused("event_never_goes"):
        sql.run(f"DELETE FROM event WHERE journey_id = {acme.id}")


def test_no_event_is_removed_by_a_back_door(sql: Sql, acme: Tracked) -> None:
    if sql.engine.dialect.name == "sqlite":
        with refused("event_never_goes|event_follows_the_last"):
            sql.run(f"INSERT OR REPLACE INTO event SELECT * FROM event WHERE journey_id = {acme.id} AND seq = 2")
    else:
        with refused("event_never_emptied"):
            sql.run("TRUNCATE event")


NAIVE = ["'2026-03-02 12:00:00'", "'2026-03-02T12:00:00'", "'noon'", "1772452800", "NULL"]


@pytest.mark.parametrize(("column", "naive"), list(itertools.product(["occurred_at", "known_at"], NAIVE)))
def test_an_instant_is_never_naive(sql: Sql, acme: Tracked, column: str, naive: str) -> None:
    with refused(f"{column}_is_an_instant|invalid input syntax|NOT NULL|not-null"):
        sql.add_event(acme, "contacted", **{column: naive})


def test_a_timestamp_without_zone_is_no_instant(sql: Sql, acme: Tracked) -> None:
    with refused("occurred_at"):
        sql.add_event(acme, "contacted", occurred_at="CURRENT_TIMESTAMP")


@pytest.mark.parametrize("day", ["'2026-02-30'", "'some day'", "'2026-13-01'"])
def test_a_day_is_a_day(sql: Sql, acme: Tracked, day: str) -> None:
    with refused("on_day_is_a_day|date"):
        sql.add_event(acme, "contacted", on_day=day)


def test_a_prospect_has_no_second_open_journey(sql: Sql, acme: Tracked) -> None:
    with refused("one_open_per_prospect|journey.prospect_id"):
        sql.add_journey(acme, **OPEN)


def test_an_open_journey_has_a_next_action(office: Office, sql: Sql, acme: Tracked) -> None:
    closed = office.save(acme, lost(acme.journey))
    with refused("has_a_next_action_while_open"):
        sql.add_journey(closed, **OPEN | {"next_on": "NULL", "next_what": "NULL"})
    with refused("has_a_next_action_while_open"):
        sql.add_journey(closed, **OPEN | {"next_what": "NULL"})


def test_a_closed_journey_has_no_next_action(sql: Sql, acme: Tracked) -> None:
    with refused("has_a_next_action_while_open"):
        sql.add_journey(acme, next_on="'2026-03-03'", next_what="'Call'")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"reason": "NULL"}, "has_a_reason_when_lost"),
        ({"closed_on": "NULL"}, "has_an_end_when_closed"),
        ({"status": "'won'"}, "has_a_reason_when_lost"),
        ({"status": "'not_now'", "reason": "NULL"}, "has_a_date_when_not_now"),
        ({"status": "'paused'", "reason": "NULL"}, "status_is_known"),
        ({"step": 2}, "journey_begins_at_step_1"),
    ],
)
def test_a_journey_holds_together(sql: Sql, acme: Tracked, changes: dict[str, Any], rule: str) -> None:
    with refused(rule):
        sql.add_journey(acme, **changes)


def test_the_step_of_a_journey_does_not_jump(sql: Sql, acme: Tracked) -> None:
    with refused("journey_step_is_what_events_say"):
        sql.run(f"UPDATE journey SET step = 3 WHERE id = {acme.id}")


def test_the_status_of_a_journey_comes_from_its_events(sql: Sql, acme: Tracked) -> None:
    with refused("journey_status_is_what_events_say"):
        sql.run(
            "UPDATE journey SET status = 'won', closed_on = '2026-03-02', next_on = NULL, next_what = NULL,"
            f" next_moment = NULL, stalls_on = NULL, decision_due_on = NULL WHERE id = {acme.id}"
        )


def test_a_journey_keeps_its_prospect(office: Office, sql: Sql, acme: Tracked) -> None:
    other = office.start("Other")
    with refused("journey_stays_whose_it_is"):
        sql.run(f"UPDATE journey SET prospect_id = {other.prospect.id} WHERE id = {acme.id}")


def test_a_request_is_kept_once(sql: Sql) -> None:
    insert = f"INSERT INTO inbox (workspace_id, request_id, at) VALUES ({sql.here}, 'Ev1', {NOON})"
    sql.run(insert)
    with refused("pk_inbox|UNIQUE"):
        sql.run(insert)


def test_no_row_points_into_another_workspace(office: Office, sql: Sql, acme: Tracked) -> None:
    other = office.units.found("T0OTHER", "Other", "UTC")
    with refused("(?i)foreign key"):
        sql.add_event(acme, "contacted", workspace_id=other.id)
    with refused("(?i)foreign key"):
        sql.add_journey(acme, workspace_id=other.id)
    with refused("(?i)foreign key"):
        sql.run(
            "INSERT INTO member (workspace_id, team_id, slack_id, name, role, locale, zone)"
            f" VALUES ({other.id}, {office.rep.team_id}, 'U9', 'X', 'rep', 'en', 'UTC')"
        )


def test_a_member_has_a_role_that_we_know(sql: Sql) -> None:
    with refused("role_is_known"):
        sql.run(f"UPDATE member SET role = 'owner' WHERE id = {sql.member}")


def test_the_application_refuses_a_naive_instant_before_the_database_does(office: Office) -> None:
    journey = started(office.playbook, office.rep.id)
    naive = journey.history[0].occurred_at.replace(tzinfo=None)
    with office.units.writing(office.slack_team) as uow, pytest.raises(Exception, match="needs its zone"):
        uow.inbox.keep("Ev1", at=naive, journey_id=None, change=None)
