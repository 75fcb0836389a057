"""Calculated backwards: the intake that wins so many a week, and what it takes on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod

import numpy as np
from scipy.special import ndtr

from playbooks.funnel.conversion import Conversion
from playbooks.funnel.days import Days, advancing, lead_days, mean_stay
from playbooks.funnel.histogram import Floats
from playbooks.funnel.journeys_ahead import Rates
from playbooks.funnel.latin import draws_of, latin
from playbooks.funnel.ranges import DEFAULT_CERTAINTY, Belief, Range, check_certainty
from playbooks.funnel.windows import DEFAULT_WEEKS
from playbooks.funnel.wins import Complexes, chances_of_sum, circle, log_of_chances, places_for, smallest

PLAN_DRAWS = 96
_WEEK = 7
_POINT = 0.01
_SMALLEST_SHARE = 0.001
_MANY = 2000
"""From so many wins on a normal sum gives the same intake to a prospect or two; the exact one takes seconds."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What one visit to a step takes: contacts and minutes, and which share of the minutes was expected."""

    contacts: float
    minutes: float
    assumed: float = 0.0


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step in the steady state: arrivals a week, and prospects standing in it on any day."""

    step: int
    arrivals: Range
    standing: Range


@dataclass(frozen=True, slots=True)
class Work:
    """What the plan takes: contacts and minutes, a week and for each win.

    `assumed` is the share of the minutes that were expected rather than logged; `people` is None where nobody
    set selling hours.
    """

    contacts_a_week: float
    minutes_a_week: float
    contacts_a_win: float
    minutes_a_win: float
    assumed: float
    people: float | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The intake a week for a number of wins a week.

    `intake` gives the wins of a whole period with the certainty asked for, `intake_any_week` those of any one
    week; None where no intake does. The unresolved go on at the last observed hazards: so plans keep what they
    promise (`bench/accuracy.py`). `if_unresolved_never_win` is the `intake` at the other end.
    """

    wins: float
    weeks: int
    certainty: float
    intake: int | None
    intake_any_week: int | None
    if_unresolved_never_win: int | None
    steps: tuple[StepPlan, ...]
    lead: Days | None
    work: Work | None


def check_wins(wins: float) -> None:
    """Raises `ValueError` unless it is a number of wins above zero."""
    if not 0 < wins < np.inf:
        raise ValueError(f"a plan takes more than zero wins a week, not {wins:g}")


def plan(
    steps: Sequence[Conversion],
    limits: Mapping[int, int],
    wins: float,
    *,
    certainty: float = DEFAULT_CERTAINTY,
    weeks: int = DEFAULT_WEEKS,
    efforts: Sequence[Effort] = (),
    selling_minutes: Sequence[float] = (),
) -> Plan:
    """The backward calculation for `wins` a week, in the steady state.

    `steps` is the whole funnel in order, `limits` the closing limit of each in days, `efforts` one for each step
    (or none), `selling_minutes` what each member has a week. Chance and the uncertainty of the rates both count,
    the latter shared by all weeks. Raises `ValueError` for wins or a certainty that make no sense.
    """
    check_wins(wins)
    check_certainty(certainty)
    days = sum(limits[step.step] + 1 for step in steps)
    onward, never = (_fresh(steps, days, go_on=go_on) for go_on in (True, False))
    through = [float(advancing(step, go_on=True, days=days).sum()) for step in steps]
    intake = intake_for(onward, wins * weeks, certainty, weeks)
    return Plan(
        wins=wins,
        weeks=weeks,
        certainty=certainty,
        intake=intake,
        intake_any_week=intake_for(onward, wins, certainty, 1),
        if_unresolved_never_win=intake_for(never, wins * weeks, certainty, weeks),
        steps=_steps(steps, limits, through, intake or 0, certainty),
        lead=lead_days(steps),
        work=_work(through, efforts, selling_minutes, intake) if efforts and intake else None,
    )


def intake_for(fresh: Floats, wins: float, certainty: float, weeks: int) -> int | None:
    """The smallest intake a week with which at least `wins` land in a period of `weeks`, at this certainty.

    `fresh`: the chance to be won within 1, 2, ... days of entering, draws x days.
    """
    if float(fresh[:, -1].mean()) < _SMALLEST_SHARE:
        return None
    near = _nearly(_steady_landing(fresh, weeks), wins, certainty)
    if near is None or wins >= _MANY:
        return near
    chance = chance_of(fresh, wins, weeks)
    return smallest(lambda intake: chance(intake) >= certainty, near)


def _nearly(landing: Floats, wins: float, certainty: float) -> int | None:
    """The same with sums taken as normal: from there the exact search is short."""
    mean, variance = landing.sum(axis=1), (landing * (1.0 - landing)).sum(axis=1)
    target = np.ceil(wins - 1e-9) - 0.5
    return smallest(lambda intake: float(_above(target, intake * mean, intake * variance).mean()) >= certainty)


def chance_of(fresh: Floats, wins: float, weeks: int) -> Callable[[int], float]:
    """The chance that `wins` or more land in any `weeks` of the steady state, as a function of the intake a week.

    Who enters in a week, on any of its days, lands in the period with a chance that depends on how long before
    its end that was: so many binomials, one a week, given the rates; mixed over the equally likely rates.
    """
    target = int(np.ceil(wins - 1e-9))
    landing = _steady_landing(fresh, weeks)
    expected = float(landing.sum(axis=1).max())

    @lru_cache(maxsize=4)
    def log_for_one(places: int) -> Complexes:
        points, once = circle(places), np.ones(landing.shape[1])
        return np.stack([log_of_chances(row, once, points) for row in landing])

    def chance(intake: int) -> float:
        places = 1 << (places_for(expected * intake, expected * intake) - 1).bit_length()
        if target >= places:
            return 0.0
        short = chances_of_sum(log_for_one(places) * intake, places)[:, :target].sum(axis=1)
        return float(1.0 - short.mean())

    return chance


