"""When a journey stalls and when its decision is due, on the owner's working days.

The step's clock starts on the day of entry. It stands still while the prospect waits, and goes on afterwards
where it was; days off of the owner do not count, for they are no working days in the owner's calendar.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from playbooks.calendar import Calendar, DaysOff
from playbooks.history import Journey


class Stall(StrEnum):
    """Why a prospect counts as stalled."""

    TIME = "time"
    CONTACTS = "contacts"
    ATTEMPTS = "attempts"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The local days on which an open journey is first stalled, and on which its decision is due."""

    stalls_on: date
    decision_due_on: date


def deadlines(journey: Journey, calendar: Calendar) -> Deadlines:
    """The dates of an open journey as things stand; a forced decision brings its own date."""
    step = journey.step
    due = _forced_due(journey, calendar) or _day_after(journey, calendar, step.decision_due_after)
    return Deadlines(stalls_on=_day_after(journey, calendar, step.stalled_after), decision_due_on=due)


def stall(journey: Journey, calendar: Calendar, today: date) -> Stall | None:
    """Why this journey is stalled on this day, None when it is not: closed, waiting, or going well."""
    if not journey.is_open or journey.waits_on(today):
        return None
    if today >= deadlines(journey, calendar).stalls_on:
        return Stall.TIME
    return limit_reached(journey)


def limit_reached(journey: Journey) -> Stall | None:
    """Which of the step's limits on contacts and attempts is used up, whatever the day."""
    step, spent = journey.step, journey.spent
    if spent.contacts >= step.contacts_without_progress:
        return Stall.CONTACTS
    if spent.attempts >= step.attempts_without_contact:
        return Stall.ATTEMPTS
    return None


def decision_is_due(journey: Journey, calendar: Calendar, today: date) -> bool:
    """Whether the prospect should have decided by now; never while it waits."""
    if not journey.is_open or journey.waits_on(today):
        return False
    return today >= deadlines(journey, calendar).decision_due_on


def latest_decision(journey: Journey, calendar: Calendar, on: date) -> date:
    """The last day for which a decision may be forced on `on`.

    The playbook's own date, or after it what the playbook leaves until closing; once a date was given in this
    step, that date.
    """
    stands = deadlines(journey, calendar).decision_due_on
    if journey.decision_due_on is not None:
        return stands
    return max(stands, calendar.add(on, journey.step.when_due.close_after))


def _day_after(journey: Journey, calendar: Calendar, working_days: int) -> date:
    """The day on which the step's clock has run this many working days: days of a wait are as days off."""
    waits = tuple(DaysOff(wait.agreed_on + timedelta(days=1), wait.until) for wait in journey.waits)
    return replace(calendar, away=calendar.away + waits).add(journey.entered_on, working_days)


def _forced_due(journey: Journey, calendar: Calendar) -> date | None:
    """The date the prospect was given to decide, moved by the waits that it asked for since then."""
    due, forced_on = journey.decision_due_on, journey.decision_forced_on
    if due is None or forced_on is None:
        return None
    for wait in journey.waits:
        if forced_on <= wait.agreed_on < min(wait.until, due):
            due = calendar.add(wait.until, calendar.between(wait.agreed_on, due))
    return due
