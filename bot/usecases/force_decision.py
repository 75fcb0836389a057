"""Asks the prospect for a decision, by a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.deadlines import deadlines, latest_decision
from playbooks.ports import Tracked, UnitOfWork

_ENOUGH = 3
"""Working days in which a prospect that wants to decide can."""


@dataclass(frozen=True, slots=True)
class ForceDecision:
    """The answer is due on `due_on`; `what` are the words for our next action then."""

    target: Target
    due_on: date
    what: str


@dataclass(frozen=True, slots=True)
class Room:
    """When a decision may be asked for: the day it is due as things stand, the last day, and our proposal.

    `left` is False once the day that the prospect was given has come: then there is nothing more to ask for.
    """

    due_on: date
    latest: date
    proposed: date
    left: bool


def room_for_decision(tracked: Tracked, uow: UnitOfWork, act: Act) -> Room:
    """The days for which this open journey's decision may be forced now."""
    calendar = uow.members.calendar(tracked.journey.owner)
    latest = latest_decision(tracked.journey, calendar, act.today)
    return Room(
        due_on=deadlines(tracked.journey, calendar).decision_due_on,
        latest=latest,
        proposed=min(calendar.add(act.today, _ENOUGH), latest),
        left=latest > act.today,
    )


def force_decision(command: ForceDecision, uow: UnitOfWork, act: Act) -> Changed:
    """Notes the deadline that the prospect was given. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        events = journey.force_decision(
            tracked.journey,
            due_on=command.due_on,
            on=act.today,
            what=command.what,
            calendar=uow.members.calendar(tracked.journey.owner),
        )
        return keep(uow, act, tracked, events)
