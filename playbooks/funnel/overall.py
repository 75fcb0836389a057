"""From the first step to won: the steps' conversions put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from playbooks.funnel.conversion import Conversion
from playbooks.funnel.days import Days, lead_days
from playbooks.funnel.ranges import Belief, product

SHOWN_APART = 0.01
"""Both ends are shown when they differ by more than a point."""


@dataclass(frozen=True, slots=True)
class Overall:
    """What becomes of an entrant of the first step.

    `belief` is of the share that wins when the unresolved never do, `if_they_go_on` the share when they leave at
    the last observed hazards. `unresolved` is the share that is in some step at its horizon.
    """

    belief: Belief
    if_they_go_on: float
    unresolved: float
    lead: Days | None

    @property
    def has_two_ends(self) -> bool:
        return self.if_they_go_on - self.belief.estimate > SHOWN_APART


def overall(steps: Sequence[Conversion]) -> Overall:
    """The conversion over all of these steps, in their order; raises `ValueError` for none."""
    arrived, unresolved = 1.0, 0.0
    for step in steps:
        unresolved += arrived * step.unresolved
        arrived *= step.curve.conversion
    return Overall(
        belief=product([step.belief for step in steps]),
        if_they_go_on=prod(step.if_they_go_on for step in steps),
        unresolved=unresolved,
        lead=lead_days(steps),
    )
