"""What `/funnel`, `/plan` and `/forecast` say, once they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.grammar.arguments import MemberSaid
from bot.grammar.commands import ShowHelp
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.periods import Period
from playbooks.funnel.windows import DEFAULT_WEEKS


@dataclass(frozen=True, slots=True)
class Pace:
    """So many wins in each of these periods."""

    wins: float
    period: Period = Period.WEEK

    @property
    def a_week(self) -> float:
        return self.wins / self.period.weeks


@dataclass(frozen=True, slots=True)
class ShowFunnel:
    """`weeks` None: over all history. At most one of `by`, `source` and `rep` was said: one slice at a time."""

    weeks: int | None = DEFAULT_WEEKS
    by: Dimension | None = None
    source: str = ""
    rep: MemberSaid | None = None
    playbook: str = ""


@dataclass(frozen=True, slots=True)
class ShowPlan:
    """The plan for a pace, or for the team's target when none was said.

    `certainty` is a share, None when it was not said; `what_if` gives points of a hundred by the step's number.
    """

    pace: Pace | None = None
    certainty: float | None = None
    what_if: Mapping[int, float] = field(default_factory=dict)
    playbook: str = ""


@dataclass(frozen=True, slots=True)
class SetPlan:
    """Make this the team's target."""

    pace: Pace
    certainty: float | None = None
    playbook: str = ""


@dataclass(frozen=True, slots=True)
class AskPlan:
    """How many, or in which period, is open: the dialog asks. `wins` None when no number was said.

    `setting`: the answer becomes the team's target.
    """

    wins: float | None = None
    certainty: float | None = None
    playbook: str = ""
    setting: bool = False


@dataclass(frozen=True, slots=True)
class ShowForecast:
    """`playbook` as it was named, empty for the team's own."""

    playbook: str = ""


FunnelCommand = ShowFunnel | ShowHelp
PlanCommand = ShowPlan | SetPlan | AskPlan | ShowHelp
ForecastCommand = ShowForecast | ShowHelp
