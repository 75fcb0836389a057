"""Local times of day as instants, around every clock change there is in two years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from playbooks.calendar import Calendar

MINUTE = timedelta(minutes=1)
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def changes(zone: ZoneInfo, first: date, last: date) -> Iterator[datetime]:
    """The instants at which the zone's clocks jump, found by looking every five days and halving."""
    at, end = (datetime.combine(day, time(), tzinfo=UTC) for day in (first, last))
    while at < end:
        following = at + timedelta(days=5)
        if at.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            low, high = at, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
                changed = middle.astimezone(zone).utcoffset() != low.astimezone(zone).utcoffset()
                low, high = (low, middle) if changed else (middle, high)
            yield high
        at = following


@cache
def changes_anywhere() -> tuple[tuple[datetime, str], ...]:
    """One zone for each clock change that differs, over two years."""
    found: dict[tuple[datetime, timedelta | None, timedelta | None], str] = {}
    for name in sorted(available_timezones() - {"localtime"}):
        zone = ZoneInfo(name)
        for at in changes(zone, date(2026, 1, 1), date(2028, 1, 1)):
            before, after = ((at + s).astimezone(zone).utcoffset() for s in (-MINUTE, timedelta()))
            found.setdefault((at, before, after), name)
    return tuple((at, name) for (at, _, _), name in found.items())


def first_instant_at(wanted: datetime, change: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which a clock on the wall shows `wanted` or later; `change` is near it."""
    before, after = ((change + s).astimezone(zone).utcoffset() for s in (-MINUTE, timedelta()))
    assert before is not None
    assert after is not None
    candidates = [change, *((wanted - offset).replace(tzinfo=UTC) for offset in (before, after))]
    return min(instant for instant in candidates if local(instant, zone) >= wanted)


def test_every_clock_change_gives_each_local_time_one_instant():
    checked = changes_anywhere()
    assert len(checked) > 50
    for change, name in checked:
        zone = ZoneInfo(name)
        day = min(local(change, zone), local(change - MINUTE, zone)).date()
        for clock in QUARTERS:
            wanted = datetime.combine(day, clock)
            instant = Calendar(zone=name).instant(day, clock)
            assert instant == first_instant_at(wanted, change, zone), (name, wanted)


def test_an_instant_is_aware_utc():
    assert Calendar(zone="Europe/Amsterdam").instant(date(2026, 3, 2), time(8, 30)).tzinfo is UTC


def at(zone: str, day: date, clock: time) -> datetime:
    return Calendar(zone=zone).instant(day, clock)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "instant"),
    [
        # a gap of an hour: the first instant after it
        ("Europe/Amsterdam", date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 0)),
        ("Europe/Amsterdam", date(2026, 3, 29), time(1, 59), datetime(2026, 3, 29, 0, 59)),
        ("Europe/Amsterdam", date(2026, 3, 29), time(3, 0), datetime(2026, 3, 29, 1, 0)),
        # an hour that comes twice: the first time
        ("Europe/Amsterdam", date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30)),
        # half an hour
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), datetime(2026, 10, 3, 15, 30)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), datetime(2026, 4, 4, 14, 45)),
        # midnight itself is missing
        ("Africa/Cairo", date(2026, 4, 24), time(0, 0), datetime(2026, 4, 23, 22, 0)),
        # a whole day is missing
        ("Pacific/Apia", date(2011, 12, 30), time(8, 30), datetime(2011, 12, 30, 10, 0)),
        ("Pacific/Apia", date(2011, 12, 29), time(8, 30), datetime(2011, 12, 29, 18, 30)),
        ("Pacific/Apia", date(2011, 12, 31), time(8, 30), datetime(2011, 12, 30, 18, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21), time(12, 0), datetime(1993, 8, 21, 12, 0)),
    ],
)
def test_a_time_that_is_missing_or_comes_twice(zone, day, clock, instant):
    assert at(zone, day, clock) == instant.replace(tzinfo=UTC)


def test_a_day_that_is_missing_begins_with_the_day_after_it():
    assert Calendar(zone="Pacific/Apia").today(at("Pacific/Apia", date(2011, 12, 30), time(8, 30))) == date(
        2011, 12, 31
    )


@pytest.mark.parametrize("clock", [time(8, 30), time(0, 0), time(23, 45)])
def test_successive_days_never_share_or_swap_their_instants(clock):
    for change, name in changes_anywhere():
        day = change.astimezone(ZoneInfo(name)).date()
        instants = [at(name, day + timedelta(days=ahead), clock) for ahead in range(-2, 3)]
        assert instants == sorted(set(instants)), name
