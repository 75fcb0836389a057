"""Who comes in when, from where, and whose it will be."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.seed import chances, clock, names
from bot.seed.chances import chance_of
from bot.seed.stories import STORIES, Story
from bot.seed.team import Staff, language_of, playbook_of
from bot.seed.work import Lead
from playbooks.calendar import Calendar
from playbooks.team import Member

_WORKING_WEEK = 5
_BROUGHT_BY_MARKETING = frozenset({"website", "fair"})
_FAIR_EVERY = 6
_BUSY_START, _BUSY_FACTOR = 10, 3


@dataclass(frozen=True, slots=True)
class Season:
    """The days of the history, in the workspace's calendar: from `first` up to and not including `today`."""

    calendar: Calendar
    first: date
    today: date

    def days(self) -> list[date]:
        return list(clock.working_days(self.calendar, self.first, self.today))


def leads(staff: Staff, season: Season, prospects: int, number: int) -> Iterator[tuple[Lead, Story | None]]:
    """Each lead with its story, if it has one; the same for the same `number`.

    The stories come first, those that fit into the season.
    """
    told = list(_told(staff, season))[:prospects]
    draw = _Draw(season, number)
    for place in range(prospects):
        chance = chance_of(number, place)
        if place < len(told):
            story, seller = told[place]
            yield _lead(place, _of_story(story, seller, season), staff, chance), story
        else:
            arrival = draw.arrival(staff.sellers[place % len(staff.sellers)], chance)
            yield _lead(place, arrival, staff, chance), None


def _told(staff: Staff, season: Season) -> Iterator[tuple[Story, Member]]:
    """Every story for the first seller of each language."""
    first = {language_of(seller): seller for seller in reversed(staff.sellers)}
    fitting = [story for story in STORIES if story.began <= len(season.days())]
    return ((story, seller) for story in fitting for seller in first.values())


@dataclass(frozen=True, slots=True)
class _Arrival:
    day: date
    name: str
    source: str
    value: int | None
    seller: Member


def _of_story(story: Story, seller: Member, season: Season) -> _Arrival:
    day = clock.before(season.calendar, season.today, story.began)
    return _Arrival(day, story.names[language_of(seller)], story.source, story.value, seller)


class _Draw:
    """Names, days and sources: a team begins with the prospects it had, and fairs come in certain weeks."""

    def __init__(self, season: Season, number: int) -> None:
        self._companies = {key: names.companies(chance_of(number, key), key) for key in ("nl", "en")}
        self._days = season.days()
        busy = [_BUSY_FACTOR if place < _BUSY_START else 1 for place in range(len(self._days))]
        self._weights: Sequence[int] = busy if len(self._days) > 2 * _BUSY_START else [1] * len(self._days)
        in_fair_weeks = [day for place, day in enumerate(self._days) if place // _WORKING_WEEK % _FAIR_EVERY == 1]
        self._fair_days = in_fair_weeks or self._days
        self._sources, self._shares = list(chances.SOURCES), list(chances.SOURCES.values())

    def arrival(self, seller: Member, chance: random.Random) -> _Arrival:
        day, source = self._day_and_source(chance)
        name = next(self._companies[language_of(seller)])
        return _Arrival(day, name, source, _value(chance), seller)

    def _day_and_source(self, chance: random.Random) -> tuple[date, str]:
        source = chance.choices(self._sources, self._shares)[0]
        if source == "fair":
            return chance.choice(self._fair_days), source
        return chance.choices(self._days, self._weights)[0], source


def _value(chance: random.Random) -> int | None:
    """Whole units, in steps of 500; one in five is not known."""
    if chance.random() < 0.2:
        return None
    return 500 * max(6, round(chance.lognormvariate(3.6, 0.6)))


def _lead(place: int, arrival: _Arrival, staff: Staff, chance: random.Random) -> Lead:
    seller = arrival.seller
    by = staff.marketing if arrival.source in _BROUGHT_BY_MARKETING else seller
    return Lead(
        number=place,
        at=clock.during(arrival.day, by, chance),
        name=arrival.name,
        source=arrival.source,
        value=arrival.value,
        person=names.person(chance, language_of(seller)),
        by=by,
        seller=seller,
        playbook=playbook_of(seller),
    )
