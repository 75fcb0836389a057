"""What falls due after the day's message comes on its own; before it, it is a part of that message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.usecases.change import Act, Target
from bot.usecases.log_contact import LogContact, log_contact
from bot.usecases.plan_deliveries import plan_deliveries
from playbooks.deliveries import Delivery, Kind
from playbooks.ports import Tracked
from storage import Store
from tests.builders import MONDAY, Office, a_playbook, an_office

DAILY_AT = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def office(store: Store) -> Office:
    """One contact without progress is all that a step allows; Monday's messages are planned for."""
    office = an_office(store, playbook=a_playbook(contacts_without_progress=1))
    plan_deliveries(office.units, DAILY_AT - 2 * AN_HOUR)
    return office


def talks(office: Office, tracked: Tracked, at: datetime) -> None:
    act = Act(office.rep, at, f"Ev{at.timestamp()}")
    log_contact(LogContact(Target(tracked.id), "talked"), office.units.writing(office.slack_team), act)


def stalls(office: Office) -> list[Delivery]:
    return [one for one in office.units.ledger().listed() if one.owed.kind is Kind.STALL]


def test_the_last_contact_a_step_allows_is_told_at_once_after_the_days_message(office: Office) -> None:
    tracked = office.start(on=MONDAY)
    plan_deliveries(office.units, DAILY_AT)

    talks(office, tracked, DAILY_AT + AN_HOUR)

    (stall,) = stalls(office)
    assert (stall.owed.with_daily, stall.owed.due_at, stall.owed.recipient) == (False, DAILY_AT + AN_HOUR, "U1REP")


def test_before_the_days_message_it_is_a_section_of_it(office: Office) -> None:
    tracked = office.start(on=MONDAY)
    talks(office, tracked, DAILY_AT - AN_HOUR)
    assert stalls(office) == []

    plan_deliveries(office.units, DAILY_AT)

    (stall,) = stalls(office)
    assert stall.owed.carrier == f"daily:{office.rep.id}:2026-03-02"


def test_who_was_never_planned_for_gets_no_heap_of_old_news(store: Store) -> None:
    office = an_office(store, playbook=a_playbook(contacts_without_progress=1))
    tracked = office.start(on=MONDAY)

    talks(office, tracked, DAILY_AT + AN_HOUR)

    assert stalls(office) == []


def test_the_next_day_does_not_tell_it_again(office: Office) -> None:
    tracked = office.start(on=MONDAY)
    plan_deliveries(office.units, DAILY_AT)
    talks(office, tracked, DAILY_AT + AN_HOUR)
    talks(office, tracked, DAILY_AT + 2 * AN_HOUR)

    plan_deliveries(office.units, DAILY_AT + timedelta(days=1))

    assert len(stalls(office)) == 1
