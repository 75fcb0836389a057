"""No decision came, and we stop waiting for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class CloseUndecided:
    """`text` says what was tried."""

    target: Target
    text: str | None = None


def close_undecided(command: CloseUndecided, uow: UnitOfWork, act: Act) -> Changed:
    """Closes the journey as no decision. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        events = journey.close_undecided(tracked.journey, text=command.text)
        return keep(uow, act, tracked, events)
