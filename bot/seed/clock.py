"""When people work: days and times of day at which things happen."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from playbooks.calendar import Calendar
from playbooks.team import Member

_OPENS, _CLOSES = time(9, 0), time(16, 45)
_ONE_DAY = timedelta(days=1)


def calendar_of(member: Member) -> Calendar:
    """Monday to Friday where the member is."""
    return Calendar(member.zone)


def during(day: date, member: Member, chance: random.Random) -> datetime:
    """An instant within working hours of the member; on the first working day from `day` on."""
    calendar = calendar_of(member)
    first, last = (clock.hour * 60 + clock.minute for clock in (_OPENS, _CLOSES))
    hour, minute = divmod(chance.randint(first, last), 60)
    return calendar.instant(calendar.add(day, 0), time(hour, minute))


def working_days(calendar: Calendar, first: date, end: date) -> Iterator[date]:
    """The working days from `first` up to and not including `end`."""
    day = first
    while day < end:
        if calendar.works_on(day):
            yield day
        day += _ONE_DAY


def before(calendar: Calendar, day: date, working_days: int) -> date:
    """The working day that comes `working_days` before `day`; 0 gives `day` itself, working day or not."""
    for _ in range(working_days):
        day -= _ONE_DAY
        while not calendar.works_on(day):
            day -= _ONE_DAY
    return day
