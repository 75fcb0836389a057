"""How the plan begins: from today's pipeline to the steady state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from playbooks.funnel.conversion import Conversion
from playbooks.funnel.forecast import pipeline_of
from playbooks.funnel.histogram import Floats, Known
from playbooks.funnel.journeys_ahead import Rates, chances
from playbooks.funnel.plan import first_week
from playbooks.funnel.ranges import DEFAULT_CERTAINTY
from playbooks.funnel.windows import DEFAULT_WEEKS

LATEST_WEEK = 52
_DRAWS = 16
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
    """The first week whose period of `weeks` reaches `wins` a week at this certainty, given the intake from now on.

    0 is the week that begins on the day `known` is as of; None when none up to `latest` does. The unresolved
    never win.
    """
    start = _periods(known, steps, intake, weeks, latest)
    return first_week(start, wins * weeks, certainty, latest)


def _periods(
    known: Known, steps: Sequence[Conversion], intake: int, weeks: int, latest: int
) -> Callable[[int], tuple[Floats, Floats]]:
    """The mean and variance of the wins in the period that begins in a week, draw by draw."""
    won = Rates.drawn(steps, go_on=False, draws=_DRAWS).won_within(_WEEK * (latest + weeks))
    ahead = pipeline_of(known, [step.step for step in steps])
    fresh = np.concatenate([np.zeros((_DRAWS, 1)), won[0][:, 0, :]], axis=1)

    def by(day: int) -> Floats:
        """The chance of each prospect of the pipeline to be won before this day."""
        return chances(won, ahead, day) if day else np.zeros((_DRAWS, len(ahead.count)))

    def start(week: int) -> tuple[Floats, Floats]:
        begin, end = _WEEK * week, _WEEK * (week + weeks)
        entered = np.arange(end)
        single = fresh[:, end - entered] - fresh[:, np.maximum(begin - entered, 0)]
        weekly = single.reshape(_DRAWS, -1, _WEEK).mean(axis=2)
        held = np.clip(by(end) - by(begin), 0.0, 1.0)
        mean = held @ ahead.count + intake * weekly.sum(axis=1)
        variance = (held * (1 - held)) @ ahead.count + intake * (weekly * (1 - weekly)).sum(axis=1)
        return mean, variance

    return start
