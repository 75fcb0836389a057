"""When daily messages and digests are due, through every clock change there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from playbooks.calendar import Calendar
from playbooks.rhythm import daily_slot, digest_slot, next_daily_at, next_digest_at
from playbooks.team import Rhythm, Team

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
EVERY_DAY = frozenset(range(7))


def days(first: date = FIRST, last: date = LAST) -> Iterator[date]:
    while first <= last:
        yield first
        first += A_DAY


def first_at_or_after(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first instant that shows this local time or a later one: by its offset, or minute by minute.

    Written without the calendar's own way, to check it.
    """
    wanted = datetime.combine(day, clock)
    noon_before = datetime.combine(day - A_DAY, time(12), tzinfo=UTC)
    offsets = {(noon_before + timedelta(hours=hour)).astimezone(zone).utcoffset() for hour in range(-12, 60, 6)}
    if len(offsets) == 1:
        (offset,) = offsets
        assert offset is not None
        return wanted.replace(tzinfo=UTC) - offset
    at = noon_before - timedelta(hours=12)
    while at.astimezone(zone).replace(tzinfo=None) < wanted:
        at += A_MINUTE
    return at


@cache
def unlike_zones() -> list[str]:
    """Every zone but those that show the same time as another in each quarter of an hour of these years."""
    return sorted({shown(ZoneInfo(key)): key for key in sorted(available_timezones())}.values())


def shown(zone: ZoneInfo) -> tuple[object, ...]:
    """The offset on each day, and at which quarter of an hour it changes."""
    midnights = [datetime.combine(day, time.min, tzinfo=UTC) for day in days(FIRST - A_DAY, LAST + 3 * A_DAY)]
    offsets = [at.astimezone(zone).utcoffset() for at in midnights]
    changing = [at for at, before, after in zip(midnights, offsets, offsets[1:], strict=False) if before != after]
    quarters = [at + timedelta(minutes=15 * quarter) for at in changing for quarter in range(96)]
    return *offsets, *(at.astimezone(zone).utcoffset() for at in quarters)


@pytest.mark.parametrize("clock", [time(8, 30), time(2, 30)], ids=["the usual time", "a time clocks jump over"])
def test_every_zone_has_one_daily_message_a_day_at_its_time_or_the_first_instant_after_a_gap(clock: time) -> None:
    for key in unlike_zones():
        zone, calendar = ZoneInfo(key), Calendar(key, weekdays=EVERY_DAY)
        rhythm = Rhythm(daily_at=clock, weekdays=EVERY_DAY)
        now = first_at_or_after(FIRST, time.min, zone) - A_MINUTE
        for day in days():
            now = next_daily_at(rhythm, calendar, now)
            assert now == first_at_or_after(day, clock, zone), (key, day)


@pytest.mark.parametrize("key", ["Europe/Amsterdam", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Gaza"])
def test_only_working_days_have_one(key: str) -> None:
    calendar, rhythm = Calendar(key), Rhythm()
    now, heard = datetime(2026, 1, 1, 0, 0, tzinfo=ZoneInfo(key)), []
    while (now := next_daily_at(rhythm, calendar, now)).astimezone(ZoneInfo(key)).date() <= LAST:
        heard.append(now.astimezone(ZoneInfo(key)).date())

    assert heard == [day for day in days() if day.weekday() < 5]


def test_a_slot_lasts_until_its_local_day_ends() -> None:
    calendar, rhythm = Calendar("Europe/Amsterdam"), Rhythm()
    early = datetime(2026, 3, 27, 7, 29, tzinfo=UTC)

    assert daily_slot(rhythm, calendar, early) is None
    slot = daily_slot(rhythm, calendar, early + A_MINUTE)
    assert slot is not None
    assert (slot.day, slot.at) == (date(2026, 3, 27), early + A_MINUTE)
    assert slot.expires_at == datetime(2026, 3, 27, 23, tzinfo=UTC)
    assert daily_slot(rhythm, calendar, slot.expires_at) is None


def test_the_digest_keeps_its_local_hour_through_a_clock_change() -> None:
    team, calendar = Team(1, 1, "Sales", "C1"), Calendar("Europe/Amsterdam")
    in_winter = next_digest_at(team, calendar, datetime(2026, 3, 20, tzinfo=UTC))
    in_summer = next_digest_at(team, calendar, in_winter)

    assert (in_winter.hour, in_summer.hour) == (8, 7)
    assert in_summer - in_winter == timedelta(days=7, hours=-1)
    assert digest_slot(team, calendar, in_summer).day == date(2026, 3, 30)
    assert digest_slot(team, calendar, in_summer - A_MINUTE).day == date(2026, 3, 23)
