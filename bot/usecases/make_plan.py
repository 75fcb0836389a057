"""Calculated backwards: from wins a week to the intake, the days and the work that they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from playbooks.funnel.picture import Funnel, StepOfFunnel
from playbooks.funnel.plan import Plan
from playbooks.numbers import Target
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork
from playbooks.team import Member


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
    raise NotImplementedError
