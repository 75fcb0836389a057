"""Another date, or other words, for the one next action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from bot.usecases.next_actions import chosen
from playbooks import journey
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused


@dataclass(frozen=True, slots=True)
class PlanNextAction:
    """`what` None keeps the words of the present next action."""

    target: Target
    on: date
    what: str | None = None


def plan_next_action(command: PlanNextAction, uow: UnitOfWork, act: Act) -> Changed:
    """Replaces the next action. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        present = tracked.journey.next_action
        if present is None:
            raise Refused(Refusal.CLOSED, status=tracked.journey.status)
        planned = chosen(present, command.on, command.what)
        events = journey.plan(tracked.journey, next_action=planned, on=act.today)
        return keep(uow, act, tracked, events)
