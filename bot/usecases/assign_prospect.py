"""Hands a prospect over to another member."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused


@dataclass(frozen=True, slots=True)
class AssignProspect:
    """`owner` is the member id of who takes over."""

    target: Target
    owner: int
    note: str | None = None


def assign_prospect(command: AssignProspect, uow: UnitOfWork, act: Act) -> Changed:
    """The prospect and its next action are the new owner's, who works here still. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        owner = uow.members.get(command.owner)
        if not owner.active:
            raise Refused(Refusal.MEMBER_UNKNOWN, said=owner.name)
        events = journey.assign(tracked.journey, owner=command.owner, note=command.note)
        return keep(uow, act, tracked, events)
