"""A calendar that changes moves the deadlines of the journeys of who works by it, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

import storage
from playbooks.calendar import DaysOff
from playbooks.ports import UnitOfWork
from playbooks.team import Rhythm
from tests.builders import Office, an_office, lost

TUESDAY_AND_WEDNESDAY = DaysOff(date(2026, 3, 3), date(2026, 3, 4))
IN_ENGLAND = Rhythm(country="GB", region="ENG")


def after(office: Office, change: Callable[[UnitOfWork], None], *, owner: int) -> int:
    """How many journeys moved when this member's calendar changed."""
    with office.units.writing(office.slack_team) as uow:
        change(uow)
        moved = uow.journeys.move_deadlines(owner)
        uow.commit()
    return moved


def stalls_on(office: Office, journey_id: int) -> date | None:
    with office.units.reading(office.slack_team) as uow:
        return uow.pipeline.line(journey_id).stalls_on


def test_days_off_give_an_open_prospect_more_time(office: Office, engine: Engine) -> None:
    mine, theirs = office.start("Mine"), office.start("Theirs", owner=office.colleague.id)
    before = stalls_on(office, mine.id)
    moved = after(
        office, lambda uow: uow.members.set_days_off(office.rep.id, [TUESDAY_AND_WEDNESDAY]), owner=office.rep.id
    )
    assert (before, moved) == (date(2026, 3, 9), 1)
    assert stalls_on(office, mine.id) == date(2026, 3, 11)
    assert stalls_on(office, theirs.id) == date(2026, 3, 9)
    assert storage.verify(engine) == []


def test_days_off_that_are_taken_back_take_the_time_back(office: Office, engine: Engine) -> None:
    mine, rep = office.start("Mine"), office.rep.id
    after(office, lambda uow: uow.members.set_days_off(rep, [TUESDAY_AND_WEDNESDAY]), owner=rep)
    after(office, lambda uow: uow.members.set_days_off(rep, []), owner=rep)
    assert stalls_on(office, mine.id) == date(2026, 3, 9)
    assert storage.verify(engine) == []


@pytest.mark.parametrize("rhythm", [replace(Rhythm(), weekdays=frozenset({0, 2})), IN_ENGLAND])
def test_working_days_and_public_holidays_move_deadlines_too(
    office: Office, engine: Engine, rhythm: Rhythm
) -> None:
    good_friday_ahead = date(2026, 3, 30)
    office.start("Mine", on=good_friday_ahead)
    moved = after(office, lambda uow: uow.members.set_rhythm(office.rep.id, rhythm), owner=office.rep.id)
    assert moved == 1
    assert storage.verify(engine) == []


def test_who_does_not_move_them_is_found(office: Office, engine: Engine) -> None:
    office.start("Mine")
    with office.units.writing(office.slack_team) as uow:
        uow.members.set_days_off(office.rep.id, [TUESDAY_AND_WEDNESDAY])
        uow.commit()
    assert {found.column for found in storage.verify(engine)} == {"stalls_on", "decision_due_on"}


def test_nothing_else_of_a_journey_changes(office: Office) -> None:
    begun = office.start("Mine")
    gone = office.start("Gone")
    office.save(gone, lost(gone.journey))
    rep = office.rep.id
    assert after(office, lambda uow: uow.members.set_days_off(rep, [TUESDAY_AND_WEDNESDAY]), owner=rep) == 1
    with office.units.reading(office.slack_team) as uow:
        assert uow.journeys.get(begun.id).journey == begun.journey


def test_a_journey_that_begins_after_it_counts_by_the_new_calendar(office: Office, engine: Engine) -> None:
    rep = office.rep.id
    after(office, lambda uow: uow.members.set_days_off(rep, [TUESDAY_AND_WEDNESDAY]), owner=rep)
    assert stalls_on(office, office.start("New").id) == date(2026, 3, 11)
    assert storage.verify(engine) == []


def test_a_member_of_another_workspace_is_left_alone(store: storage.Store) -> None:
    here, there = an_office(store), an_office(store, "T2OTHER")
    there.start("Theirs", owner=there.rep.id)
    assert after(here, lambda uow: None, owner=there.rep.id) == 0
