"""Calculated backwards: from wins a week to the intake, the days and the work that they take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import numpy as np

from bot.usecases.numbers import Numbers, check_certainty, missing
from playbooks.funnel.conversion import Conversion
from playbooks.funnel.forecast import INTAKE_WEEKS
from playbooks.funnel.histogram import Known
from playbooks.funnel.picture import Funnel, StepOfFunnel
from playbooks.funnel.plan import Effort, Plan, lifted, plan
from playbooks.funnel.ramp import first_week_on_target
from playbooks.funnel.ranges import DEFAULT_CERTAINTY
from playbooks.funnel.visits import Exit
from playbooks.funnel.windows import DEFAULT_WEEKS, tallies, window
from playbooks.model import Step
from playbooks.numbers import Logged, Target
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused
from playbooks.team import Member

MOST_WINS: Final = 10_000
"""A week."""
_POINT: Final = 0.01


@dataclass(frozen=True, slots=True)
class MakePlan:
    """What is asked: wins a week and a certainty (a share); None: those of the target that is kept.

    `what_if` gives points of a hundred to add to the conversion of a step, by its number. `playbook` and `as_of`
    as in `SeeFunnel`.
    """

    wins: float | None = None
    certainty: float | None = None
    what_if: Mapping[int, float] = field(default_factory=dict)
    playbook: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """The plan, and what stands today.

    `plan` is None where a step has neither enough data nor an expectation: those are `missing`. `plain` is the
    same plan without the what-if, None when nothing was asked. `standing` counts the open prospects now, by the
    identity of their step; `intake_now` is the mean a week of the last eight. `first_week` is the first from
    which on the period reaches the target, 0 the coming one; None: none within a year. `selling_set`: somebody
    set their selling hours.
    """

    playbook: PublishedPlaybook
    asked: Target
    kept: Target | None
    funnel: Funnel
    plan: Plan | None
    plain: Plan | None
    what_if: Mapping[int, float]
    missing: tuple[StepOfFunnel, ...]
    standing: Mapping[int, int]
    intake_now: float
    first_week: int | None
    selling_set: bool


def make_plan(uow: UnitOfWork, asked: MakePlan, at: datetime, reader: Member | None) -> PlanSeen:
    """The unit of work is open already; `reader` None is whoever has the database.

    Raises `Refused`: PLAYBOOK_UNKNOWN, NO_TARGET (nothing asked and nothing kept), WINS_OUT_OF_RANGE,
    CERTAINTY_OUT_OF_RANGE, NO_SUCH_STEP, POINTS_OUT_OF_RANGE.
    """
    numbers = Numbers.of(uow, asked.playbook, at, asked.as_of)
    kept = uow.targets.get(numbers.playbook.key)
    target = _target(asked, kept, at, reader)
    check_steps(asked.what_if, len(numbers.steps))
    seen, standing = numbers.funnel(), numbers.standing()
    maker = _Maker(numbers, seen.limits, target)
    lifts = {number: points for number, points in asked.what_if.items() if points}
    steps = None if seen.used is None else _lifted(seen.used, lifts)
    made = None if steps is None else maker.plan(steps)
    return PlanSeen(
        playbook=numbers.playbook,
        asked=target,
        kept=kept,
        funnel=seen,
        plan=made,
        plain=maker.plan(seen.used) if seen.used is not None and lifts else None,
        what_if=lifts,
        missing=missing(seen),
        standing=_standing_by_step(standing),
        intake_now=float(uow.visits.entries(numbers.identities[0], numbers.as_of, INTAKE_WEEKS).mean()),
        first_week=None if steps is None or made is None else maker.first_week(standing, steps, made),
        selling_set=bool(maker.selling_minutes),
    )


def check_target(wins: float, certainty: float) -> None:
    """Raises `Refused(WINS_OUT_OF_RANGE)`, `Refused(CERTAINTY_OUT_OF_RANGE)`."""
    if not 0 < wins <= MOST_WINS:
        raise Refused(Refusal.WINS_OUT_OF_RANGE, wins=wins, most=MOST_WINS)
    check_certainty(certainty)


def check_steps(what_if: Mapping[int, float], last: int) -> None:
    """Raises `Refused(NO_SUCH_STEP)` for a step that the playbook does not have."""
    for number in what_if:
        if not 1 <= number <= last:
            raise Refused(Refusal.NO_SUCH_STEP, asked=number, last=last)


class _Maker:
    """Makes plans for one target; what is the same for all of them is read once."""

    def __init__(self, numbers: Numbers, limits: Mapping[int, int], target: Target) -> None:
        self._limits = limits
        self._target = target
        self._efforts = efforts(numbers)
        rhythms = numbers.uow.members.rhythms()
        active = [member.id for member in numbers.uow.members.all() if member.active]
        self.selling_minutes = [
            minutes for each in active if each in rhythms and (minutes := rhythms[each].selling_minutes)
        ]

    def plan(self, steps: Sequence[Conversion]) -> Plan:
        return plan(
            steps,
            self._limits,
            self._target.wins,
            certainty=self._target.certainty,
            efforts=self._efforts,
            selling_minutes=self.selling_minutes,
        )

    def first_week(self, standing: Known, steps: Sequence[Conversion], made: Plan) -> int | None:
        if made.intake is None:
            return None
        wins, certainty = self._target.wins, self._target.certainty
        return first_week_on_target(standing, steps, made.intake, wins, certainty=certainty)


def efforts(numbers: Numbers) -> tuple[Effort, ...]:
    """What a visit to each step takes, from what was logged in the last 13 weeks over the visits entered then."""
    period = window(numbers.as_of, DEFAULT_WEEKS)
    logged = numbers.uow.visits.efforts(numbers.playbook.key, period.first, period.last)
    entered = tallies(numbers.load(period.first), period, numbers.identities)
    return tuple(
        effort(step, logged.get(identity, Logged()), entered[identity].entered)
        for step, identity in zip(numbers.book.steps, numbers.identities, strict=True)
    )


def effort(step: Step, logged: Logged, entered: int) -> Effort:
    """Minutes that nobody noted are those the moment expects; without any touch each moment counts as one."""
    if not logged.touches or not entered:
        return Effort(len(step.moments), sum(moment.minutes for moment in step.moments), assumed=1.0)
    expected = sum(many * _minutes(step, key) for key, many in logged.without_minutes.items())
    minutes = logged.minutes + expected
    return Effort(logged.touches / entered, minutes / entered, expected / minutes if minutes else 0.0)


def _minutes(step: Step, key: str | None) -> float:
    """What the moment expects; where it is none of the step's, what its moments do on average."""
    moment = step.moment(key) if key else None
    if moment is not None:
        return moment.minutes
    return float(np.mean([each.minutes for each in step.moments])) if step.moments else 0.0


