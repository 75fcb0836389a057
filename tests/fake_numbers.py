"""A workspace that holds nothing but a histogram of visits, for use cases that only read numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Self, cast

import numpy as np

from playbooks.funnel.forecast import Forecast, weekly_entries
from playbooks.funnel.histogram import NEVER, Dimension, Floats, Histogram, Known
from playbooks.funnel.visits import Exit, Visit
from playbooks.model import Expectation, Playbook
from playbooks.numbers import KeptForecast, Logged, Target
from playbooks.pipeline import PlaybookVersion, PublishedPlaybook
from playbooks.ports import UnitOfWork
from playbooks.team import Member, Rhythm, Role, Team, Workspace
from tests.builders import ZONE, a_playbook, noon

PLACE = Workspace(1, "T0NEXT", "Next", ZONE)
BEGIN = date(2025, 1, 6)
"""A Monday."""

MANAGER = Member(1, 1, 1, "U1", "Mo", Role.MANAGER, "en-GB", ZONE)
ROBIN = Member(2, 1, 1, "U2", "Robin", Role.REP, "en-GB", ZONE)
SAM = Member(3, 1, 1, "U3", "Sam", Role.REP, "en-GB", ZONE)
PEOPLE = (MANAGER, ROBIN, SAM)


def weeks_of_selling(weeks: int, *, best: int = ROBIN.id, other: int = SAM.id) -> list[Visit]:
    """Each week sixteen start; of eight of each rep five and three go on after three days, and half of those win.

    One of each rep's stays undecided, in the first step.
    """
    return [visit for week in range(weeks) for visit in _a_week(BEGIN + timedelta(weeks=week), best, other)]


def _a_week(day: date, best: int, other: int) -> list[Visit]:
    visits = []
    for rep, onward in ((best, 5), (other, 3)):
        visits += [_left(1, day, rep, 3, Exit.ADVANCED)] * onward + [_left(1, day, rep, 5, Exit.LOST)] * (
            7 - onward
        )
        visits.append(Visit(1, day, day, rep=rep, source="fair"))
        second = day + timedelta(days=3)
        visits += [_left(2, second, rep, 7, Exit.WON)] * (onward // 2 + rep % 2)
        visits += [_left(2, second, rep, 8, Exit.NO_DECISION)] * (onward - onward // 2 - rep % 2)
    return visits


def _left(step: int, day: date, rep: int, age: int, how: Exit) -> Visit:
    left = day + timedelta(days=age)
    return Visit(step, day, day, rep=rep, source="fair", exit=how, left=left, left_known=left)


def two_steps(**of_each_step: Any) -> Playbook:
    usual: dict[str, Any] = {"expects": Expectation(conversion=40, days=5), "decision_due_after": 10}
    return a_playbook("services", steps=2, **usual | of_each_step)


@dataclass
class Counted:
    """The visits, as `playbooks.numbers.Visits` gives them."""

    histogram: Histogram
    versions: Mapping[int, tuple[int, ...]]
    logged: Mapping[int, Logged] = field(default_factory=dict)
    asked_since: list[date | None] = field(default_factory=list)

    def steps(self, playbook_id: int) -> Sequence[int]:
        return self.versions[playbook_id]

    def known(
        self, steps: Sequence[int], as_of: date, *, since: date | None = None, by: Dimension | None = None
    ) -> Known:
        self.asked_since.append(since)
        known = self.histogram.as_of(as_of)
        return known.only(np.isin(known.step, list(steps)))

    def entries(self, step: int, as_of: date, weeks: int) -> Floats:
        return weekly_entries(self.histogram.as_of(as_of), step, weeks)

    def first_day(self, steps: Sequence[int]) -> date | None:
        return self._first(self.histogram.known, steps)

    def first_exit(self, steps: Sequence[int]) -> date | None:
        return self._first(self.histogram.left_known, steps)

    def efforts(self, playbook_key: str, since: date, until: date) -> Mapping[int, Logged]:
        return self.logged

    def _first(self, days: np.ndarray[Any, np.dtype[np.int64]], steps: Sequence[int]) -> date | None:
        found = days[np.isin(self.histogram.step, list(steps)) & (days < NEVER)]
        return date.fromordinal(int(found.min())) if len(found) else None


@dataclass
class Kept:
    """Forecasts that were kept."""

    found: list[KeptForecast] = field(default_factory=list)

    def keep(self, playbook_key: str, made_on: date, made: Sequence[Forecast]) -> bool:
        if any(each.made_on == made_on for each in self.found):
            return False
        self.found += [KeptForecast(made_on, each.weeks, each.wins, each.if_unresolved_never_win) for each in made]
        return True

    def all(self, playbook_key: str, since: date | None = None) -> Sequence[KeptForecast]:
        return [each for each in self.found if since is None or each.made_on >= since]


@dataclass
class Targets:
    kept: Target | None = None

    def get(self, playbook_key: str) -> Target | None:
        return self.kept

    def set(self, playbook_key: str, target: Target) -> None:
        self.kept = target


@dataclass
class Playbooks:
    books: Mapping[int, Playbook]

    def current(self) -> Sequence[PublishedPlaybook]:
        return [self._published(max(self.books))] if self.books else []

    def get(self, playbook_id: int) -> Playbook:
        return self.books[playbook_id]

    def versions(self, key: str) -> Sequence[PlaybookVersion]:
        return [PlaybookVersion(self._published(each), noon(BEGIN), None) for each in sorted(self.books)[::-1]]

    def _published(self, playbook_id: int) -> PublishedPlaybook:
        book = self.books[playbook_id]
        return PublishedPlaybook(playbook_id, book.key, book.name, playbook_id)


@dataclass
class People:
    selling: Mapping[int, int] = field(default_factory=dict)

    def all(self) -> Sequence[Member]:
        return PEOPLE

    def get(self, member_id: int) -> Member:
        return next(each for each in PEOPLE if each.id == member_id)

    def rhythms(self) -> Mapping[int, Rhythm]:
        return {each.id: Rhythm(selling_minutes=self.selling.get(each.id)) for each in PEOPLE}


class Seen:
    """The requests that did their work."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def seen(self, request_id: str) -> None:
        """None of them is asked for twice here."""

    def keep(self, request_id: str, *, at: datetime, journey_id: int | None, change: int | None) -> None:
        self.kept.append(request_id)


