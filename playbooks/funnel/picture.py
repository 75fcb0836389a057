"""All figures of one playbook on one day, put together: what `/funnel`, the digest and the plan start from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from playbooks.funnel.assumption import assumed
from playbooks.funnel.bottleneck import Gain, Goal, bottleneck, gains, one_point_better
from playbooks.funnel.change import Change, change
from playbooks.funnel.conversion import Conversion, TooFew, conversions_as_needed, told
from playbooks.funnel.days import Days, days_in_step
from playbooks.funnel.histogram import Dimension, Known
from playbooks.funnel.overall import Overall, overall
from playbooks.funnel.ranges import DEFAULT_CERTAINTY, check_certainty
from playbooks.funnel.slices import Slice, between, slices
from playbooks.funnel.windows import (
    DEFAULT_WEEKS,
    Risk,
    Tally,
    Window,
    before,
    closing_limit,
    risks,
    tallies,
    window,
)
from playbooks.model import Playbook

_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class StepOfFunnel:
    """What the numbers need to know of a step of the newest version of a playbook.

    `limit` is its closing limit in days, `target` a share, `expects` what the playbook lets a new team assume: a
    share and the mean days in the step.
    """

    identity: int
    number: int
    name: str
    limit: int
    target: float | None = None
    expects: tuple[float, float] | None = None


def steps_of(playbook: Playbook, identities: Sequence[int]) -> tuple[StepOfFunnel, ...]:
    """The steps of a playbook, each with its identity; raises `ValueError` unless there is one a step."""
    return tuple(
        StepOfFunnel(
            identity=identity,
            number=number,
            name=step.name,
            limit=closing_limit(step),
            target=None if step.target is None else step.target / _PERCENT,
            expects=(step.expects.conversion / _PERCENT, float(step.expects.days)) if step.expects else None,
        )
        for number, (step, identity) in enumerate(zip(playbook.steps, identities, strict=True), start=1)
    )


class Load(Protocol):
    """Gives what was known, on the day the figures are of, of visits that touch the days from `since` on.

    `since` None: of all. Rep, source and variant may be summed away, but for the one named by `by`.
    """

    def __call__(self, since: date | None, by: Dimension | None = None) -> Known: ...


@dataclass(frozen=True, slots=True)
class StepFigures:
    """One step. `used` is what the figures beyond the step are made from: found, or assumed, or nothing.

    `tally` counts the visits that entered in the window asked for. `days` and `slices` are of what was found.
    `one_point_better` is in extra wins in 13 weeks.
    """

    step: StepOfFunnel
    tally: Tally
    found: Conversion | TooFew
    used: Conversion | None
    days: Days | None = None
    gain: Gain | None = None
    one_point_better: float | None = None
    change: Change | None = None
    slices: Mapping[str, Slice] = field(default_factory=dict)

    @property
    def is_assumed(self) -> bool:
        return self.used is not None and self.used is not self.found


@dataclass(frozen=True, slots=True)
class Funnel:
    """The figures of one playbook. `overall` is None where a step has neither data nor an expectation."""

    as_of: date
    weeks: int | None
    certainty: float
    steps: tuple[StepFigures, ...]
    overall: Overall | None
    bottleneck: Gain | None
    by: Dimension | None = None

    @property
    def is_assumed(self) -> bool:
        """Whether a step's conversion is the playbook's expectation rather than the team's own."""
        return any(figures.is_assumed for figures in self.steps)

    @property
    def used(self) -> tuple[Conversion, ...] | None:
        """The conversions of all steps, in order; None where one has neither data nor an expectation."""
        used = tuple(figures.used for figures in self.steps if figures.used is not None)
        return used if len(used) == len(self.steps) else None

    @property
    def limits(self) -> dict[int, int]:
        """The closing limit of each step in days, by its identity."""
        return {figures.step.identity: figures.step.limit for figures in self.steps}


