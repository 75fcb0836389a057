"""The row of `journey` that a history makes."""

from __future__ import annotations

from typing import Any

from playbooks.calendar import Calendar
from playbooks.deadlines import Deadlines, deadlines
from playbooks.events import Started
from playbooks.history import Journey


def projected(journey: Journey, calendar: Calendar, due: Deadlines | None = None) -> dict[str, Any]:
    """The derived columns by name; `calendar` is the owner's, for the days of its deadlines.

    `due` are these when somebody computed them already, for a journey with the same clock.
    """
    first = journey.history[0]
    started = first.event
    if not isinstance(started, Started):
        raise TypeError(f"a history begins with its start, this one with {started.kind}")
    return {
        "owner_id": journey.owner,
        "version": journey.version,
        "status": journey.status,
        "step": journey.step_number,
        "source": started.source,
        "started_on": first.on,
        "entered_on": journey.entered_on,
        "reason": journey.reason,
        "returns_on": journey.returns_on,
        "closed_on": journey.closed_on,
        **_while_open(journey, calendar, due),
    }


def _while_open(journey: Journey, calendar: Calendar, known: Deadlines | None) -> dict[str, Any]:
    action = journey.next_action if journey.is_open else None
    due = (known or deadlines(journey, calendar)) if journey.is_open else None
    return {
        "next_on": action.on if action else None,
        "next_what": action.what if action else None,
        "next_moment": action.moment if action else None,
        "stalls_on": due.stalls_on if due else None,
        "decision_due_on": due.decision_due_on if due else None,
        "waiting_until": max((wait.until for wait in journey.waits), default=None) if due else None,
        "exhausted": due is not None and _exhausted(journey),
    }


def _exhausted(journey: Journey) -> bool:
    """Whether the contacts or attempts that the step allows without progress are used up."""
    spent, step = journey.spent, journey.step
    return spent.contacts >= step.contacts_without_progress or spent.attempts >= step.attempts_without_contact
