"""Distributions of how many win: of cohorts, of single chances, of intake that varies."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len
from scipy.special import bdtrc, betaln, xlog1py, xlogy

from playbooks.funnel.histogram import Floats, Ints
from playbooks.funnel.ranges import Belief, check_certainty

Complexes = NDArray[np.complex128]

_FAR = 12.0
"""So many standard deviations above the mean nothing is left that a figure could show."""

_SHORT_OF_ONE = 1.0 - 1e-12
"""Keeps a chance of one half off the zero of its generating function."""

_MOST = 10_000_000
"""A cohort larger than this is no answer."""

_STEP = 64
"""The first step of a search is such a part of the guess."""


def wins_from_cohort(size: int, rate: float | Belief) -> Floats:
    """The chances of 0, 1, ..., `size` wins from a cohort with one rate: an array of `size + 1`.

    A rate that is known gives the binomial, one that was learned the beta-binomial: its uncertainty is shared by
    all of the cohort. Raises `ValueError` for a negative size.
    """
    if size < 0:
        raise ValueError(f"a cohort cannot have {size} prospects")
    return _chances_of(np.arange(size + 1), size, rate)


def at_least(wins: int, size: int, rate: float | Belief) -> float:
    """The chance of so many wins or more from a cohort of `size`."""
    if wins <= 0:
        return 1.0
    if wins > size:
        return 0.0
    if isinstance(rate, Belief):
        return float(1.0 - _chances_of(np.arange(wins), size, rate).sum())
    return float(bdtrc(wins - 1, size, rate))


def _chances_of(wins: Ints, size: int, rate: float | Belief) -> Floats:
    """The chances of exactly so many wins."""
    ways = -betaln(size - wins + 1, wins + 1) - np.log(size + 1)
    if isinstance(rate, Belief):
        a, b = rate.successes, rate.failures
        log = ways + betaln(wins + a, size - wins + b) - betaln(a, b)
    else:
        log = ways + xlogy(wins, rate) + xlog1py(size - wins, -rate)
    return np.asarray(np.exp(log), dtype=np.float64)


def cohort_for(wins: int, rate: float | Belief, certainty: float, *, weeks: int = 1) -> int | None:
    """The smallest cohort a week that gives so many wins in all `weeks` together at this certainty.

    None when no cohort does. Raises `ValueError` for a certainty that is not between 0 and 1.
    """
    check_certainty(certainty)
    return smallest(lambda size: at_least(wins, size * weeks, rate) >= certainty)


def smallest(enough: Callable[[int], bool], near: int = 1) -> int | None:
    """The smallest number that is enough, given that every larger one is; None when none is within reason.

    A guess of where it lies saves asking: the search goes away from `near` in growing steps.
    """
    low, high, step = 0, max(near, 1), max(near // _STEP, 1)
    while not enough(high):
        low, high, step = high, high + step, 2 * step
        if high > _MOST:
            return None
    if low == 0:
        low = max(high - step, 0)
        while low > 0 and enough(low):
            low, high, step = max(low - 2 * step, 0), low, 2 * step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def places_for(mean: float, variance: float) -> int:
    """How many counts, from zero on, hold a distribution with this mean and variance for all we can show."""
    return int(next_fast_len(int(mean + _FAR * np.sqrt(max(variance, mean, 1.0))) + 16, real=True))


def circle(places: int) -> Complexes:
    """The points at which a generating function of so many places is taken."""
    angles = -2.0 * np.pi * np.arange(places // 2 + 1) / places
    points: Complexes = np.exp(1j * angles)
    return points


def chances_of_sum(log_generating: Complexes, places: int) -> Floats:
    """The chances of 0, 1, ... from the logarithm of the probability generating function on the `circle`.

    The last axis holds the points; exact but for what lies beyond `places` (Hong 2013, "On computing the
    distribution function for the Poisson binomial distribution").
    """
    chances: Floats = np.maximum(irfft(np.exp(log_generating), places, axis=-1), 0.0)
    return chances


def log_of_chances(chances: Floats, counts: Floats, points: Complexes) -> Complexes:
    """The logarithm of the generating function of `counts` prospects, each winning by its chance.

    `chances` of any shape with the kinds of prospects in its last axis, `counts` one a kind; the answer has the
    points in the last axis instead.
    """
    reached = _SHORT_OF_ONE * chances[..., None]
    size, angle = _polar(1.0 + reached * (points.real - 1.0), reached * points.imag)
    return np.asarray(counts @ size + 1j * (counts @ angle), dtype=np.complex128)


def negative_binomial_log(mean: Floats, size: float, points: Complexes) -> Complexes:
    """The logarithm of the generating function of a negative binomial: gamma with shape `size` over Poisson.

    `mean` of any shape; the answer has the points as one more axis. An infinite `size` gives the Poisson.
    """
    mean = np.asarray(mean)[..., None]
    if np.isinf(size):
        return np.asarray(mean * (points - 1.0), dtype=np.complex128)
    part = mean / size
    grown, angle = _polar(1.0 + part * (1.0 - points.real), -part * points.imag)
    return np.asarray(-size * (grown + 1j * angle), dtype=np.complex128)


def _polar(real: Floats, imaginary: Floats) -> tuple[Floats, Floats]:
    """The logarithm of complex numbers in its two parts: numpy's own takes fifteen times as long."""
    return 0.5 * np.log(real**2 + imaginary**2), np.arctan2(imaginary, real)
