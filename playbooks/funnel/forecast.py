"""How many will be won in the weeks to come: from today's pipeline, and from the intake to be expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from scipy.special import gammaincinv

from playbooks.funnel.conversion import Conversion
from playbooks.funnel.histogram import Floats, Known
from playbooks.funnel.journeys_ahead import DRAWS, Pipeline, Rates, pipeline
from playbooks.funnel.latin import latin
from playbooks.funnel.ranges import DEFAULT_CERTAINTY, check_certainty
from playbooks.funnel.visits import Exit
from playbooks.funnel.wins import (
    Complexes,
    chances_of_sum,
    circle,
    log_of_chances,
    negative_binomial_log,
    places_for,
)

FORECAST_WEEKS = (1, 4, 13)
INTAKE_WEEKS = 8
"""The weeks from which the intake to come is judged."""

MEMORY_WEEKS = 78
"""The weeks from which is judged how far the intake strays in the time of a forecast."""

_WEEK = 7
_INTAKE = 1
"""The draws of the intake are independent of those of the rates."""
_CHANCES = np.linspace(0.0, 1.0, 33) ** 2
"""The chances to which single ones are rounded, their mean kept."""


@dataclass(frozen=True, slots=True)
class Wins:
    """The chances of 0, 1, 2, ... wins."""

    chances: Floats

    @property
    def mean(self) -> float:
        return float(self.chances @ np.arange(len(self.chances)) / self.chances.sum())

    def range(self, certainty: float = DEFAULT_CERTAINTY) -> tuple[int, int]:
        """The middle range that holds at least this certainty, both ends within.

        Raises `ValueError` for a certainty not between 0 and 1.
        """
        check_certainty(certainty)
        below = np.cumsum(self.chances) / self.chances.sum()
        outside = (1.0 - certainty) / 2.0
        return int(np.argmax(below > outside)), int(np.argmax(below >= 1.0 - outside))

    def at_least(self, wins: int) -> float:
        return float(self.chances[max(wins, 0) :].sum() / self.chances.sum())


@dataclass(frozen=True, slots=True)
class Forecast:
    """The wins of the next `weeks`: if the unresolved leave at the last observed hazards, and if they never win.

    `wins` is the one that is scored.
    """

    weeks: int
    wins: Wins
    if_unresolved_never_win: Wins


@dataclass(frozen=True, slots=True)
class Intake:
    """Prospects entering a week: the mean, and the `size` of the negative binomial (infinite: Poisson).

    The mean is uncertain by the standard deviation `spread`.
    """

    mean: float
    spread: float
    size: float

    def means(self, places: Floats) -> Floats:
        """The mean at these places of its (gamma) distribution."""
        if self.mean <= 0 or self.spread <= 0:
            return np.full(len(places), self.mean)
        shape = (self.mean / self.spread) ** 2
        means: Floats = gammaincinv(shape, places) * self.mean / shape
        return means


def forecast(
    known: Known,
    steps: Sequence[Conversion],
    weeks: Sequence[int] = FORECAST_WEEKS,
    *,
    entries: Floats | None = None,
    draws: int = DRAWS,
) -> tuple[Forecast, ...]:
    """The wins in the next weeks, beginning on the day `known` is as of; `steps` is the whole funnel in order.

    Each undecided prospect counts by its step and age, the intake by the last weeks' `entries` into the first step
    (of `MEMORY_WEEKS`, the oldest first; counted from `known` when not given, which then has to hold them all).
    The sum is Poisson-binomial and negative binomial given the rates, mixed over equally likely rates that all
    share.
    """
    ahead = pipeline_of(known, [step.step for step in steps])
    entries = weekly_entries(known, steps[0].step, MEMORY_WEEKS) if entries is None else entries
    intakes = [intake_of(entries, each) for each in weeks]
    ends = []
    days = [_WEEK * each for each in weeks]
    for go_on in (True, False):
        rates = Rates.drawn(steps, go_on=go_on, draws=draws)
        fresh, standing = rates.fresh(max(days))[0], rates.standing(ahead, days)
        ends.append(
            [
                _wins(_rounded(won, ahead.count), landing(fresh, each), intake)
                for each, won, intake in zip(weeks, standing, intakes, strict=True)
            ]
        )
    return tuple(Forecast(each, high, low) for each, high, low in zip(weeks, *ends, strict=True))


def pipeline_of(known: Known, funnel: Sequence[int]) -> Pipeline:
    """Today's undecided prospects in these steps, at the age they have on the day `known` is as of."""
    open_now = (known.exit == Exit.UNDECIDED) & ~known.inferred
    return pipeline(
        known.step[open_now], known.as_of.toordinal() - known.entered[open_now], known.count[open_now], funnel
    )


def weekly_entries(known: Known, step: int, weeks: int = INTAKE_WEEKS) -> Floats:
    """How many entered this step in each of the last weeks, the oldest first; inferred visits left out."""
    first = (known.as_of - timedelta(days=_WEEK * weeks)).toordinal()
    used = (known.step == step) & ~known.inferred & (known.entered >= first)
    return _by_week((known.entered - first)[used], known.count[used], weeks)


