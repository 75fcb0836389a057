"""The demo's clock: every start of the demo is a morning at which the day's messages have just fallen due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo.workspace import MEMBERS, ZONE
from bot.usecases.places import usual_place
from playbooks.calendar import Calendar
from playbooks.public_holidays import PublicHolidays
from playbooks.team import Rhythm

_FILE = "clock"
_VARIABLE = "DEMO_CLOCK_AHEAD"
_A_DAY, _A_WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class DemoClock:
    """Runs as fast as this machine's clock, `ahead` of it; below zero is behind."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def environment(self) -> dict[str, str]:
        """What tells another process of this clock; `from_environment` reads it."""
        return {_VARIABLE: str(self.ahead.total_seconds())}


def from_environment(environment: Mapping[str, str]) -> DemoClock:
    """The clock of the demo that started this process; this machine's where none did."""
    return DemoClock(timedelta(seconds=float(environment.get(_VARIABLE, 0))))


def next_morning(home: Path, real: datetime) -> DemoClock:
    """Sets the demo's clock, kept under `home`, to its next morning; `real` is the time of this machine.

    The first one is a Monday, so that the week's digest is there too. The clock goes on while the demo is
    stopped and never back, so what was sent once stays sent.
    """
    file = home / _FILE
    if file.exists():
        ahead = timedelta(seconds=float(file.read_text(encoding="utf-8")))
        morning = _morning_after(real + ahead)
    else:
        morning = _monday_morning(real)
    clock = DemoClock(morning - real)
    file.write_text(f"{clock.ahead.total_seconds()}\n", encoding="utf-8")
    return clock


def shown(at: datetime) -> str:
    """`Monday 23 November, 09:30`: the time where the company is."""
    local = at.astimezone(ZoneInfo(ZONE))
    return f"{local:%A} {local.day} {local:%B, %H:%M}"


def _monday_morning(real: datetime) -> datetime:
    today = Calendar(ZONE).today(real)
    monday = today - timedelta(days=today.weekday())
    while not _everybody_works_on(monday):
        monday -= _A_WEEK
    return _when_messages_are_due(monday)


def _morning_after(at: datetime) -> datetime:
    day = Calendar(ZONE).today(at)
    while not _everybody_works_on(day) or _when_messages_are_due(day) <= at:
        day += _A_DAY
    return _when_messages_are_due(day)


def _everybody_works_on(day: date) -> bool:
    return all(calendar.works_on(day) for calendar in _calendars())


def _when_messages_are_due(day: date) -> datetime:
    """When the last member's daily message is due."""
    return max(calendar.instant(day, Rhythm().daily_at) for calendar in _calendars())


def _calendars() -> list[Calendar]:
    places = {(member.zone, *usual_place(member.locale, member.zone)) for member in MEMBERS}
    return [
        Calendar(zone, holidays=PublicHolidays(country, region) if country else frozenset())
        for zone, country, region in places
    ]
