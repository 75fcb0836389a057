"""Teams that never were, whose true rates are known: steady, seasonal, drifting, of unlike reps and prospects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from playbooks.funnel.histogram import NO_AGE, Floats, Ints, Known
from playbooks.funnel.visits import Exit

BEGIN = date(2020, 1, 6)
LIMIT = 42
"""Days after which every visit of these teams is over."""

KINDS = ("steady", "seasonal", "drifting", "reps", "mixture")
_YEAR = 364


@dataclass(frozen=True)
class Team:
    """One team. `rates` and `paces` (mean days) are classes x steps; a class is a kind of prospect or a rep.

    `intake` is a week's mean. `season` is the part by which it swells and shrinks over a year; `drift` the part
    by which the rate of each step grows in a year (they are the named ones at the day `today`).
    """

    kind: str
    intake: float
    rates: Floats
    paces: Floats
    weeks: int
    season: float = 0.0
    phase: float = 0.0
    drift: tuple[float, ...] = ()

    @property
    def today(self) -> date:
        """The day after the history ends; the simulation goes on for half a year."""
        return BEGIN + timedelta(days=7 * self.weeks)

    @property
    def steps(self) -> int:
        return self.rates.shape[1]

    @property
    def limits(self) -> dict[int, int]:
        return dict.fromkeys(range(1, self.steps + 1), LIMIT)

    @cached_property
    def timing(self) -> Floats:
        """The chance of each age, for who leaves: classes x steps x ages."""
        stay = self.paces / (self.paces + 1.0)
        ages = stay[..., None] ** np.arange(LIMIT + 1)
        return np.asarray(ages / ages.sum(axis=-1, keepdims=True))

    @cached_property
    def shares(self) -> Floats:
        """Which part of the arrivals in each step is of each class: classes x steps."""
        reached = np.concatenate([np.ones((len(self.rates), 1)), np.cumprod(self.rates, axis=1)[:, :-1]], axis=1)
        return np.asarray(reached / reached.sum(axis=0))

    def conversion(self, step: int, horizon: int, *, ago: float = 0.0) -> float:
        """The true share of arrivals in a step (from 1) that advance within the horizon, so many days ago."""
        at = step - 1
        within = self.timing[:, at, : horizon + 1].sum(axis=1)
        rates = self.drifted(at, self.rates[:, at], -ago)
        return float((self.shares[:, at] * rates * within).sum())

    def drifted(self, at: int, rates: Floats, days: Floats | float) -> Floats:
        """These rates of a step (from 0), so many days after today."""
        drift = self.drift[at] if self.drift else 0.0
        return np.asarray(np.clip(rates * (1.0 + drift * days / _YEAR), 0.01, 0.95), dtype=np.float64)

    def fresh(self, days: int) -> Floats:
        """The true chance that a new prospect is won within 1, 2, ... days: 1 x days."""
        won = np.zeros(days)
        for rates, timing in zip(self.rates, self.timing, strict=True):
            path = np.ones(1)
            for rate, ages in zip(rates, timing, strict=True):
                path = np.convolve(path, rate * ages)
            won[: min(len(path), days)] += path[:days] / len(self.rates)
        return np.cumsum(won)[None, :]


def a_team(kind: str, prospects: float, random: np.random.Generator, *, steps: int = 3, weeks: int = 52) -> Team:
    """A team of this kind with so many prospects a year, its rates uniform in 0.05-0.6."""
    classes = {"reps": 4, "mixture": 2}.get(kind, 1)
    rates = np.tile(random.uniform(0.05, 0.6, steps), (classes, 1))
    paces = np.tile(random.uniform(2.0, 12.0, steps), (classes, 1))
    if kind == "reps":
        rates = np.clip(rates * random.gamma(8.0, 1 / 8.0, (classes, 1)), 0.02, 0.95)
    if kind == "mixture":
        rates = np.clip(rates * np.array([[1.4], [0.6]]), 0.02, 0.95)
        paces = paces * np.array([[0.5], [1.8]])
    season = 0.5 * (kind == "seasonal")
    drift = tuple(random.choice([-0.4, 0.4], steps)) if kind == "drifting" else ()
    return Team(kind, prospects / 52, rates, paces, weeks, season, random.random(), drift)


def reps_by_hazard(prospects: float, random: np.random.Generator) -> Team:
    """A team of one step whose four reps multiply the daily chances of advancing, and of leaving otherwise."""
    team = a_team("steady", prospects, random, steps=1)
    advance, other = random.gamma(8.0, 1 / 8.0, (2, 4, 1))
    both = team.rates * advance + (1.0 - team.rates) * other
    paces = np.maximum((team.paces + 1.0) / both - 1.0, 0.1)
    return replace(team, kind="reps", rates=team.rates * advance / both, paces=paces)


@dataclass(frozen=True)
class Lived:
    """All that ever happened: one row a visit; `left` is the ordinal of the day it ended."""

    step: Ints
    entered: Ints
    left: Ints
    exit: Ints
    rep: Ints

    def known(self, day: date) -> Known:
        """What was known before this day."""
        at = day.toordinal()
        seen = self.entered < at
        exited = (self.left < at)[seen]
        zeros = np.zeros(int(seen.sum()), dtype=np.int64)
        return Known(
            as_of=day,
            step=self.step[seen],
            entered=self.entered[seen],
            age=np.where(exited, (self.left - self.entered)[seen], NO_AGE),
            exit=np.where(exited, self.exit[seen], int(Exit.UNDECIDED)),
            inferred=zeros.astype(np.bool_),
            rep=self.rep[seen],
            source=zeros,
            variant=zeros,
            count=zeros + 1,
        )

    def wins(self, day: date, weeks: int) -> int:
        """How many were won in the weeks from this day on."""
        first = day.toordinal()
        return int(((self.exit == Exit.WON) & (self.left >= first) & (self.left < first + 7 * weeks)).sum())


def live(team: Team, random: np.random.Generator, *, beyond: int = 26) -> Lived:
    """The team's history and `beyond` weeks more, from an empty start half a year before its first day."""
    first, last = BEGIN.toordinal() - 182, team.today.toordinal() + 7 * beyond
    days = np.arange(first, last)
    swell = 1.0 + team.season * np.sin(2 * np.pi * ((days - first) / _YEAR + team.phase))
    entered = np.repeat(days, random.poisson(team.intake / 7 * swell))
    which = random.integers(0, len(team.rates), len(entered))
    parts = []
    for at in range(team.steps):
        rate = team.drifted(at, team.rates[which, at], entered - team.today.toordinal())
        moved = random.random(len(entered)) < rate
        left = entered + _ages(team.timing[:, at], which, random)
        how = np.where(moved, Exit.WON if at == team.steps - 1 else Exit.ADVANCED, Exit.LOST)
        parts.append((np.full(len(entered), at + 1), entered, left, how, which))
        entered, which = left[moved], which[moved]
    columns = (np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True))
    return Lived(*columns)


def _ages(timing: Floats, which: Ints, random: np.random.Generator) -> Ints:
    """At which age each leaves; `timing` is classes x ages, `which` the class of each."""
    below = np.cumsum(timing, axis=1)
    below[:, -1] = 1.0
    place = random.random(len(which))
    ages = np.zeros(len(which), dtype=np.int64)
    for each, chances in enumerate(below):
        here = which == each
        ages[here] = np.searchsorted(chances, place[here])
    return ages
