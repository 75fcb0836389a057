"""Whether one script works better than another: by what was assigned, within each rep."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import ceil, sqrt
from operator import add

import numpy as np
from scipy.special import ndtr, ndtri

from playbooks.funnel.conversion import reach
from playbooks.funnel.curve import curve, effective_size
from playbooks.funnel.ranges import DEFAULT_CERTAINTY, check_certainty
from playbooks.funnel.windows import Risk

FEWEST_PER_ARM = 10
"""Exits an arm needs before the two are compared."""

_POWER = 0.8
_MISTAKE = 0.05
_MOST_WEEKS = 520


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much more (or less) the second script converts than the first, as a share, with its range.

    `better` is the probability that the second is the better one. `exits` are those of each arm.
    """

    difference: float
    low: float
    high: float
    better: float
    exits: tuple[int, int]


def compare(
    strata: Mapping[Hashable, tuple[Risk, Risk]], certainty: float = DEFAULT_CERTAINTY
) -> Comparison | None:
    """The second script against the first, stratified by rep; None while an arm has too few exits.

    `strata` holds for each rep the risk tables of the visits whose first touch used each script (intention to
    treat: later scripts change nothing). Both arms are read at one horizon, the last age with enough at risk in
    both; the difference is weighted over the reps as by Mantel and Haenszel (1959), by effective sizes. Raises
    `ValueError` for a certainty not between 0 and 1.
    """
    check_certainty(certainty)
    if not strata:
        return None
    arms = [reduce(add, [pair[arm] for pair in strata.values()]) for arm in (0, 1)]
    horizon = min(reach(arm) for arm in arms)
    exits = [int(arm.up_to(horizon).exits.sum()) for arm in arms]
    if horizon < 0 or min(exits) < FEWEST_PER_ARM:
        return None
    base = curve((arms[0] + arms[1]).up_to(horizon)).conversion
    rows = [
        _difference(first.up_to(horizon), second.up_to(horizon), base)
        for first, second in strata.values()
        if first.at_risk[0] > 0 and second.at_risk[0] > 0
    ]
    weight, difference, variance = (np.array(column) for column in zip(*rows, strict=True))
    if not variance.any():
        return None
    part = weight / weight.sum()
    middle, spread = float(part @ difference), sqrt(float(part**2 @ variance))
    reach_out = float(ndtri((1.0 + certainty) / 2.0)) * spread
    return Comparison(
        difference=middle,
        low=max(middle - reach_out, -1.0),
        high=min(middle + reach_out, 1.0),
        better=float(ndtr(middle / spread)),
        exits=(exits[0], exits[1]),
    )


def detectable(base: float, arm: int) -> float:
    """The difference that an arm of so many shows four times in five, at the usual 5 % of false alarms.

    Normal approximation for two shares, `base` being the first (Fleiss 1981).
    """
    difference = 0.0
    for _ in range(50):
        other = min(base + difference, 1.0)
        spread = sqrt((base * (1.0 - base) + other * (1.0 - other)) / arm)
        difference = _both_tails() * spread
    return difference


def weeks_to_tell(base: float, difference: float, visits_a_week: float) -> int | None:
    """In how many weeks a difference of this size would show, two arms sharing the visits of a week.

    None when that is ten years or more. Raises `ValueError` for no difference, or one that leaves 0 to 100 %.
    """
    other = base + difference
    if difference == 0 or not 0 <= other <= 1:
        raise ValueError("the difference to look for has to lead from one share to another")
    arm = (_both_tails() / difference) ** 2 * (base * (1.0 - base) + other * (1.0 - other))
    weeks = ceil(2.0 * arm / visits_a_week) if visits_a_week > 0 else _MOST_WEEKS
    return weeks if weeks < _MOST_WEEKS else None


def _both_tails() -> float:
    return float(ndtri(1.0 - _MISTAKE / 2.0) + ndtri(_POWER))


def _difference(first: Risk, second: Risk, base: float) -> tuple[float, float, float]:
    """Weight, difference and its variance in one stratum.

    The variance is that of two equal shares, drawn by two visits toward the `base` of all: a stratum of three
    visits must not seem sure.
    """
    shares = np.array([curve(arm).conversion for arm in (first, second)])
    sizes = np.array([effective_size(arm) for arm in (first, second)])
    if sizes.min() <= 0:
        return 0.0, 0.0, 0.0
    both = float((shares @ sizes + 2.0 * base) / (sizes.sum() + 2.0))
    variance = both * (1.0 - both) * float((1.0 / sizes).sum())
    return float(sizes.prod() / sizes.sum()), float(shares[1] - shares[0]), variance