@dataclass
class Room:
    """A unit of work that is open all the time."""

    visits: Counted
    playbooks: Playbooks
    members: People = field(default_factory=People)
    forecasts: Kept = field(default_factory=Kept)
    targets: Targets = field(default_factory=Targets)
    inbox: Seen = field(default_factory=Seen)
    workspace: Workspace = PLACE
    team: Team = field(default_factory=lambda: Team(1, 1, "Team"))
    commits: int = 0

    def commit(self) -> None:
        self.commits += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    @property
    def uow(self) -> UnitOfWork:
        return cast("UnitOfWork", self)


def a_room(visits: Sequence[Visit] = (), *books: Playbook, **parts: Any) -> Room:
    """The versions of a playbook, whose steps are the same in all, and the visits to these."""
    chosen = books or (two_steps(),)
    versions = {number: tuple(range(1, book.last + 1)) for number, book in enumerate(chosen, start=1)}
    visited = Counted(Histogram.of(visits), versions, parts.pop("logged", {}))
    return Room(visited, Playbooks(dict(enumerate(chosen, start=1))), **parts)


@dataclass
class Building:
    """Workspaces with one room each, as `Units`."""

    rooms: Mapping[str, Room]

    def workspaces(self) -> Sequence[Workspace]:
        return [room.workspace for room in self.rooms.values()]

    def reading(self, slack_team: str) -> Room:
        return self.rooms[slack_team]

    writing = reading
