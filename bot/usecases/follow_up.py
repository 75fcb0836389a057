"""What follows a question that nobody answers: the manager, the announcement, the end.

Each step counts from when the one before was *sent*, in the owner's working days: an outage closes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.usecases.sections import section
from playbooks import journey as rules
from playbooks.calendar import Calendar
from playbooks.deliveries import Delivery, Kind, Owed
from playbooks.history import record
from playbooks.ledger import Alert, DueMember
from playbooks.model import WhenDue
from playbooks.ports import Tracked, UnitOfWork
from playbooks.rhythm import speaking_days
from playbooks.team import Role


@dataclass(frozen=True, slots=True)
class Followed:
    """What was planned after a message, if anything, and why; `look_again_at` None: nothing more follows it."""

    owed: Owed | None
    why: str
    look_again_at: datetime | None = None


def follow_up(uow: UnitOfWork, sent: Delivery, now: datetime) -> Followed:
    """Plans what is due after `sent`, or notes when to look again; commits nothing."""
    followed = _following(uow, sent, now)
    if followed.owed is not None:
        uow.deliveries.plan([followed.owed])
    uow.agenda.set_follow_at(sent.id, followed.look_again_at)
    return followed


def _following(uow: UnitOfWork, sent: Delivery, now: datetime) -> Followed:
    tracked = _unanswered(uow, sent, now)
    if tracked is None:
        return Followed(None, "it was answered, or is no longer due")
    chain = _Chain(uow, sent, tracked, now)
    match sent.owed.kind:
        case Kind.DECISION:
            return chain.escalate()
        case Kind.ESCALATION:
            return chain.announce()
        case _:
            return chain.close()


def _unanswered(uow: UnitOfWork, sent: Delivery, now: datetime) -> Tracked | None:
    """The journey, when the same question is still open."""
    if sent.owed.journey_id is None:
        return None
    tracked = uow.journeys.get(sent.owed.journey_id)
    line = uow.pipeline.line(tracked.id)
    today = uow.members.calendar(tracked.journey.owner).today(now)
    # A wait that ended without a decision makes another question.
    asked_on = max((day for day in (line.decision_due_on, line.waiting_until) if day), default=None)
    same = line.step_number == sent.owed.step and asked_on == sent.owed.run_on
    return tracked if same and line.decision_is_due(today) else None


@dataclass(frozen=True, slots=True)
class _Chain:
    """One unanswered question of one journey. Days are the owner's."""

    uow: UnitOfWork
    sent: Delivery
    tracked: Tracked
    now: datetime

    def escalate(self) -> Followed:
        limits = self._limits
        day = self._days.add(self._day(self.sent), limits.escalate_after)
        if self.now < (at := self._days.instant(day, time.min)):
            return Followed(None, f"the rep has until {day}", at)
        leader = self._leader()
        if leader is None:
            tomorrow = self._days.today(self.now) + timedelta(days=1)
            return Followed(None, "everybody who leads is away", self._days.instant(tomorrow, time.min))
        return self._then(Kind.ESCALATION, leader, f"unanswered for {limits.escalate_after} working days")

    def announce(self) -> Followed:
        limits, asked = self._limits, self._asked()
        if asked is None:
            return Followed(None, "the question did not arrive")
        left = max(limits.close_after - limits.escalate_after - 1, 0)
        day = max(
            self._days.add(self._day(asked), max(limits.close_after - 1, 1)),
            self._days.add(self._day(self.sent), left),
        )
        if self.now < (at := self._days.instant(day, time.min)):
            return Followed(None, f"the manager has until {day}", at)
        return self._then(Kind.CLOSING, self._owner, "it closes on the next working day")

    def close(self) -> Followed:
        asked = self._asked()
        if asked is None:
            return Followed(None, "the question did not arrive")
        day = max(
            self._days.add(self._day(asked), self._limits.close_after), self._days.add(self._day(self.sent), 1)
        )
        owner = self._owner
        if self.now < (at := self._days.instant(day, owner.rhythm.daily_at)):
            return Followed(None, f"it closes on {day}", at)
        on = Calendar(self.uow.workspace.zone).today(self.now)
        closed = record(
            self.tracked.journey, rules.close_undecided(self.tracked.journey), at=self.now, on=on, by=None
        )
        self.uow.journeys.save(self.tracked, closed, self._days)
        return self._then(Kind.CLOSED, owner, "nobody decided after question, escalation and announcement")

    @property
    def _limits(self) -> WhenDue:
        return self.tracked.journey.step.when_due

    @property
    def _days(self) -> Calendar:
        return self.uow.members.calendar(self.tracked.journey.owner)

    @property
    def _owner(self) -> DueMember:
        return self.uow.agenda.member(self.tracked.journey.owner)

    def _day(self, sent: Delivery) -> date:
        """The day on which its reader had it, wherever the owner travelled since."""
        day = self._days.today(sent.sent_at or self.now)
        return max(day, sent.owed.local_date or day)

    def _asked(self) -> Delivery | None:
        """The question itself, which arrived."""
        return next(
            (
                one
                for one in self.uow.deliveries.of_journey(self.tracked.id)
                if one.owed.kind is Kind.DECISION
                and (one.owed.step, one.owed.run_on) == (self.sent.owed.step, self.sent.owed.run_on)
                and one.sent_at is not None
            ),
            None,
        )

    def _leader(self) -> DueMember | None:
        """The rep's manager, else one of the workspace, else an admin; who is away is passed over.

        Where nobody else leads, the rep hears of it again. None: those who lead are all away.
        """
        others = [one for one in self._leaders() if one.member.id != self.tracked.journey.owner]
        here = [one for one in others if _works(one, self.now)]
        return here[0] if here else None if others else self._owner

    def _leaders(self) -> Iterator[DueMember]:
        members = [member for member in self.uow.members.all() if member.active]
        own = [member for member in members if member.id == self.uow.team.manager_id]
        managers = [member for member in members if member.role is Role.MANAGER]
        admins = [member for member in members if member.role is Role.ADMIN]
        for member in dict.fromkeys((*own, *managers, *admins)):
            yield self.uow.agenda.member(member.id)

    def _then(self, kind: Kind, reader: DueMember, why: str) -> Followed:
        owed = self.sent.owed
        if owed.run_on is None or owed.step is None:
            raise ValueError(f"delivery {self.sent.id} does not say which question it is about")
        alert = Alert(kind, self.tracked.id, owed.step, self.tracked.journey.owner, owed.run_on)
        return Followed(section(alert, reader, self.now), why)


def _works(reader: DueMember, now: datetime) -> bool:
    days = speaking_days(reader.rhythm, reader.calendar)
    return days.works_on(days.today(now))
