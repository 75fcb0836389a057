"""The prospect took a decision: one step on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey, next_action
from playbooks.events import NextAction
from playbooks.ports import Tracked, UnitOfWork


@dataclass(frozen=True, slots=True)
class AdvanceProspect:
    """`decided` holds the ticked evidence of the present step, then of the next, when both were decided.

    `next_action` is ours in the step arrived at; None takes the playbook's first moment there.
    """

    target: Target
    decided: Sequence[frozenset[str]]
    next_action: NextAction | None = None
    to: int | None = None


def advance_prospect(command: AdvanceProspect, uow: UnitOfWork, act: Act) -> Changed:
    """Moves the journey as far as the prospect decided, at most one step a decision. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        events = journey.advance(
            tracked.journey,
            decided=command.decided,
            next_action=command.next_action or _proposed(uow, tracked, command, act),
            on=act.today,
            to=command.to,
        )
        return keep(uow, act, tracked, events)


def _proposed(uow: UnitOfWork, tracked: Tracked, command: AdvanceProspect, act: Act) -> NextAction | None:
    arrived = tracked.journey.step_number + len(command.decided)
    if arrived > tracked.journey.playbook.last:
        return None
    calendar = uow.members.calendar(tracked.journey.owner)
    return next_action.on_entering(tracked.journey.playbook.step(arrived), calendar, act.today)
