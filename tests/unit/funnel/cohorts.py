"""Steps of a funnel as tests need them: cohorts that entered on one day, in one call."""

from __future__ import annotations

from datetime import timedelta

from playbooks.funnel.conversion import Conversion, conversions
from playbooks.funnel.histogram import Histogram, Known
from playbooks.funnel.visits import Exit, Visit
from tests.unit.funnel.oracle import EPOCH

AS_OF = EPOCH + timedelta(days=60)


def cohort(
    step: int = 1,
    *,
    rep: int = 0,
    entered: int = 0,
    advanced: dict[int, int],
    lost: dict[int, int],
    undecided: int = 0,
) -> list[Visit]:
    """Visits that entered on day `entered`; `advanced` and `lost` say how many left at each age."""
    day = EPOCH + timedelta(days=entered)
    seen = [Visit(step, day, day, rep=rep)] * undecided
    for ages, how in ((advanced, Exit.ADVANCED), (lost, Exit.LOST)):
        for age, count in ages.items():
            left = day + timedelta(days=age)
            seen += [Visit(step, day, day, rep=rep, exit=how, left=left, left_known=left)] * count
    return seen


def known(*cohorts: list[Visit]) -> Known:
    return Histogram.of([visit for each in cohorts for visit in each]).as_of(AS_OF)


def a_step(
    advances: int, losses: int, *, step: int = 1, age: int = 0, undecided: int = 0, limit: int = 30
) -> Conversion:
    """A step in which so many advanced and were lost, all at one age."""
    seen = known(cohort(step, advanced={age: advances}, lost={age: losses}, undecided=undecided))
    found = conversions(seen, {step: limit}, None)[step]
    assert isinstance(found, Conversion)
    return found