def funnel(
    steps: Sequence[StepOfFunnel],
    load: Load,
    as_of: date,
    *,
    weeks: int | None = DEFAULT_WEEKS,
    certainty: float = DEFAULT_CERTAINTY,
    by: Dimension | None = None,
    only: Collection[str] | None = None,
) -> Funnel:
    """The figures of these steps, the whole funnel in order, as known before the local day `as_of` began.

    `weeks` None: over all history; `by` slices the conversions, into all slices or `only` these. Reads no more
    than the windows need. Raises `ValueError` for a window of fewer than one week, or a certainty that is not
    between 0 and 1.
    """
    check_certainty(certainty)
    asked = window(as_of, weeks)
    loaded, by_rep = _Loaded(load), _Loaded(load, Dimension.REP)
    split = by_rep if by is Dimension.REP else _Loaded(load, by)
    if asked.weeks is not None:
        loaded(before(asked))
    limits = {step.identity: step.limit for step in steps}
    found = conversions_as_needed(loaded, as_of, limits, weeks)
    counts = tallies(loaded(asked), asked, list(limits))
    changed = change(loaded(before(asked)), limits, asked.weeks) if asked.weeks is not None else {}
    figures = tuple(
        StepFigures(
            step=step,
            tally=counts[step.identity],
            found=(seen := found[step.identity]),
            used=seen if isinstance(seen, Conversion) else _assumed(step, loaded, as_of),
            days=days_in_step(seen) if isinstance(seen, Conversion) else None,
            change=changed.get(step.identity),
            slices=_sliced(seen, split, step, certainty, only) if by and isinstance(seen, Conversion) else {},
        )
        for step in steps
    )
    figures = _with_gains(figures, loaded, by_rep, as_of)
    used = [each.used for each in figures if each.used is not None]
    return Funnel(
        as_of=as_of,
        weeks=asked.weeks,
        certainty=certainty,
        steps=figures,
        overall=overall(used) if used and len(used) == len(figures) else None,
        bottleneck=bottleneck([each.gain for each in figures]),
        by=by,
    )


def conversions_used(
    steps: Sequence[StepOfFunnel], load: Load, as_of: date, weeks: int | None = DEFAULT_WEEKS
) -> tuple[Conversion, ...] | None:
    """The conversions alone, found or assumed, at a small part of the cost; None where a step has neither."""
    loaded = _Loaded(load)
    found = conversions_as_needed(loaded, as_of, {step.identity: step.limit for step in steps}, weeks)
    seen = [(step, found[step.identity]) for step in steps]
    used = [each if isinstance(each, Conversion) else _assumed(step, loaded, as_of) for step, each in seen]
    known = tuple(each for each in used if each is not None)
    return known if len(known) == len(steps) else None


class _Loaded:
    """Remembers the widest that was loaded: a narrower window lies within it."""

    def __init__(self, load: Load, by: Dimension | None = None) -> None:
        self.by = by
        self._load = load
        self._since: date | None = None
        self._known: Known | None = None

    def __call__(self, within: Window) -> Known:
        since = None if within.weeks is None else within.first
        if self._known is None or not self._holds(since):
            self._since, self._known = since, self._load(since, self.by)
        return self._known

    def _holds(self, since: date | None) -> bool:
        return self._since is None or (since is not None and self._since <= since)


def _assumed(step: StepOfFunnel, loaded: _Loaded, as_of: date) -> Conversion | None:
    """What the playbook expects, beside the little that was seen."""
    if step.expects is None:
        return None
    within = window(as_of, None)
    seen = risks(loaded(within), within, {step.identity: step.limit})[step.identity]
    return assumed(step.identity, *step.expects, seen, within)


def _with_gains(
    figures: tuple[StepFigures, ...], loaded: _Loaded, by_rep: _Loaded, as_of: date
) -> tuple[StepFigures, ...]:
    """With the gain of each step, and that of one point; without any while one step has too few to tell."""
    steps = told(each.found for each in figures)
    if not steps:
        return figures
    period = window(as_of, DEFAULT_WEEKS)
    entered = tallies(loaded(period), period, [step.step for step in steps])
    arrivals = [entered[step.step].entered for step in steps]
    goals = {each.step.identity: _goal(each, by_rep) for each in figures}
    limits = {each.step.identity: each.step.limit for each in figures}
    found = gains(steps, arrivals, goals, limits)
    points = one_point_better(steps, arrivals)
    return tuple(
        replace(each, gain=gain, one_point_better=point)
        for each, gain, point in zip(figures, found, points, strict=True)
    )


def _goal(figures: StepFigures, by_rep: _Loaded) -> Goal:
    """The playbook's target, or, where it names none, the spread between the reps."""
    if figures.step.target is not None or not isinstance(figures.found, Conversion):
        return Goal(target=figures.step.target)
    return Goal(reps=between(figures.found, _parts(figures.found, by_rep, figures.step.limit)))


def _sliced(
    found: Conversion, split: _Loaded, step: StepOfFunnel, certainty: float, only: Collection[str] | None
) -> dict[str, Slice]:
    return slices(found, _parts(found, split, step.limit), certainty, only=only)


def _parts(found: Conversion, split: _Loaded, limit: int) -> dict[str, Risk]:
    """The risk tables of the slices in the step's own window; who was not at risk in it is left out."""
    if split.by is None:
        return {}
    known = split(found.window)
    here = known.only(known.step == found.step)
    tables = {
        key: risks(part, found.window, {found.step: limit})[found.step] for key, part in here.by(split.by).items()
    }
    return {key: table for key, table in tables.items() if table.at_risk.any()}
