"""How long steps take: days until the advance, lead time to won, mean stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from playbooks.funnel import convolution
from playbooks.funnel.conversion import Conversion
from playbooks.funnel.histogram import Floats

_USUAL, _MOSTLY = 0.5, 0.8
_DIRECT = 256
"""Convolutions this short are as quick without a Fourier transform."""


@dataclass(frozen=True, slots=True)
class Days:
    """After how many days half, and four fifths, of those who advance have advanced."""

    median: int
    p80: int


def days_in_step(found: Conversion) -> Days | None:
    """Median and 80 % point of the days in the step, given that it advances within the horizon.

    None when nobody advanced.
    """
    return days_of(found.curve.advancing)


def days_of(shares: Floats) -> Days | None:
    """Median and 80 % point of a distribution over days 0, 1, ...; it need not add up to one. None when empty."""
    total = float(shares.sum())
    if total <= 0:
        return None
    return Days(_point(shares / total, _USUAL), _point(shares / total, _MOSTLY))


def _point(shares: Floats, part: float) -> int:
    rounding = 1e-12
    return int(np.argmax(np.cumsum(shares) >= part - rounding))


def winning(steps: Sequence[Conversion], *, go_on: bool = False, days: int | None = None) -> Floats:
    """The share of entrants of the first of `steps` that is won exactly so many days later: the convolution.

    Its sum is the overall conversion. Unresolved visits never win, unless `go_on`: then they leave at the last
    observed hazards. `days` cuts the answer to that many days (needed for those who go on without end).
    """
    return reduce(
        lambda far, near: convolved(far, near, days),
        (advancing(step, go_on=go_on, days=days) for step in steps),
    )


def advancing(step: Conversion, *, go_on: bool = False, days: int | None = None) -> Floats:
    """The share that advances at each age, on the first `days` days."""
    seen = step.curve.advancing
    if not go_on:
        return seen if days is None else seen[:days]
    if days is None:
        raise ValueError("those who go on do so without end: say for how many days")
    further = max(days - len(seen), 0)
    moved, left = step.pace
    tail = step.unresolved * moved * (1.0 - moved - left) ** np.arange(further)
    return np.concatenate([seen, tail])[:days]


def convolved(one: Floats, other: Floats, days: int | None = None) -> Floats:
    """The distribution of the sum of two numbers of days; cut to `days` places where given."""
    short = min(len(one), len(other)) <= _DIRECT
    both = np.convolve(one, other) if short else np.maximum(convolution.convolved(one, other), 0.0)
    return both if days is None else both[:days]


def lead_days(steps: Sequence[Conversion]) -> Days | None:
    """From the entry into the first of these steps to won, for those who win; None when nobody does."""
    return days_of(winning(steps))


def mean_stay(found: Conversion, limit: int) -> float:
    """The mean days a visit stays, whatever its exit, counted up to the closing limit at most.

    `sum of S(a)` over the ages before the limit: the restricted mean (Irwin 1949; Royston and Parmar 2011). Past
    a horizon that is shorter than the limit the last observed hazards go on.
    """
    staying = found.curve.staying[:limit]
    further = max(limit - len(staying), 0)
    stay = 1.0 - sum(found.pace)
    tail = found.unresolved * stay ** np.arange(1, further + 1)
    return float(staying.sum() + tail.sum())
