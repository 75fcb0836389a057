"""How the plan begins: from today's pipeline to the steady state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from playbooks.funnel.conversion import Conversion
from playbooks.funnel.forecast import pipeline_of
from playbooks.funnel.histogram import Floats, Known
from playbooks.funnel.journeys_ahead import Rates
from playbooks.funnel.plan import PLAN_DRAWS, first_week
from playbooks.funnel.ranges import DEFAULT_CERTAINTY
from playbooks.funnel.windows import DEFAULT_WEEKS

LATEST_WEEK = 52
_WEEK = 7


def first_week_on_target(
    known: Known,
    steps: Sequence[Conversion],
    intake: int,
    wins: float,
    *,
    certainty: float = DEFAULT_CERTAINTY,
    weeks: int = DEFAULT_WEEKS,
    latest: int = LATEST_WEEK,
) -> int | None:
    """The first week whose period of `weeks` reaches `wins` a week at this certainty, at this intake from now on.

    0 is the week that begins on the day `known` is as of; None when none up to `latest` does. The unresolved
    go on at the last observed hazards.
    """
    start = _periods(known, steps, intake, weeks, latest)
    return first_week(start, wins * weeks, certainty, latest)


def _periods(
    known: Known, steps: Sequence[Conversion], intake: int, weeks: int, latest: int
) -> Callable[[int], tuple[Floats, Floats]]:
    """The mean and variance of the wins in the period that begins in a week, draw by draw."""
    rates = Rates.drawn(steps, go_on=True, draws=PLAN_DRAWS)
    ahead = pipeline_of(known, [step.step for step in steps])
    last = latest + weeks
    fresh = np.concatenate([np.zeros((PLAN_DRAWS, 1)), rates.fresh(_WEEK * last)[0]], axis=1)
    none = np.zeros((PLAN_DRAWS, len(ahead.count)))
    by = (none, *rates.standing(ahead, [_WEEK * week for week in range(1, last + 1)]))

    def start(week: int) -> tuple[Floats, Floats]:
        begin, end = _WEEK * week, _WEEK * (week + weeks)
        entered = np.arange(end)
        single = fresh[:, end - entered] - fresh[:, np.maximum(begin - entered, 0)]
        weekly = single.reshape(PLAN_DRAWS, -1, _WEEK).mean(axis=2)
        held = np.clip(by[week + weeks] - by[week], 0.0, 1.0)
        mean = held @ ahead.count + intake * weekly.sum(axis=1)
        variance = (held * (1 - held)) @ ahead.count + intake * (weekly * (1 - weekly)).sum(axis=1)
        return mean, variance

    return start
