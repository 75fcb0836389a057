"""The prospect took a decision: one step on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from bot.usecases.next_actions import chosen
from playbooks import journey, next_action
from playbooks.events import NextAction
from playbooks.ports import Tracked, UnitOfWork


@dataclass(frozen=True, slots=True)
class AdvanceProspect:
    """`decided` holds the ticked evidence of the present step, then of the next, when both were decided.

    `next_on` and `next_what` are our next action in the step arrived at; both default to the playbook's first
    moment there. `to` is the step number that the member named, if any.
    """

    target: Target
    decided: Sequence[frozenset[str]]
    next_on: date | None = None
    next_what: str | None = None
    to: int | None = None
    note: str | None = None


def advance_prospect(command: AdvanceProspect, uow: UnitOfWork, act: Act) -> Changed:
    """Moves the journey as far as the prospect decided, one step a decision. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        proposed = proposed_after(tracked, len(command.decided), uow, act)
        events = journey.advance(
            tracked.journey,
            decided=command.decided,
            next_action=chosen(proposed, command.next_on, command.next_what) if proposed else None,
            on=act.today,
            to=command.to,
            note=command.note,
        )
        return keep(uow, act, tracked, events)


def proposed_after(tracked: Tracked, decisions: int, uow: UnitOfWork, act: Act) -> NextAction | None:
    """The playbook's next action once so many decisions are taken; None when the last step is among them."""
    arrived = tracked.journey.step_number + decisions
    if arrived > tracked.journey.playbook.last:
        return None
    calendar = uow.members.calendar(tracked.journey.owner)
    return next_action.on_entering(tracked.journey.playbook.step(arrived), calendar, act.today)
