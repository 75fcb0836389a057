"""How a point of a message stands now: whether it is still true, and what is spent and asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.usecases.change import Act, Changed
from bot.usecases.points import Part, Point
from bot.usecases.read_script import ScriptSheet, script_after
from playbooks.calendar import Calendar
from playbooks.deadlines import Deadlines, Stall, deadlines, decision_is_due, stall
from playbooks.deliveries import Kind, State
from playbooks.events import Assigned
from playbooks.history import Journey, Status
from playbooks.journey import UNDO_CLOSING_WITHIN
from playbooks.ports import Tracked, UnitOfWork
from playbooks.team import Member

_ASKS_FOR_A_DECISION = frozenset({Kind.DECISION, Kind.ESCALATION, Kind.CLOSING})


@dataclass(frozen=True, slots=True)
class Days:
    """The local days that a point names; None where there is none.

    `asked_on`: the rep was asked. `escalates_on`, `closes_on`: what follows, when nobody answers. `undo_until`:
    until then the closing can be taken back.
    """

    asked_on: date | None
    escalates_on: date
    closes_on: date
    undo_until: date | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A point with its journey as it is now, and `latest`, the prospect's journey that counts now.

    `holds`: what the point says is still true. `waited` is how many working days there was no progress. `sheet`
    holds the words to say, None once the journey is closed. `names` are those of members, by id.
    """

    point: Point
    tracked: Tracked
    latest: Tracked
    holds: bool
    owner: Member
    deadlines: Deadlines | None
    stall: Stall | None
    waited: int
    days: Days
    sheet: ScriptSheet | None
    names: dict[int, str]

    @property
    def journey(self) -> Journey:
        return self.tracked.journey


@dataclass(frozen=True, slots=True)
class Told:
    """A part of a message with its points as they stand now."""

    part: Part
    seen: tuple[Seen, ...]


def see_point(point: Point, member: Member, uow: UnitOfWork, at: datetime) -> Seen:
    """How the point stands for this member, who reads of it. The unit of work is open already."""
    tracked = uow.journeys.get(point.journey)
    journey, prospect = tracked.journey, tracked.prospect
    owner, calendar = uow.members.get(journey.owner), uow.members.calendar(journey.owner)
    today = calendar.today(at)
    # Only of a closed journey there may be a later one: one prospect has one open journey.
    latest = tracked if journey.is_open else uow.journeys.latest(prospect.id) or tracked
    act = Act(member=member, at=at, request="")
    return Seen(
        point=point,
        tracked=tracked,
        latest=latest,
        holds=_holds(point.kind, tracked, latest, calendar, act),
        owner=owner,
        deadlines=deadlines(journey, calendar) if journey.is_open else None,
        stall=stall(journey, calendar, today),
        waited=calendar.between(journey.entered_on, today),
        days=_days(point, journey, calendar, today, uow),
        sheet=script_after(Changed(None, tracked), act) if journey.is_open else None,
        names=_names(journey, point.version, uow),
    )


def _holds(kind: Kind, tracked: Tracked, latest: Tracked, calendar: Calendar, act: Act) -> bool:
    journey, today = tracked.journey, calendar.today(act.at)
    if kind is Kind.DAILY:
        action = journey.next_action
        return journey.owner == act.member.id and action is not None and action.on <= act.today
    if kind is Kind.STALL:
        return stall(journey, calendar, today) is not None
    if kind in _ASKS_FOR_A_DECISION:
        return decision_is_due(journey, calendar, today)
    wanted = Status.NO_DECISION if kind is Kind.CLOSED else Status.NOT_NOW
    return journey.status is wanted and latest.id == tracked.id


def _days(point: Point, journey: Journey, calendar: Calendar, today: date, uow: UnitOfWork) -> Days:
    due, closed_on = journey.step.when_due, journey.closed_on
    return Days(
        asked_on=_asked_on(point, calendar, uow),
        escalates_on=calendar.add(today, due.escalate_after),
        closes_on=calendar.add(today, 1),
        undo_until=calendar.add(closed_on, UNDO_CLOSING_WITHIN) if closed_on else None,
    )


def _asked_on(point: Point, calendar: Calendar, uow: UnitOfWork) -> date | None:
    """The day on which the question reached the rep; only of what followed it."""
    if point.kind not in (Kind.ESCALATION, Kind.CLOSING, Kind.CLOSED):
        return None
    asked = [
        each.sent_at
        for each in uow.deliveries.of_journey(point.journey)
        if each.owed.kind is Kind.DECISION and each.state is State.SENT and each.sent_at is not None
    ]
    return calendar.today(max(asked)) if asked else None


def _names(journey: Journey, version: int, uow: UnitOfWork) -> dict[int, str]:
    """Who had a part in what was done since."""
    since = [entry for entry in journey.history if entry.seq > version]
    people = {entry.by for entry in since if entry.by is not None} | {journey.owner}
    people |= {entry.event.owner for entry in since if isinstance(entry.event, Assigned)}
    return {member: uow.members.get(member).name for member in people}


def see_part(part: Part, member: Member, uow: UnitOfWork, at: datetime) -> Told:
    """How all points of a part stand now."""
    return Told(part, tuple(see_point(point, member, uow, at) for point in part.points))
