"""What is owed about a prospect goes to whoever has to do with it when it is sent, not when it was planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

import storage
from bot.content import Contents
from bot.usecases.assign_prospect import AssignProspect, assign_prospect
from bot.usecases.change import Act, Target
from bot.usecases.deliver import deliver
from bot.usecases.plan_deliveries import plan_deliveries
from bot.usecases.tell_admin import deactivate
from bot.usecases.undo_change import UndoChange, undo_change
from playbooks.deliveries import Kind, State
from playbooks.history import Status
from playbooks.ports import Tracked
from playbooks.team import Member, Role
from tests.builders import MONDAY, Office, a_member, a_playbook, advanced, an_office
from tests.fake_messenger import FakeMessenger

BEGIN = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)
DAY = timedelta(days=1)


class Weeks:
    """Days of planning and sending, an hour at a time: stalled after two working days, due after four."""

    def __init__(self, engine: Engine) -> None:
        self.at = BEGIN
        self.store = storage.Store(engine, lambda: self.at)
        self.office: Office = an_office(self.store, playbook=a_playbook(stalled_after=2, decision_due_after=4))
        self.slack = FakeMessenger(lambda: self.at, hang=timedelta(seconds=1))
        with self.store.writing(self.office.slack_team) as uow:
            self.manager = a_member(uow, "U3BOSS", "Bo", Role.MANAGER)
            self.admin = a_member(uow, "U4ADM", "Ada", Role.ADMIN)
            uow.commit()
        self.plan()

    def plan(self) -> None:
        assert plan_deliveries(self.store, self.at).troubles == ()

    def send(self) -> None:
        for due in self.store.ledger().due(100):
            deliver(
                due.id,
                units=self.store,
                messenger=self.slack,
                content=Contents(),
                clock=lambda: self.at,
                owner="a worker",
            )

    def live_until(self, day: int, hour: int) -> None:
        """Until this hour, UTC, of so many days after the first Monday."""
        while self.at < BEGIN.replace(hour=hour, minute=30) + day * DAY:
            self.at += timedelta(hours=1)
            self.plan()
            self.send()

    def act(self) -> Act:
        return Act(self.office.rep, self.at, f"Ev{self.at.timestamp()}")

    def hands_over(self, tracked: Tracked) -> None:
        command = AssignProspect(Target(tracked.id), self.office.colleague.id)
        assign_prospect(command, self.store.writing(self.office.slack_team), self.act())

    def undoes(self, tracked: Tracked) -> None:
        target = Target(tracked.id, version=self.now(tracked).journey.version)
        undo_change(UndoChange(target), self.store.writing(self.office.slack_team), self.act())

    def advances(self, tracked: Tracked) -> None:
        self.office.save(tracked, advanced(self.now(tracked).journey, on=self.at.date()))

    def leaves(self, member: Member) -> None:
        with self.store.writing(self.office.slack_team) as uow:
            deactivate(member, uow, self.at)
            uow.commit()

    def now(self, tracked: Tracked) -> Tracked:
        with self.store.reading(self.office.slack_team) as uow:
            return uow.journeys.get(tracked.id)

    def told(self, kind: Kind) -> list[str]:
        """Whom a message of this kind reached."""
        found = self.store.ledger().listed([State.SENT], limit=1000)
        return [one.owed.recipient for one in reversed(found) if one.owed.kind is kind]


@pytest.fixture
def weeks(engine: Engine) -> Weeks:
    return Weeks(engine)


def test_who_takes_over_before_a_stall_is_told_reads_of_it_and_the_former_owner_does_not(weeks: Weeks) -> None:
    tracked = weeks.office.start()
    weeks.live_until(2, 6)
    weeks.at += timedelta(hours=1)
    weeks.plan()
    weeks.hands_over(tracked)
    weeks.send()
    assert weeks.told(Kind.STALL) == []

    weeks.live_until(3, 8)

    assert weeks.told(Kind.STALL) == ["U2COL"]


def test_an_announcement_goes_to_who_took_over_since_it_was_planned(weeks: Weeks) -> None:
    tracked = weeks.office.start()
    weeks.live_until(10, 5)
    weeks.hands_over(tracked)
    weeks.live_until(10, 8)

    assert weeks.told(Kind.CLOSING) == ["U2COL"]


def test_a_decision_that_was_to_come_to_a_manager_who_left_comes_to_the_next_one(weeks: Weeks) -> None:
    tracked = weeks.office.start()
    weeks.live_until(8, 5)
    weeks.leaves(weeks.manager)
    weeks.live_until(16, 8)

    assert weeks.told(Kind.ESCALATION) == ["U4ADM"]
    assert weeks.now(tracked).journey.status is Status.NO_DECISION


def test_an_answer_that_was_taken_back_leaves_the_question_open(weeks: Weeks) -> None:
    tracked = weeks.office.start()
    weeks.live_until(7, 10)
    weeks.advances(tracked)
    weeks.live_until(8, 10)
    assert weeks.told(Kind.ESCALATION) == []
    weeks.undoes(tracked)

    weeks.live_until(9, 8)

    assert weeks.told(Kind.ESCALATION) == ["U3BOSS"]


def test_a_stall_that_was_over_for_a_moment_is_told_when_that_was_undone(weeks: Weeks) -> None:
    tracked = weeks.office.start()
    weeks.live_until(2, 6)
    weeks.at += timedelta(hours=1)
    weeks.plan()
    weeks.advances(tracked)
    weeks.send()
    assert weeks.told(Kind.STALL) == []
    weeks.undoes(tracked)

    weeks.live_until(3, 8)

    assert weeks.told(Kind.STALL) == ["U1REP"]


def test_what_closed_by_itself_and_was_taken_back_does_not_close_by_the_old_announcement(weeks: Weeks) -> None:
    tracked = weeks.office.start()
    weeks.live_until(12, 8)
    assert weeks.now(tracked).journey.status is Status.NO_DECISION
    weeks.undoes(tracked)

    weeks.live_until(25, 8)

    assert weeks.now(tracked).journey.is_open


def test_travelling_west_does_not_bring_the_closing_closer_to_its_announcement(weeks: Weeks) -> None:
    tracked = weeks.office.start()
    weeks.live_until(10, 7)
    assert weeks.told(Kind.CLOSING) == ["U1REP"]
    with weeks.store.writing(weeks.office.slack_team) as uow:
        uow.members.update(replace(weeks.office.rep, zone="Pacific/Pago_Pago"))
        uow.commit()

    weeks.live_until(10, 23)

    assert weeks.now(tracked).journey.is_open
    assert tracked.journey.entered_on == MONDAY
