"""What a member's daily message speaks of: the actions due, then the sections that are still true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.usecases.points import NOTHING, Part, Point
from bot.usecases.see_point import Seen, Told, see_part, see_point
from playbooks.calendar import Calendar
from playbooks.deliveries import Delivery, Kind
from playbooks.history import Journey
from playbooks.pipeline import Filters, Line
from playbooks.ports import UnitOfWork
from playbooks.team import Member, Role
from playbooks.urgency import NO_WORTHS, Place, Worths, most_urgent_first, worth_most_first

_ORDER: Final = (Kind.DECISION, Kind.ESCALATION, Kind.CLOSING, Kind.STALL, Kind.CLOSED, Kind.RETURNING)
_IN_FULL: Final = 3
"""Points of a section that are told in full; the rest is counted."""
_ACTIONS: Final = 8
_IN_A_SUMMARY: Final = 3
_FEW: Final = 5
"""So many actions are no heap, however long somebody was away."""
_HEAP: Final = 15
"""So many are one, whatever brought them: an import, an outage."""
_ALL_IN_ALL: Final = 16
"""Points in full in one message: more blocks than these need Slack does not take."""
_MOST_READ: Final = 200
_AWAY: Final = timedelta(days=3)
"""Longer than a weekend without a message: it holds what gathered meanwhile."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The parts of a day's message, in order. `covers` are the keys of the sections that are still true.

    `overdue` counts the overdue actions when the message is a summary, else it is None. `first`: none was
    sent before. `said_nothing`: the last one said that nothing was due.
    """

    told: tuple[Told, ...]
    covers: frozenset[str]
    overdue: int | None
    first: bool
    said_nothing: bool


def gather_daily(
    delivery: Delivery, member: Member, uow: UnitOfWork, at: datetime, worths: Worths = NO_WORTHS
) -> Gathered:
    """What there is to say to this member today, by what steps are worth. The unit of work is open already."""
    today = Calendar(member.zone).today(at)
    sections = _sections(delivery, member, uow, at)
    seen_here = _once([seen for seen, _ in sections])
    told = [
        _told(kind, seen, worths) for kind in _ORDER if (seen := [s for s in seen_here if s.point.kind is kind])
    ]
    shown = {seen.point.journey for each in told for seen in each.seen}
    page = uow.pipeline.page(Filters(owner=member.id, due_by=today), today=today, offset=0, limit=_MOST_READ)
    due = [line for line in most_urgent_first(page.lines, today, worths) if line.journey_id not in shown]
    unread = page.total - len(page.lines)
    last = uow.deliveries.last_sent(Kind.DAILY, member_id=member.id)
    summary = _is_summary(len(due), last, today)
    room = min(_IN_A_SUMMARY if summary else _ACTIONS, _ALL_IN_ALL - len(shown))
    if due:
        points = tuple(Point(Kind.DAILY, line.journey_id, line.version) for line in due[:room])
        told.insert(0, see_part(Part(Kind.DAILY, points, len(due) - len(points) + unread), member, uow, at))
    return Gathered(
        told=tuple(told),
        covers=frozenset(key for _, key in sections),
        overdue=sum(_is_overdue(line, today) for line in due) if summary else None,
        first=last is None,
        said_nothing=last is not None and last.said == NOTHING,
    )


def first_to_come(member: Member, uow: UnitOfWork, at: datetime) -> Line | None:
    """What comes first for a member who has nothing to do today."""
    today = Calendar(member.zone).today(at)
    page = uow.pipeline.page(Filters(owner=member.id), today=today, offset=0, limit=1)
    return next(iter(page.lines), None)


def wants_prospects(member: Member) -> bool:
    """Whether somebody without prospects is to be told how to begin: it is no news to who leads or feeds reps."""
    return member.role is Role.REP


def _sections(delivery: Delivery, member: Member, uow: UnitOfWork, at: datetime) -> list[tuple[Seen, str]]:
    """The sections that are still true, with their keys."""
    found = []
    for section in uow.deliveries.sections_of(delivery.owed.key):
        seen = see_now(section, member, uow, at)
        if seen is not None and seen.holds:
            found.append((seen, section.owed.key))
    return found


def _once(sections: Sequence[Seen]) -> list[Seen]:
    """Without the stall of a prospect whose decision is asked for as well: that is what to do about it."""
    asked = {seen.point.journey for seen in sections if seen.point.kind is not Kind.STALL}
    return [seen for seen in sections if seen.point.kind is not Kind.STALL or seen.point.journey not in asked]


def see_now(delivery: Delivery, member: Member, uow: UnitOfWork, at: datetime) -> Seen | None:
    """The journey that a delivery is about, as it stands now."""
    journey = delivery.owed.journey_id
    if journey is None:
        return None
    tracked = uow.journeys.get(journey)
    return see_point(Point(delivery.owed.kind, journey, tracked.journey.version), member, uow, at)


def _told(kind: Kind, seen: Sequence[Seen], worths: Worths) -> Told:
    """The first few of a kind, those whose step is worth most first."""
    keys = worth_most_first([_place(each.journey) for each in seen], worths)
    placed = sorted(
        (key, each.tracked.prospect.name, at) for at, (key, each) in enumerate(zip(keys, seen, strict=True))
    )
    first = [seen[at] for *_, at in placed[:_IN_FULL]]
    part = Part(kind, tuple(each.point for each in first), more=len(seen) - len(first))
    return Told(part, tuple(first))


def _place(journey: Journey) -> Place:
    return Place(journey.playbook.key, journey.step_number, journey.playbook.last)


def _is_summary(due: int, last: Delivery | None, today: date) -> bool:
    """Whether a heap gathered: on the first day, after days without a message, or all at once."""
    before = last.owed.local_date if last else None
    away = before is None or today - before > _AWAY
    return due > (_FEW if away else _HEAP)


def _is_overdue(line: Line, today: date) -> bool:
    return line.next_action is not None and line.next_action.on < today
