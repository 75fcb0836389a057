"""What happened in a team's week, from its journeys: who moved, what was asked and came of it, the hope share.

A week is the seven days before `as_of`. `as_of` and all other dates are local days in the workspace's zone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from playbooks.calendar import Calendar
from playbooks.deadlines import stall
from playbooks.events import (
    Advanced,
    Contacted,
    DecisionForced,
    Entry,
    Lost,
    NoDecision,
    NotNow,
    Won,
)
from playbooks.funnel.hope import Hope, Touch, hope
from playbooks.history import Journey, in_force, replay
from playbooks.model import Step

WEEK: Final = timedelta(days=7)
PERIOD: Final = timedelta(days=28)
"""Over which decisions are counted that were asked for: in a week hardly any has come to its end."""
REACH: Final = PERIOD
"""How far back a digest looks."""

Named = tuple[str, Journey]
"""A journey with the name of its prospect."""


class Came(StrEnum):
    """What came of asking for a decision."""

    YES = "yes"
    NO = "no"
    NOT_NOW = "not_now"
    NOTHING = "nothing"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Move:
    """A prospect that took a decision this week; `step` is the name of where it went, None for a customer.

    `by` is the member who brought it there, None for Nextstep itself.
    """

    prospect: str
    step: str | None
    by: int | None


@dataclass(frozen=True, slots=True)
class Digest:
    """The week. `days_to_win` is the median of this week's wins; None without any.

    `decisions` are those asked for in the last four weeks, by what came of them.
    """

    as_of: date
    moves: tuple[Move, ...]
    days_to_win: int | None
    decisions: Mapping[Came, int]
    hope: Hope

    @property
    def wins(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.step is None)


def digest(journeys: Iterable[Named], as_of: date, calendar: Callable[[int], Calendar]) -> Digest:
    """Counts what is known on the morning of `as_of`; `calendar` gives that of an owner, for the stalls."""
    known = [(name, journey) for name, journey in journeys if journey.history]
    moved = (each for name, journey in known for each in _moves(name, journey, as_of))
    moves = sorted(moved, key=lambda each: (each[0], each[1].prospect))
    days_to_win = [days for _, move, days in moves if move.step is None]
    return Digest(
        as_of=as_of,
        moves=tuple(move for _, move, _ in moves),
        days_to_win=round(median(days_to_win)) if days_to_win else None,
        decisions=Counter(came for _, journey in known for came in _decisions(journey, as_of)),
        hope=hope(touch for _, journey in known for touch in _touches(journey, as_of, calendar)),
    )


# What happened this week.


def _moves(name: str, journey: Journey, as_of: date) -> Iterator[tuple[date, Move, int]]:
    """The decisions of this week, each with its day and the days since the journey began."""
    began = journey.history[0].on
    for entry in _until(journey, as_of):
        if entry.on < as_of - WEEK:
            continue
        days = (entry.on - began).days
        if isinstance(entry.event, Won):
            yield entry.on, Move(name, None, entry.by), days
        elif isinstance(entry.event, Advanced) and not entry.event.inferred:
            yield entry.on, Move(name, journey.playbook.step(entry.event.step).name, entry.by), days


def _decisions(journey: Journey, as_of: date) -> Iterator[Came]:
    """What came of each decision that was asked for in the last four weeks; once in a step."""
    asked: date | None = None
    for entry in _until(journey, as_of):
        if isinstance(entry.event, DecisionForced):
            asked = asked or entry.on
        elif asked is not None and (came := _came(entry)) is not None:
            if asked >= as_of - PERIOD:
                yield came
            asked = None
    if asked is not None and asked >= as_of - PERIOD:
        yield Came.WAITING


def _came(entry: Entry) -> Came | None:
    match entry.event:
        case Advanced() | Won():
            return Came.YES
        case Lost():
            return Came.NO
        case NotNow():
            return Came.NOT_NOW
        case NoDecision():
            return Came.NOTHING
        case _:
            return None


def _touches(journey: Journey, as_of: date, calendar: Callable[[int], Calendar]) -> Iterator[Touch]:
    """Contacts and attempts of the week, each with how the prospect stood just before it."""
    for entry in _until(journey, as_of):
        if isinstance(entry.event, Contacted) and entry.on >= as_of - WEEK:
            then = replay(journey.playbook, journey.history[: entry.seq - 1])
            yield Touch(
                minutes=entry.event.minutes,
                expected=_expected(then.step, entry.event.moment),
                stalled=stall(then, calendar(then.owner), entry.on) is not None,
                forced=then.decision_forced_on is not None,
            )


def _expected(step: Step, moment: str | None) -> int:
    """The minutes of the moment where the contact was had, else of the step's first."""
    had = (step.moment(moment) if moment else None) or next(iter(step.moments), None)
    return had.minutes if had else 0


def _until(journey: Journey, as_of: date) -> Iterator[Entry]:
    return (entry for entry in in_force(journey.history) if entry.on < as_of)
