"""Messages about one journey: parts of their reader's daily message, or on their own when that has gone."""

from __future__ import annotations

from datetime import date, datetime

from playbooks.deadlines import limit_reached
from playbooks.deliveries import Kind, Owed
from playbooks.history import Journey
from playbooks.ledger import Alert, DueMember
from playbooks.ports import Tracked, UnitOfWork
from playbooks.rhythm import daily_slot


def section(alert: Alert, reader: DueMember, now: datetime, *, carrier: str | None = None) -> Owed:
    """What tells `reader` of it; `carrier` is the daily message that is planned along with it."""
    return Owed(
        key=alert.key,
        kind=alert.kind,
        recipient=reader.member.slack_id,
        due_at=now,
        member_id=reader.member.id,
        journey_id=alert.journey_id,
        step=alert.step_number,
        local_date=reader.calendar.today(now),
        run_on=alert.run_on,
        with_daily=carrier is not None or waits_for_daily(reader, now),
        carrier=carrier,
    )


def waits_for_daily(reader: DueMember, now: datetime) -> bool:
    """Whether a daily message is still to come for it: not when today's has gone and today is a working day.

    Somebody for whom none was planned yet, as after an import, gets one summary and not a heap.
    """
    if reader.next_daily_at is None or reader.next_daily_at <= now:
        return True
    return daily_slot(reader.rhythm, reader.calendar, now) is None


def tell_of_used_up_contacts(uow: UnitOfWork, before: Tracked, after: Tracked, now: datetime) -> None:
    """Plans the stall alert of a contact that was the last one its step allows, later than the day's message.

    Before that message nothing is to do: it finds the stall by itself.
    """
    journey = after.journey
    if limit_reached(before.journey) or not limit_reached(journey) or not journey.is_open:
        return
    owner = uow.agenda.member(journey.owner)
    today = owner.calendar.today(now)
    if journey.waits_on(today) or waits_for_daily(owner, now) or not owner.member.active:
        return
    alert = Alert(Kind.STALL, after.id, journey.step_number, journey.owner, _stalled_since(journey))
    uow.deliveries.plan([section(alert, owner, now)])


def _stalled_since(journey: Journey) -> date:
    """The day that tells this stall from an earlier one of the step: a wait that ended makes another."""
    return max((wait.until for wait in journey.waits), default=journey.entered_on)
