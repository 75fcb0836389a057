"""Hands a prospect over to another member."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class AssignProspect:
    """`owner` is the member id of who takes over."""

    target: Target
    owner: int


def assign_prospect(command: AssignProspect, uow: UnitOfWork, act: Act) -> Changed:
    """The prospect and its next action are the new owner's. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        events = journey.assign(tracked.journey, owner=command.owner)
        return keep(uow, act, tracked, events)
