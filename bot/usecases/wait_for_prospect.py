"""The prospect named a date of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class WaitForProspect:
    """Waiting lasts until `until`; `what` are the words for our next action then."""

    target: Target
    until: date
    what: str
    why: str | None = None


def wait_for_prospect(command: WaitForProspect, uow: UnitOfWork, act: Act) -> Changed:
    """The journey stays open and is waiting, not stalled, until the date. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        calendar = uow.members.calendar(tracked.journey.owner)
        events = journey.wait(
            tracked.journey,
            until=command.until,
            on=act.today,
            calendar=calendar,
            what=command.what,
            why=command.why,
        )
        return keep(uow, act, tracked, events)
