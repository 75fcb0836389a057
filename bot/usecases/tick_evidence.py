"""Which evidence of the step is there, short of a decision."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from playbooks import journey
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class TickEvidence:
    """`evidence` is the whole set of keys that is there now."""

    target: Target
    evidence: frozenset[str]


def tick_evidence(command: TickEvidence, uow: UnitOfWork, act: Act) -> Changed:
    """Keeps "2 of 3" without progress. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        events = journey.tick(tracked.journey, evidence=command.evidence)
        return keep(uow, act, tracked, events)
