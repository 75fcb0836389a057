"""What buttons and dialogs about the numbers carry: which number was asked for, so that it can be asked again."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from playbooks.funnel.histogram import Dimension
from playbooks.funnel.periods import Period
from playbooks.funnel.windows import DEFAULT_WEEKS


class FunnelSlip(BaseModel):
    """A funnel: its window (None: all history), what it is split by, and the one slice that is shown, if any.

    `slice` is a source's name or a member's id. `playbook` is a key, empty for the team's own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weeks: int | None = DEFAULT_WEEKS
    by: Dimension | None = None
    slice: str | None = None
    playbook: str = ""


class PlanSlip(BaseModel):
    """A plan: how many in which period (None: the team's target), how surely (a share), and the what-if.

    `setting`: what the dialog asks for becomes the team's target.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    wins: float | None = None
    period: Period = Period.WEEK
    certainty: float | None = None
    what_if: dict[int, float] = {}
    playbook: str = ""
    setting: bool = False

    @property
    def wins_a_week(self) -> float | None:
        return None if self.wins is None else self.wins / self.period.weeks


class ForecastSlip(BaseModel):
    """A forecast of one playbook."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    playbook: str = ""


class Topic(StrEnum):
    """Which number is asked about."""

    STEP = "step"
    OVERALL = "overall"
    BOTTLENECK = "bottleneck"
    PLAN = "plan"
    FORECAST = "forecast"


class WhySlip(BaseModel):
    """Why a number is what it is; of a step by its number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: Topic
    step: int = 0
    funnel: FunnelSlip = FunnelSlip()
    plan: PlanSlip = PlanSlip()


class Picture(StrEnum):
    """What can be drawn: conversion of the steps, the forecast, the pipeline against the plan."""

    FUNNEL = "funnel"
    PLAN = "plan"
    FORECAST = "forecast"


class ChartSlip(BaseModel):
    """The picture of a message's numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    picture: Picture
    funnel: FunnelSlip = FunnelSlip()
    plan: PlanSlip = PlanSlip()
