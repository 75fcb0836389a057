"""Makes every past Monday's forecast anew, from what was known then, and holds it against what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from bot.usecases.numbers import Numbers
from bot.usecases.see_forecast import Over, Scored, SeeForecast, outcomes, scores_by_weeks, scoring_from
from playbooks.funnel.baselines import from_past_wins, from_stages
from playbooks.funnel.conversion import conversions, told
from playbooks.funnel.forecast import FORECAST_WEEKS, Wins, forecast
from playbooks.funnel.scoring import Scores, crps
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork

_WEEK: Final = timedelta(weeks=1)

Told = Callable[[int, int], None]
"""Hears how many Mondays of how many are done."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The scores of all forecasts of so many weeks; beside their CRPS those of the two baselines."""

    scores: Scores
    crps_of_past_wins: float
    crps_of_stages: float


@dataclass(frozen=True, slots=True)
class Backtested:
    """What came of it: the forecasts, oldest first, and their scores by weeks ahead.

    `first` and `last` are the Mondays looked at (None: there is none yet); on `too_few` of them a step had too
    few decided prospects to forecast from.
    """

    playbook: PublishedPlaybook
    as_of: date
    first: date | None
    last: date | None
    too_few: int
    forecasts: tuple[Scored, ...]
    compared: Mapping[int, Compared]


@dataclass(frozen=True, slots=True)
class _Rivals:
    """Ours and the baselines, made on one day for so many weeks."""

    made_on: date
    weeks: int
    ours: Wins
    past_wins: Wins
    stages: Wins


def _ignored(_done: int, _all: int) -> None:
    """Nobody asked how far it is."""


def backtest_forecast(
    uow: UnitOfWork, asked: SeeForecast, at: datetime, *, told_of: Told = _ignored
) -> Backtested:
    """The unit of work is open already. Raises `Refused(PLAYBOOK_UNKNOWN)`."""
    numbers = Numbers.of(uow, asked.playbook, at, asked.as_of)
    mondays = tuple(_mondays(numbers))
    rivals: list[_Rivals] = []
    told_enough = 0
    for done, monday in enumerate(mondays, start=1):
        made = _made(replace(numbers, as_of=monday), numbers.as_of)
        told_enough += bool(made)
        rivals += made
        told_of(done, len(mondays))
    happened = _happened(numbers, rivals)
    over = [
        Over(each.made_on, each.weeks, each.ours, outcome) for each, outcome in zip(rivals, happened, strict=True)
    ]
    return Backtested(
        playbook=numbers.playbook,
        as_of=numbers.as_of,
        first=mondays[0] if mondays else None,
        last=mondays[-1] if mondays else None,
        too_few=len(mondays) - told_enough,
        forecasts=tuple(each.scored() for each in over),
        compared={
            weeks: _compared(found, weeks, rivals, happened) for weeks, found in scores_by_weeks(over).items()
        },
    )


def _mondays(numbers: Numbers) -> Iterator[date]:
    """Those on which forecasts count and whose shortest forecast is over."""
    since = scoring_from(numbers)
    if since is None:
        return
    monday = since + timedelta(days=-since.weekday() % 7)
    while monday + min(FORECAST_WEEKS) * _WEEK <= numbers.as_of:
        yield monday
        monday += _WEEK


def _made(numbers: Numbers, until: date) -> list[_Rivals]:
    """What would have been forecast on the day `numbers` are of, for the weeks that are over by `until`."""
    known = numbers.load(None)
    steps = told(conversions(known, {step.identity: step.limit for step in numbers.steps}).values())
    if steps is None:
        return []
    weeks = [each for each in FORECAST_WEEKS if numbers.as_of + each * _WEEK <= until]
    stages = from_stages(known, numbers.identities)
    return [
        _Rivals(numbers.as_of, each.weeks, each.wins, from_past_wins(known, each.weeks), stages)
        for each in forecast(known, steps, weeks)
    ]


def _happened(numbers: Numbers, rivals: list[_Rivals]) -> list[int]:
    if not rivals:
        return []
    return outcomes(numbers.load_all(rivals[0].made_on), [(each.made_on, each.weeks) for each in rivals])


def _compared(found: Scores, weeks: int, rivals: list[_Rivals], happened: list[int]) -> Compared:
    pairs = [(each, outcome) for each, outcome in zip(rivals, happened, strict=True) if each.weeks == weeks]
    return Compared(
        scores=found,
        crps_of_past_wins=float(np.mean([crps(each.past_wins, outcome) for each, outcome in pairs])),
        crps_of_stages=float(np.mean([crps(each.stages, outcome) for each, outcome in pairs])),
    )
