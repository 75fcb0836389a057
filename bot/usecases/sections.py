"""Messages about one journey: parts of their reader's daily message, or on their own when that has gone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from playbooks.deadlines import limit_reached
from playbooks.deliveries import FOLLOWED, SECTIONS, Kind, Owed
from playbooks.events import Undone
from playbooks.history import Journey
from playbooks.ledger import Alert, DueMember
from playbooks.ports import Tracked, UnitOfWork
from playbooks.rhythm import daily_slot

_TO_THE_OWNER: Final = SECTIONS - {Kind.ESCALATION}


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


def keep_owed(uow: UnitOfWork, before: Tracked, after: Tracked, now: datetime) -> None:
    """Lets what is owed about a journey follow its change: to who took it over, and back when it was undone."""
    former, owner = before.journey.owner, after.journey.owner
    if former != owner:
        uow.deliveries.pass_on(_TO_THE_OWNER, of=former, to=uow.members.get(owner), journey_id=after.id)
    if isinstance(after.journey.history[-1].event, Undone):
        uow.deliveries.take_up_again(after.id, after.journey.step_number)
        _follow_again(uow, after, now)


def _follow_again(uow: UnitOfWork, tracked: Tracked, now: datetime) -> None:
    """The question whose answer was taken back is open again. One whose end was announced never is.

    It must not close by an announcement that was already answered.
    """
    followed = [
        each for each in uow.deliveries.of_journey(tracked.id) if each.owed.kind in FOLLOWED and each.sent_at
    ]
    if followed and followed[-1].owed.kind is not Kind.CLOSING:
        uow.agenda.set_follow_at(followed[-1].id, now)


def _stalled_since(journey: Journey) -> date:
    """The day that tells this stall from an earlier one of the step: a wait that ended makes another."""
    return max((wait.until for wait in journey.waits), default=journey.entered_on)
