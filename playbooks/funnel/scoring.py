"""How good earlier forecasts were: inside or not, bias, CRPS, reliability; of any distribution of wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playbooks.funnel.forecast import Wins
from playbooks.funnel.histogram import Floats
from playbooks.funnel.ranges import DEFAULT_CERTAINTY

BANDS = 5


@dataclass(frozen=True, slots=True)
class Score:
    """One forecast against what happened. `bias` is forecast less outcome, `crps` in wins: smaller is better."""

    inside: bool
    bias: float
    crps: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Many forecasts against what happened.

    `inside` is the share of outcomes within the range, `bands` the share of outcomes in each equally likely
    fifth of their forecasts, lowest first: all alike when the forecasts are reliable.
    """

    count: int
    inside: float
    bias: float
    crps: float
    bands: tuple[float, ...]


def score(forecast: Wins, outcome: int, certainty: float = DEFAULT_CERTAINTY) -> Score:
    """The score of one forecast once its time is over."""
    low, high = forecast.range(certainty)
    return Score(low <= outcome <= high, forecast.mean - outcome, crps(forecast, outcome))


def crps(forecast: Wins, outcome: int) -> float:
    """The continuous ranked probability score, `sum of (P(wins <= n) - [outcome <= n])^2` over n.

    Matheson and Winkler (1976), for counts.
    """
    length = max(len(forecast.chances), outcome + 1)
    below = np.ones(length)
    below[: len(forecast.chances)] = np.cumsum(forecast.chances) / forecast.chances.sum()
    return float(((below - (np.arange(length) >= outcome)) ** 2).sum())


def randomised_pit(forecast: Wins, outcome: int, place: float) -> float:
    """Where in its forecast the outcome fell, between 0 and 1; `place` (uniform) breaks the ties of counts.

    Uniform over many forecasts when they are right (Czado, Gneiting and Held 2009).
    """
    below = np.append(0.0, np.cumsum(forecast.chances) / forecast.chances.sum())
    at = min(outcome, len(below) - 1)
    return float(below[at] + place * (below[min(at + 1, len(below) - 1)] - below[at]))


def scores(forecasts: Sequence[Wins], outcomes: Sequence[int], certainty: float = DEFAULT_CERTAINTY) -> Scores:
    """All scores together; raises `ValueError` when there are none, or not one outcome a forecast."""
    pairs = list(zip(forecasts, outcomes, strict=True))
    if not pairs:
        raise ValueError("there is no forecast to score yet")
    single = [score(forecast, outcome, certainty) for forecast, outcome in pairs]
    return Scores(
        count=len(single),
        inside=float(np.mean([each.inside for each in single])),
        bias=float(np.mean([each.bias for each in single])),
        crps=float(np.mean([each.crps for each in single])),
        bands=tuple(_bands(pairs)),
    )


def block_error(values: Floats, block: int, *, rounds: int = 1000, seed: int = 0) -> float:
    """The standard error of a mean of values that follow each other in time, by blocks drawn anew.

    Weekly forecasts of 13 weeks overlap; `block` should be at least that long (Künsch 1989).
    """
    count = len(values)
    block = max(1, min(block, count))
    random = np.random.default_rng(seed)
    starts = random.integers(0, count - block + 1, size=(rounds, -(-count // block)))
    picked = (starts[:, :, None] + np.arange(block)).reshape(rounds, -1)[:, :count]
    return float(values[picked].mean(axis=1).std())


def _bands(pairs: Sequence[tuple[Wins, int]]) -> Floats:
    """The expected share of outcomes in each band; an outcome that spans bands counts in each by its part."""
    shares = np.zeros(BANDS)
    edges = np.linspace(0.0, 1.0, BANDS + 1)
    for forecast, outcome in pairs:
        low, high = randomised_pit(forecast, outcome, 0.0), randomised_pit(forecast, outcome, 1.0)
        if high - low < 1e-12:  # noqa: PLR2004 - an outcome the forecast held for impossible: no width to share
            shares[min(int(high * BANDS), BANDS - 1)] += 1.0
        else:
            part = np.clip(edges, low, high)
            shares += np.diff(part) / (high - low)
    return shares / len(pairs)
