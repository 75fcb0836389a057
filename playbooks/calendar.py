"""Working days, days off and local times: everything that turns a date into an instant or counts days."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY_TO_FRIDAY = frozenset(range(5))
_ONE_DAY = timedelta(days=1)
_TEN_YEARS = 3659
"""In days: more of them off in a row are taken as an error."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A stretch of days away, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """When somebody works: weekdays (Monday is 0), public holidays, days off, and the zone of it all."""

    zone: str
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: Container[date] = frozenset()
    away: tuple[DaysOff, ...] = ()

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("a calendar needs at least one working weekday, from 0 (Monday) to 6")

    def today(self, at: datetime) -> date:
        """The local date at this instant (aware)."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def works_on(self, day: date) -> bool:
        return (
            day.weekday() in self.weekdays
            and day not in self.holidays
            and not (self.away and any(day in stretch for stretch in self.away))
        )

    def add(self, day: date, working_days: int) -> date:
        """The working day that comes `working_days` after `day`; 0 gives `day` or the first working day on.

        Raises `ValueError` for a negative number, and when ten years bring no working day.
        """
        if working_days < 0:
            raise ValueError(f"working days are counted forward, not {working_days}")
        found = day if working_days else day - _ONE_DAY
        left, idle = max(working_days, 1), 0
        while left:
            found += _ONE_DAY
            if self.works_on(found):
                left, idle = left - 1, 0
            elif (idle := idle + 1) >= _TEN_YEARS:
                raise ValueError(f"no working day within ten years before {found}")
        return found

    def between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and including `end`; 0 when `end` is not later."""
        return sum(1 for day in _days_after(start, end) if self.works_on(day))

    def instant(self, day: date, clock: time) -> datetime:
        """The UTC instant of a local time of day; inside a gap the first instant after it, in a fold the first."""
        zone = ZoneInfo(self.zone)
        local = datetime.combine(day, clock, tzinfo=zone)
        instant = local.astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            return instant
        return _first_instant_after_gap(local, zone)


def _days_after(start: date, end: date) -> Iterator[date]:
    day = start + _ONE_DAY
    while day <= end:
        yield day
        day += _ONE_DAY


def _first_instant_after_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """Where clocks jump over `local`: the jump itself, which both offsets around it agree on."""
    before = local.replace(fold=0).utcoffset()
    after = local.replace(fold=1).utcoffset()
    if before is None or after is None:
        raise ValueError(f"{zone.key} gives no offset for {local:%Y-%m-%d %H:%M}")
    low = local.replace(tzinfo=UTC) - max(before, after)
    high = local.replace(tzinfo=UTC) - min(before, after)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        jumped = middle.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset()
        low, high = (low, middle) if jumped else (middle, high)
    return high.replace(microsecond=0)
