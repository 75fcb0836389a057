"""Which step needs attention most: where reaching a rate within reach wins most extra customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv, ndtri, softmax

from playbooks.funnel.conversion import Conversion
from playbooks.funnel.days import advancing
from playbooks.funnel.histogram import Floats
from playbooks.funnel.latin import draws_of, latin
from playbooks.funnel.slices import Spread, with_factor

NAMED_FROM = 0.7
"""A step is named when its probability of having the largest gain is at least this."""

WITHIN_REACH = 0.75
"""Without a target: the rate that this part of the reps stay below."""

_SPREADS = np.linspace(0.01, 1.0, 60)
_USUAL_SPREAD = 0.2
"""How much the steps may differ, as logarithms: tried up to 1, and expected to be of this size (half-normal)."""

_TINY = 1e-9
_COMMON = 2
"""The draws of the common mean are independent of all others."""
_DRAWS = 2000
_GRID = 64


@dataclass(frozen=True, slots=True)
class Goal:
    """What a step could reach: the playbook's `target` (a share), or the spread between the reps."""

    target: float | None = None
    reps: Spread | None = None


@dataclass(frozen=True, slots=True)
class Gain:
    """Extra wins in the period from reaching the goal: the mean, and the probability of being the largest."""

    step: int
    wins: float
    largest: float


def gains(
    steps: Sequence[Conversion],
    arrivals: Sequence[float],
    goals: Mapping[int, Goal],
    limits: Mapping[int, int] | None = None,
) -> tuple[Gain | None, ...]:
    """The gain of each step, in the order of the funnel; None for a step without a goal.

    `arrivals` are the visits that entered each step in the period. The extra wins are the arrivals times what is
    missing to the goal, times the conversions of the steps that follow; or, the same, the wins that pass through
    the step times the part by which its conversion would grow. The uncertainty of all of these counts, and each is
    drawn toward that of the other steps as far as the data do not tell them apart: without that, of steps that
    are all alike one would seem the worst by chance every other week. The draws are always the same ones.
    """
    count = len(steps)
    places = latin(5 * count + 2, _DRAWS)
    draws = [draws_of(step.belief, places[at]) for at, step in enumerate(steps)]
    later = [[_later(step, (limits or {}).get(step.step))] for step in steps]
    rates = np.clip(np.asarray(draws) + later, _TINY, 1.0)
    missing = {}
    for at, step in enumerate(steps):
        reached = _reached(step, goals.get(step.step, Goal()), rates[at], places[count + at])
        if reached is not None:
            missing[at] = np.log(np.maximum(reached, _TINY)) - np.log(rates[at])
    if not missing:
        return (None,) * count
    came = gammaincinv(np.asarray(arrivals)[:, None] + 0.5, places[2 * count : 3 * count])
    winning = np.log(came) + np.cumsum(np.log(rates)[::-1], axis=0)[::-1]
    winning = alike(winning, places[3 * count : 4 * count + 1])
    lacking = alike(np.stack(list(missing.values())), places[4 * count + 1 :])
    extra = np.exp(np.stack([winning[at] for at in missing])) * np.maximum(np.expm1(lacking), 0.0)
    largest = np.where(extra.max(axis=0) > 0, extra.argmax(axis=0), -1)
    found: list[Gain | None] = [None] * len(steps)
    for row, at in enumerate(missing):
        found[at] = Gain(steps[at].step, float(extra[row].mean()), float((largest == row).mean()))
    return tuple(found)


def alike(draws: Floats, places: Floats) -> Floats:
    """Independent draws of several values, drawn anew under the belief that the values are somewhat alike.

    `draws` is values x draws; each value counts as normal, with the mean and variance of its draws, around a
    common mean (anything is possible) with a spread (tried over a grid, integrated). `places` are uniform: a row
    for each value, and a last one for the spread. The normal model of parallel experiments (Gelman and others,
    Bayesian Data Analysis, section 5.4).
    """
    seen, variance = draws.mean(axis=1), draws.var(axis=1) + _TINY
    if len(seen) == 1:
        return draws
    total = variance[:, None] + _SPREADS**2
    common_variance = 1.0 / (1.0 / total).sum(axis=0)
    common = common_variance * (seen[:, None] / total).sum(axis=0)
    misfit = ((seen[:, None] - common) ** 2 / total).sum(axis=0)
    expected = (_SPREADS / _USUAL_SPREAD) ** 2
    weights = softmax(0.5 * (np.log(common_variance) - np.log(total).sum(axis=0) - misfit - expected))
    at = np.searchsorted(np.cumsum(weights), places[-1]).clip(0, len(_SPREADS) - 1)
    own = 1.0 / (1.0 / variance[:, None] + 1.0 / _SPREADS[at] ** 2)
    middle = common[at] + np.sqrt(common_variance[at]) * ndtri(latin(1, len(at), stream=_COMMON)[0])
    mean = own * (seen[:, None] / variance[:, None] + middle / _SPREADS[at] ** 2)
    values: Floats = mean + np.sqrt(own) * ndtri(places[: len(seen)])
    return values


def bottleneck(found: Sequence[Gain | None]) -> Gain | None:
    """The step that the data tell apart; None, the usual answer in a small team, when they tell none."""
    named = [gain for gain in found if gain is not None and gain.largest >= NAMED_FROM]
    return named[0] if named else None


def one_point_better(steps: Sequence[Conversion], arrivals: Sequence[float]) -> tuple[float, ...]:
    """Extra wins in the period if each step converted one point better. For who asks; never a ranking."""
    onward = np.cumprod([step.curve.conversion for step in reversed(steps)])[::-1]
    after = np.append(onward[1:], 1.0)
    return tuple(float(extra) for extra in np.asarray(arrivals) * 0.01 * after)


def _later(step: Conversion, limit: int | None) -> float:
    """The share that advances between the horizon and the closing limit, if the unresolved go on."""
    if limit is None or limit <= step.horizon:
        return 0.0
    return float(advancing(step, go_on=True, days=limit + 1).sum()) - step.curve.conversion


def _reached(step: Conversion, goal: Goal, rates: Floats, places: Floats) -> Floats | None:
    """The rate within reach, draw by draw."""
    if goal.target is not None:
        return np.full(_DRAWS, goal.target)
    if goal.reps is None or step.curve.conversion <= 0:
        return None
    factors = goal.reps.within_reach(WITHIN_REACH, places)
    grid = np.linspace(factors.min(), factors.max(), _GRID)
    lifted = np.interp(factors, grid, with_factor(step, grid)) / step.curve.conversion
    return np.minimum(rates * lifted, 1.0)
