"""Takes back the last change, visibly."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class UndoChange:
    """Which journey's last change to take back."""

    target: Target


def undo_change(command: UndoChange, uow: UnitOfWork, act: Act) -> Changed:
    """Undoes what happened last on the journey. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        calendar = uow.members.calendar(tracked.journey.owner)
        member = act.member
        events = journey.undo(tracked.journey, by=member.id, leads=member.leads, on=act.today, calendar=calendar)
        return keep(uow, act, tracked, events)