def weekly_wins(known: Known, weeks: int = INTAKE_WEEKS) -> Floats:
    """How many were won in each of the last weeks, the oldest first."""
    first = (known.as_of - timedelta(days=_WEEK * weeks)).toordinal()
    day = known.entered + known.age - first
    used = (known.exit == Exit.WON) & (day >= 0)
    return _by_week(day[used], known.count[used], weeks)


def intake_of(counts: Floats, ahead: int | None = None) -> Intake:
    """The negative binomial of the last weekly counts by their moments; where nobody came, half a prospect is put.

    `counts` may hold older weeks as well, the oldest first. With `ahead` they tell how far the mean of so many
    weeks has strayed from that of the weeks before them, which seasons and campaigns make wider than chance.
    """
    last = counts[-INTAKE_WEEKS:]
    mean = float(last.mean())
    variance = float(last.var(ddof=1)) if len(last) > 1 else mean
    size = mean**2 / (variance - mean) if variance > mean else np.inf
    spread = max(variance, mean, 0.5) / len(last)
    if ahead is not None:
        spread = max(spread, _strayed(counts, ahead) * mean**2 - max(variance, mean) / ahead)
    return Intake(max(mean, 0.5 / len(last)), float(np.sqrt(spread)), float(size) if mean > 0 else np.inf)


def _strayed(counts: Floats, ahead: int) -> float:
    """The mean square by which the mean of `ahead` weeks differed from that of the weeks before, as a share of it.

    Zero when there are not twice as many weeks as that takes. Leading weeks without anybody were before the start.
    """
    seen = counts[int(np.argmax(counts > 0)) :]
    if len(seen) < 2 * (INTAKE_WEEKS + ahead):
        return 0.0
    total = np.append(0.0, np.cumsum(seen))
    at = np.arange(INTAKE_WEEKS, len(seen) - ahead + 1)
    before = (total[at] - total[at - INTAKE_WEEKS]) / INTAKE_WEEKS
    after = (total[at + ahead] - total[at]) / ahead
    used = before > 0
    return float((((after - before)[used] / before[used]) ** 2).mean()) if used.any() else 0.0


def negative_binomial(counts: Floats, weeks: int, *, draws: int = DRAWS) -> Wins:
    """The sum over the next weeks of counts that go on as these weekly ones did: a baseline."""
    intake = intake_of(counts)
    means = intake.means(latin(1, draws)[0]) * weeks
    places = places_for(float(means.max()), float(means.max() * (1 + means.max() / (intake.size * weeks))))
    log = negative_binomial_log(means, intake.size * weeks, circle(places))
    return Wins(chances_of_sum(log, places).mean(axis=0))


def poisson_binomial(shares: Floats, counts: Floats) -> Wins:
    """The wins among independent prospects with these chances: a baseline."""
    mean = float(shares @ counts)
    places = places_for(mean, mean)
    return Wins(chances_of_sum(log_of_chances(shares, counts, circle(places)), places))


def _wins(held: Floats, arriving: Floats, intake: Intake) -> Wins:
    """From how many prospects have each chance of the grid, and the chance of who arrives in each week."""
    means = intake.means(latin(1, len(arriving), stream=_INTAKE)[0])[:, None] * arriving
    mean = held @ _CHANCES + means.sum(axis=1)
    variance = mean + (means**2).sum(axis=1) / intake.size
    places = places_for(float(mean.max()), float(variance.max()))
    points = circle(places)
    log = held @ _log_of_grid(points) + negative_binomial_log(means, intake.size, points).sum(axis=1)
    return Wins(chances_of_sum(log, places).mean(axis=0))


def landing(fresh: Floats, weeks: int) -> Floats:
    """The chance that who enters in a week from now, on any of its days, is won within `weeks`: draws x weeks.

    `fresh`: the chance to be won within 1, 2, ... days of entering, draws x days.
    """
    days = _WEEK * weeks
    backward = fresh[:, :days][:, ::-1]
    chances: Floats = backward.reshape(len(fresh), weeks, _WEEK).mean(axis=2)
    return chances


def _rounded(single: Floats, counts: Floats) -> Floats:
    """How many prospects have each of the chances of the grid, mean kept: draws x grid."""
    above = np.clip(np.searchsorted(_CHANCES, single, side="right"), 1, len(_CHANCES) - 1)
    low, high = _CHANCES[above - 1], _CHANCES[above]
    part = (single - low) / (high - low)
    width = len(_CHANCES)
    row = np.arange(len(single))[:, None] * width
    cells = np.concatenate([row + above - 1, row + above], axis=1).ravel()
    weights = np.concatenate([(1 - part) * counts, part * counts], axis=1).ravel()
    sums = np.bincount(cells, weights=weights, minlength=len(single) * width)
    return sums.reshape(len(single), width).astype(np.float64)


def _log_of_grid(points: Complexes) -> Complexes:
    return np.stack([log_of_chances(np.array([chance]), np.ones(1), points) for chance in _CHANCES])


def _by_week(days: Floats, counts: Floats, weeks: int) -> Floats:
    return np.bincount(days // _WEEK, weights=counts, minlength=weeks)[:weeks].astype(np.float64)
