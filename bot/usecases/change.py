"""What every change to a journey shares: who, when, for which request, once, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.usecases.sections import keep_owed, tell_of_used_up_contacts
from playbooks.calendar import Calendar
from playbooks.events import Event
from playbooks.history import Journey, record
from playbooks.ports import AlreadyHandled, Tracked, UnitOfWork
from playbooks.refusal import Refusal, Refused
from playbooks.team import Member


@dataclass(frozen=True, slots=True)
class Act:
    """A member doing something at an instant (aware UTC); `request` is Slack's id of the asking."""

    member: Member
    at: datetime
    request: str

    @property
    def today(self) -> date:
        """The date where the member is."""
        return Calendar(self.member.zone).today(self.at)


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that was made: the journey before and after it."""

    before: Tracked | None
    after: Tracked


@dataclass(frozen=True, slots=True)
class Target:
    """Which journey is meant, and what the member saw of it; both None when they typed a command.

    A command names a `prospect`: its open journey is meant, else its last one. `version` is that of a button
    that acts at once; `step` the one a dialog was about, where a contact that was logged meanwhile does no
    harm.
    """

    journey: int | None = None
    version: int | None = None
    step: int | None = None
    prospect: int | None = None

    def fits(self, journey: Journey) -> bool:
        """Whether the journey is still as the member saw it."""
        if self.version is not None and self.version != journey.version:
            return False
        return self.step is None or (journey.is_open and self.step == journey.step_number)


def once(uow: UnitOfWork, act: Act) -> None:
    """Raises `AlreadyHandled` when this request did its work before."""
    if handled := uow.inbox.seen(act.request):
        raise AlreadyHandled(handled)


def taken_up(uow: UnitOfWork, act: Act, target: Target) -> Tracked:
    """The journey to change, as it is now.

    Raises `AlreadyHandled` for a request seen before, `Refused(CHANGED_MEANWHILE)` when the journey is not
    the one the member saw, `Refused(NO_JOURNEY)` for a prospect without any.
    """
    tracked = _found(uow, act, target)
    if not target.fits(tracked.journey):
        raise Refused(Refusal.CHANGED_MEANWHILE, tracked=tracked)
    return tracked


def _found(uow: UnitOfWork, act: Act, target: Target) -> Tracked:
    if target.journey is not None:
        return uow.journeys.get(target.journey, request=act.request)
    if target.prospect is None:
        raise ValueError("a target is a journey or a prospect")
    tracked = uow.journeys.latest(target.prospect, request=act.request)
    if tracked is None:
        once(uow, act)
        raise Refused(Refusal.NO_JOURNEY)
    return tracked


def keep(uow: UnitOfWork, act: Act, tracked: Tracked, events: Sequence[Event]) -> Changed:
    """Records the events of one act and commits. No events: nothing is written, and nothing was changed."""
    if not events:
        return Changed(before=tracked, after=tracked)
    on = Calendar(uow.workspace.zone).today(act.at)
    journey = record(tracked.journey, events, at=act.at, on=on, by=act.member.id)
    after = uow.journeys.save(tracked, journey, uow.members.calendar(journey.owner))
    keep_owed(uow, tracked, after, act.at)
    tell_of_used_up_contacts(uow, tracked, after, act.at)
    uow.inbox.keep(act.request, at=act.at, journey_id=after.id, change=journey.history[-1].change)
    uow.commit()
    return Changed(before=tracked, after=after)
