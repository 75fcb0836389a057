"""Asks the prospect for a decision, by a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class ForceDecision:
    """The answer is due on `due_on`; `what` are the words for our next action then."""

    target: Target
    due_on: date
    what: str


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