def first_week(
    start: Callable[[int], tuple[Floats, Floats]], wins: float, certainty: float, latest: int = 52
) -> int | None:
    """The first week from which on the period that begins with it reaches `wins` at this certainty.

    `start(week)` gives the mean and the variance of the period's wins, draw by draw. 0 is the coming week; None
    when no week up to `latest` does. A point below the certainty counts: an intake is the smallest that reaches
    it, and the sums here are taken as normal given the rates.
    """
    target = np.ceil(wins - 1e-9) - 0.5
    for week in range(latest + 1):
        mean, variance = start(week)
        if float(_above(target, mean, variance).mean()) >= certainty - _POINT:
            return week
    return None


def lifted(step: Conversion, points: float) -> Conversion:
    """The step if it converted so many points of a hundred better, its timing unchanged: what-if.

    Raises `ValueError` when that leaves the range from 0 to 100.
    """
    share = step.curve.conversion + points * _POINT
    if not 0.0 <= share <= 1.0:
        raise ValueError(
            f"{points:+g} points takes a conversion of {step.curve.conversion:.0%} to {share:.0%}; "
            "it has to stay between 0 and 100"
        )
    unresolved = min(step.unresolved, 1.0 - share)
    moves = step.curve.advancing if step.curve.conversion > 0 else step.curve.advancing + step.curve.leaving
    advancing = share * moves / max(float(moves.sum()), 1e-300)
    away = float(step.curve.leaving.sum())
    leaving = step.curve.leaving * (1.0 - share - unresolved) / away if away > 0 else step.curve.leaving
    staying = 1.0 - np.cumsum(advancing + leaving)
    curve = replace(step.curve, advancing=advancing, leaving=leaving, staying=np.clip(staying, 0.0, 1.0))
    size = step.belief.successes + step.belief.failures
    mean = float(np.clip(step.belief.mean + points * _POINT, 0.5 / size, 1.0 - 0.5 / size))
    return replace(step, curve=curve, belief=Belief(share, mean * size, (1.0 - mean) * size))


def _fresh(steps: Sequence[Conversion], days: int, *, go_on: bool) -> Floats:
    return Rates.drawn(steps, go_on=go_on, draws=PLAN_DRAWS).fresh(days)[0]


def _steady_landing(fresh: Floats, weeks: int) -> Floats:
    """The chance to land in the period for who enters in each week, up to its end: draws x weeks."""
    period = _WEEK * weeks
    back = -(-fresh.shape[1] // _WEEK) * _WEEK
    none = np.zeros((len(fresh), 1))
    full = np.concatenate([none, fresh, np.repeat(fresh[:, -1:], period + back, axis=1)], axis=1)
    entered = np.arange(-back, period)
    chances = full[:, period - entered] - full[:, np.maximum(-entered, 0)]
    return np.asarray(chances.reshape(len(fresh), -1, _WEEK).mean(axis=2), dtype=np.float64)


def _above(target: float, mean: Floats, variance: Floats) -> Floats:
    return np.asarray(ndtr((mean - target) / np.sqrt(np.maximum(variance, 1e-9))), dtype=np.float64)


def _steps(
    steps: Sequence[Conversion], limits: Mapping[int, int], through: Sequence[float], intake: int, certainty: float
) -> tuple[StepPlan, ...]:
    """Arrivals and standing, each with its range: the rates of the steps before are uncertain.

    `through` is the share of each step that advances in the time the plan looks at, the unresolved going on.
    """
    places = latin(len(steps), 1000)
    arrived, estimate = np.ones(1000), 1.0
    outside = (1.0 - certainty) / 2.0
    found = []
    for place, step in enumerate(steps):
        low, high = np.quantile(arrived, [outside, 1.0 - outside]) * intake
        arrivals = Range(
            estimate * intake, min(float(low), estimate * intake), max(float(high), estimate * intake)
        )
        stay = mean_stay(step, limits[step.step]) / _WEEK
        standing = Range(arrivals.estimate * stay, arrivals.low * stay, arrivals.high * stay)
        found.append(StepPlan(step.step, arrivals, standing))
        later = through[place] - step.curve.conversion
        arrived = arrived * np.minimum(draws_of(step.belief, places[place]) + later, 1.0)
        estimate *= through[place]
    return tuple(found)


def _work(
    through: Sequence[float], efforts: Sequence[Effort], selling_minutes: Sequence[float], intake: int
) -> Work:
    shares = [prod(through[:place]) for place in range(len(through))]
    arrivals = [intake * share for share in shares]
    wins = intake * prod(through)
    contacts = sum(many * effort.contacts for many, effort in zip(arrivals, efforts, strict=True))
    minutes = sum(many * effort.minutes for many, effort in zip(arrivals, efforts, strict=True))
    assumed = sum(many * effort.minutes * effort.assumed for many, effort in zip(arrivals, efforts, strict=True))
    one = sum(selling_minutes) / len(selling_minutes) if selling_minutes else 0.0
    return Work(
        contacts_a_week=contacts,
        minutes_a_week=minutes,
        contacts_a_win=contacts / wins if wins else np.inf,
        minutes_a_win=minutes / wins if wins else np.inf,
        assumed=assumed / minutes if minutes else 0.0,
        people=minutes / one if one else None,
    )
