"""The history of a team, from its first prospect to yesterday evening."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from rich.console import Console
from rich.progress import Progress

from bot.demo.workspace import WORKSPACE_ID, WORKSPACE_NAME, ZONE
from bot.seed import chances
from bot.seed.chances import chance_of
from bot.seed.clock import calendar_of
from bot.seed.intake import Season, leads
from bot.seed.life import Life, Living
from bot.seed.stories import Telling
from bot.seed.team import Staff, check_empty, hire
from bot.seed.transactions import long_unit
from bot.seed.work import Work
from playbooks.calendar import Calendar
from playbooks.deadlines import decision_is_due, stall
from playbooks.history import Status
from playbooks.ports import UnitOfWork, Units

_ALL_OR_NOTHING = 5_000
"""Changes in one transaction: the demo's history is one, and a bench's does not grow without end."""

_WORTH_A_BAR = 500
Told = Callable[[date], None]


@dataclass(frozen=True, slots=True)
class SeedOptions:
    """How large the team and its history are; the same `random` makes the same one on the same day."""

    members: int = 5
    prospects: int = 60
    weeks: int = 12
    random: int = 1


@dataclass(slots=True)
class Seeded:
    """What was made. `journeys` counts prospects by the status of their last journey; the rest are open ones."""

    members: int
    prospects: int
    weeks: int
    journeys: Counter[Status] = field(default_factory=Counter)
    stalled: int = 0
    waiting: int = 0
    decisions_due: int = 0

    def count(self, work: Work, today: date) -> None:
        """Adds a prospect as it stands at the end."""
        journey, calendar = work.journey, calendar_of(work.owner)
        self.journeys[journey.status] += 1
        self.stalled += stall(journey, calendar, today) is not None
        self.waiting += journey.is_open and journey.waits_on(today) is not None
        self.decisions_due += decision_is_due(journey, calendar, today)

    def __str__(self) -> str:
        of, weeks = self.journeys, "1 week" if self.weeks == 1 else f"{self.weeks} weeks"
        return (
            f"Made {WORKSPACE_NAME}: {self.members} members and {self.prospects} prospects in {weeks}. "
            f"{of[Status.WON]} won, {of[Status.LOST]} lost, {of[Status.NO_DECISION]} without a decision, "
            f"{of[Status.NOT_NOW]} not now, {of[Status.OPEN]} open, of which {self.stalled} stalled, "
            f"{self.waiting} waiting and {self.decisions_due} with a decision due."
        )


def seed_workspace(units: Units, options: SeedOptions, now: datetime) -> Seeded:
    """Founds the demo's workspace and lets its team work until yesterday evening; `now` is aware.

    The history is all or nothing up to `_ALL_OR_NOTHING` changes. Raises ValueError when there are prospects
    already, and `Refused` when a rule is not kept, which is a fault of the seed.
    """
    check_empty(units)
    calendar = Calendar(ZONE)
    today = calendar.today(now)
    season = Season(calendar, first=today - timedelta(weeks=options.weeks), today=today)
    units.found(WORKSPACE_ID, WORKSPACE_NAME, ZONE)
    seeded = Seeded(options.members, options.prospects, options.weeks)
    with units.writing(WORKSPACE_ID) as uow:
        staff = hire(uow, options.members, calendar.instant(season.first, time()))
        uow.commit()
    with _progress(options, season) as told, long_unit(units, WORKSPACE_ID, most=_ALL_OR_NOTHING) as uow:
        ended = _unfold(_lives(staff, season, options, uow), calendar.instant(today, time()), told)
        for work in ended:
            seeded.count(work, today)
    return seeded


@dataclass(order=True, slots=True)
class _Going:
    """A life and the instant of its next act; the number decides between equal instants."""

    at: datetime
    number: int
    work: Work = field(compare=False)
    life: Life = field(compare=False)


def _lives(staff: Staff, season: Season, options: SeedOptions, uow: UnitOfWork) -> Iterator[_Going]:
    """Every life in the order of their beginnings, made when its turn comes: a bench has very many."""
    skills = {seller.id: chances.skill(chance_of(options.random, seller.slack_id)) for seller in staff.sellers}
    coming = leads(staff, season, options.prospects, options.random)
    for lead, story in sorted(coming, key=lambda come: (come[0].at, come[0].number)):
        work = Work(lead, uow)
        chance = chance_of(options.random, lead.number, "life")
        if story:
            life = Telling(story, work, season.today, chance).live()
        else:
            life = Living(work, staff, skills[lead.seller.id], chance).live()
        yield _Going(lead.at, lead.number, work, life)


def _unfold(lives: Iterator[_Going], until: datetime, told: Told) -> Iterator[Work]:
    """Lets everything happen in the order of its instants; gives each work when it is over or time is up."""
    going: list[_Going] = []
    day, newcomer = None, next(lives, None)
    while going or newcomer:
        if newcomer and (not going or newcomer < going[0]):
            heapq.heappush(going, newcomer)
            newcomer = next(lives, None)
        first = going[0]
        if day != (day := first.at.date()):
            told(day)
        following = next(first.life, None)
        # The instant it gave before is when it acted; what it gives now is when it wants to go on.
        if following is None or following >= until:
            heapq.heappop(going)
            yield first.work
        else:
            first.at = following
            heapq.heapreplace(going, first)


@contextmanager
def _progress(options: SeedOptions, season: Season) -> Iterator[Told]:
    """Tells whoever waits how far the history has come, when it is a long one."""
    if options.prospects <= _WORTH_A_BAR:
        yield lambda _: None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"{options.prospects} prospects", total=(season.today - season.first).days)
        yield lambda day: bar.update(task, completed=(day - season.first).days)
