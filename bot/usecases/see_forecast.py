"""How many will be won in the next weeks, and how earlier forecasts did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.usecases.numbers import Numbers, missing
from playbooks.funnel.forecast import FORECAST_WEEKS, MEMORY_WEEKS, Forecast, Wins, forecast, weekly_wins
from playbooks.funnel.histogram import Known
from playbooks.funnel.picture import Funnel, StepOfFunnel
from playbooks.funnel.scoring import Scores, scores
from playbooks.funnel.visits import Exit
from playbooks.numbers import Target
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork

SCORED_AFTER: Final = timedelta(weeks=13)
"""From the first known exit to the first forecast that counts: before, nobody could tell."""

SHOWN_WEEKS: Final = 26


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


@dataclass(frozen=True, slots=True)
class Over:
    """A forecast whose time is over by the day it is looked at."""

    made_on: date
    weeks: int
    wins: Wins
    outcome: int

    def scored(self) -> Scored:
        low, high = self.wins.range()
        inside = low <= self.outcome <= high
        return Scored(self.made_on, self.weeks, self.wins.mean, low, high, self.outcome, inside)


def see_forecast(uow: UnitOfWork, asked: SeeForecast, at: datetime) -> ForecastSeen:
    """The unit of work is open already. Raises `Refused(PLAYBOOK_UNKNOWN)`."""
    numbers = Numbers.of(uow, asked.playbook, at, asked.as_of)
    seen, standing = numbers.funnel(), numbers.standing()
    since = scoring_from(numbers)
    over = _over(numbers, since) if since else ()
    past = numbers.load_all(numbers.as_of - timedelta(weeks=SHOWN_WEEKS))
    return ForecastSeen(
        playbook=numbers.playbook,
        as_of=numbers.as_of,
        funnel=seen,
        made=made_from(numbers, seen, standing),
        missing=missing(seen),
        open=int(standing.count[(standing.exit == Exit.UNDECIDED) & ~standing.inferred].sum()),
        earlier=tuple(each.scored() for each in reversed(over)),
        scores=scores_by_weeks(over),
        scoring_from=since,
        weekly_wins=tuple(int(wins) for wins in weekly_wins(past, SHOWN_WEEKS)),
        target=uow.targets.get(numbers.playbook.key),
    )


def made_from(numbers: Numbers, seen: Funnel, standing: Known) -> tuple[Forecast, ...] | None:
    """The forecast of the day; None where a step has neither enough data nor an expectation."""
    if seen.used is None:
        return None
    entries = numbers.uow.visits.entries(numbers.identities[0], numbers.as_of, MEMORY_WEEKS)
    return forecast(standing, seen.used, FORECAST_WEEKS, entries=entries)


def last_scored(numbers: Numbers, weeks: int) -> Scored | None:
    """How the last forecast of so many weeks did; None while the time of none is over that counts."""
    since = scoring_from(numbers)
    recent = numbers.as_of - timedelta(weeks=weeks + 1)
    over = _over(numbers, max(since, recent), weeks) if since else ()
    return over[-1].scored() if over else None


def scoring_from(numbers: Numbers) -> date | None:
    """The day from which forecasts count; None before the first exit that was known by then."""
    first = numbers.uow.visits.first_exit(numbers.all_identities)
    return first + SCORED_AFTER if first and first < numbers.as_of else None


def outcomes(known: Known, made: Iterable[tuple[date, int]]) -> list[int]:
    """The wins within the weeks from each of these days on, as known; `known` holds what left since the first."""
    day, won = known.entered + known.age, known.exit == Exit.WON
    first = [(each.toordinal(), each.toordinal() + 7 * weeks) for each, weeks in made]
    return [int(known.count[won & (day >= begin) & (day < end)].sum()) for begin, end in first]


def scores_by_weeks(over: Sequence[Over]) -> dict[int, Scores]:
    """The scores of all forecasts of so many weeks together."""
    by_weeks = {weeks: [each for each in over if each.weeks == weeks] for weeks in FORECAST_WEEKS}
    return {
        weeks: scores([each.wins for each in some], [each.outcome for each in some])
        for weeks, some in by_weeks.items()
        if some
    }


def _over(numbers: Numbers, since: date, weeks: int | None = None) -> tuple[Over, ...]:
    """The kept forecasts from a day on, of so many weeks or of all, whose time is over, the earliest first."""
    kept = [
        each
        for each in numbers.uow.forecasts.all(numbers.playbook.key, since)
        if weeks in (None, each.weeks) and each.made_on + timedelta(weeks=each.weeks) <= numbers.as_of
    ]
    if not kept:
        return ()
    known = numbers.load_all(kept[0].made_on)
    happened = outcomes(known, [(each.made_on, each.weeks) for each in kept])
    return tuple(
        Over(each.made_on, each.weeks, each.wins, outcome) for each, outcome in zip(kept, happened, strict=True)
    )
