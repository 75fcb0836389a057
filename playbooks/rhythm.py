"""When Nextstep speaks: the instants of daily messages and weekly digests, by calendars, never by intervals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from playbooks.calendar import Calendar, DaysOff
from playbooks.team import Rhythm, Team

_DIGEST_LASTS = 2
"""Working days after its own in which a digest is still worth sending."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slot:
    """One time to speak: the local day it belongs to, its instant, and when it is too late for it."""

    day: date
    at: datetime
    expires_at: datetime


def speaking_days(rhythm: Rhythm, calendar: Calendar) -> Calendar:
    """The member's working days without a pause: on those there is a daily message."""
    if rhythm.paused_until is None:
        return calendar
    pause = DaysOff(date.min, rhythm.paused_until)
    return replace(calendar, away=(*calendar.away, pause))


def daily_slot(rhythm: Rhythm, calendar: Calendar, now: datetime) -> Slot | None:
    """Today's daily message, once its time has come; None before it, and on a day without one.

    It may go out until the local day ends.
    """
    days = speaking_days(rhythm, calendar)
    today = days.today(now)
    at = days.instant(today, rhythm.daily_at)
    if at > now or not days.works_on(today):
        return None
    return Slot(today, at, days.instant(today + timedelta(days=1), time.min))


def next_daily_at(rhythm: Rhythm, calendar: Calendar, now: datetime) -> datetime:
    """The first daily message after `now`. Raises `ValueError` when ten years bring no working day."""
    days = speaking_days(rhythm, calendar)
    day = days.add(days.today(now), 0)
    while (at := days.instant(day, rhythm.daily_at)) <= now:
        day = days.add(day, 1)
    return at


def digest_slot(team: Team, calendar: Calendar, now: datetime) -> Slot:
    """The team's last weekly digest up to `now`, whether or not it is too late for it.

    `calendar` is the workspace's: its working days say how long a digest is worth sending.
    """
    today = calendar.today(now)
    day = today - timedelta(days=(today.weekday() - team.digest_weekday) % 7)
    if calendar.instant(day, team.digest_at) > now:
        day -= _WEEK
    over = calendar.add(day, _DIGEST_LASTS) + timedelta(days=1)
    return Slot(day, calendar.instant(day, team.digest_at), calendar.instant(over, time.min))


def next_digest_at(team: Team, calendar: Calendar, now: datetime) -> datetime:
    """The first weekly digest after `now`."""
    return calendar.instant(digest_slot(team, calendar, now).day + _WEEK, team.digest_at)