def _target(asked: MakePlan, kept: Target | None, at: datetime, reader: Member | None) -> Target:
    if asked.wins is None and kept is None:
        raise Refused(Refusal.NO_TARGET)
    wins = asked.wins if asked.wins is not None or kept is None else kept.wins
    usual = kept.certainty if asked.wins is None and kept is not None else DEFAULT_CERTAINTY
    target = Target(
        wins=wins or 0.0,
        certainty=usual if asked.certainty is None else asked.certainty,
        set_at=at,
        set_by=reader.id if reader else None,
    )
    check_target(target.wins, target.certainty)
    return target


def _lifted(steps: Sequence[Conversion], points_of: Mapping[int, float]) -> tuple[Conversion, ...]:
    return tuple(
        _lifted_one(step, number, points_of[number]) if number in points_of else step
        for number, step in enumerate(steps, start=1)
    )


def _lifted_one(step: Conversion, number: int, points: float) -> Conversion:
    share = step.curve.conversion
    if not 0.0 <= share + points * _POINT <= 1.0:
        raise Refused(Refusal.POINTS_OUT_OF_RANGE, step=number, points=points, share=share)
    return lifted(step, points)


def _standing_by_step(standing: Known) -> dict[int, int]:
    """The open prospects of today; who was found to have jumped a step never stood in it."""
    here = (standing.exit == Exit.UNDECIDED) & ~standing.inferred
    return {
        int(step): int(standing.count[here & (standing.step == step)].sum())
        for step in np.unique(standing.step[here])
    }
