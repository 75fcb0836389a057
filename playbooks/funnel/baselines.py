"""The forecasts that ours has to beat: what a team could read off its wins, or its pipeline, without us."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playbooks.funnel.forecast import Wins, negative_binomial, pipeline_of, poisson_binomial, weekly_wins
from playbooks.funnel.histogram import Floats, Known
from playbooks.funnel.journeys_ahead import DRAWS
from playbooks.funnel.visits import Exit


def from_past_wins(known: Known, weeks: int, *, draws: int = DRAWS) -> Wins:
    """The wins of the last 8 weeks, going on as they did. `known` need hold no more than those weeks touch."""
    return negative_binomial(weekly_wins(known), weeks, draws=draws)


def from_stages(known: Known, funnel: Sequence[int]) -> Wins:
    """What CRMs do: every open prospect weighs what the stage it stands in weighs. `known` holds all history."""
    ahead = pipeline_of(known, funnel)
    if not len(ahead.count):
        return Wins(np.ones(1))
    return poisson_binomial(stage_weights(known, funnel)[ahead.place], ahead.count)


def stage_weights(known: Known, funnel: Sequence[int]) -> Floats:
    """Of the closed journeys that came as far as each step, the share that was won: one value a step."""
    wins = float(known.count[known.exit == Exit.WON].sum())
    weights, closed = np.zeros(len(funnel)), wins
    for place in reversed(range(len(funnel))):
        ended = (known.step == funnel[place]) & ~known.inferred & (known.exit >= Exit.LOST)
        closed += float(known.count[ended].sum())
        weights[place] = wins / max(closed, 1.0)
    return weights
