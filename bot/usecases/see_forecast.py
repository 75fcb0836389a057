"""How many will be won in the next weeks, and how earlier forecasts did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from playbooks.funnel.forecast import Forecast
from playbooks.funnel.picture import Funnel, StepOfFunnel
from playbooks.funnel.scoring import Scores
from playbooks.numbers import Target
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork
from playbooks.team import Member


@dataclass(frozen=True, slots=True)
class SeeForecast:
    """`playbook` and `as_of` as in `SeeFunnel`."""

    playbook: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A forecast whose time is over: what it said (80 %), and the wins that there were."""

    made_on: date
    weeks: int
    mean: float
    low: int
    high: int
    outcome: int
    inside: bool


@dataclass(frozen=True, slots=True)
class ForecastSeen:
    """The forecast made now (for 1, 4 and 13 weeks) and the earlier ones, newest first, that were kept.

    `made` is None where a step has neither enough data nor an expectation: those are `missing`. `open` counts
    the prospects it is made from. `scores` are by weeks ahead; earlier forecasts count from `scoring_from` on,
    which is None before the first exit. `weekly_wins` are those of the last 26 weeks, the oldest first.
    """

    playbook: PublishedPlaybook
    as_of: date
    funnel: Funnel
    made: tuple[Forecast, ...] | None
    missing: tuple[StepOfFunnel, ...]
    open: int
    earlier: tuple[Scored, ...]
    scores: Mapping[int, Scores]
    scoring_from: date | None
    weekly_wins: tuple[int, ...]
    target: Target | None


def see_forecast(uow: UnitOfWork, asked: SeeForecast, at: datetime, reader: Member | None) -> ForecastSeen:
    """The unit of work is open already. Raises `Refused(PLAYBOOK_UNKNOWN)`."""
    raise NotImplementedError
