"""*Not now*: back to marketing until a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class PostponeProspect:
    """`returns_on` is the local date on which the prospect comes back."""

    target: Target
    returns_on: date
    text: str | None = None


def postpone_prospect(command: PostponeProspect, uow: UnitOfWork, act: Act) -> Changed:
    """Closes the journey as not now. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        events = journey.not_now(tracked.journey, returns_on=command.returns_on, on=act.today, text=command.text)
        return keep(uow, act, tracked, events)
