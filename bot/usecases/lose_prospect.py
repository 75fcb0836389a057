"""The prospect said no."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class LoseProspect:
    """`reason` is a key of the playbook's list; `other` needs `text`."""

    target: Target
    reason: str
    text: str | None = None


def lose_prospect(command: LoseProspect, uow: UnitOfWork, act: Act) -> Changed:
    """Closes the journey as lost. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        events = journey.lose(tracked.journey, reason=command.reason, text=command.text)
        return keep(uow, act, tracked, events)
