"""The way from what was named or clicked to the journey it is about."""

from __future__ import annotations

from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.views.ids import Ticket
from playbooks.history import replay
from playbooks.names import KnownProspect
from playbooks.ports import Tracked, UnitOfWork
from playbooks.refusal import Refusal, Refused


def journey_of(uow: UnitOfWork, prospect: KnownProspect) -> Tracked:
    """The open journey of a prospect, else its last one. Raises `Refused(NO_JOURNEY)`."""
    tracked = uow.journeys.latest(prospect.id)
    if tracked is None:
        raise Refused(Refusal.NO_JOURNEY)
    return tracked


def open_journey_of(desk: Desk, prospect: KnownProspect) -> Tracked:
    """The open journey of a prospect that was named. Raises `Refused` when there is none."""
    with desk.reading() as uow:
        return _open(journey_of(uow, prospect))


def drafted_journey(desk: Desk, draft: Draft) -> Tracked:
    """The open journey that a command, not clear yet, is about. Raises `Refused` when there is none."""
    if draft.prospect is None:
        raise ValueError("the grammar names the prospect of every draft but a menu's")
    return open_journey_of(desk, draft.prospect)


def journey_behind(desk: Desk, ticket: Ticket) -> Tracked:
    """The open journey behind a button.

    Raises `Refused(CHANGED_MEANWHILE)` when it is in another step than when the button was drawn: what the
    member saw is no longer so.
    """
    with desk.reading() as uow:
        tracked = uow.journeys.get(ticket.journey)
    journey = tracked.journey
    if journey.version != ticket.version:
        seen = replay(journey.playbook, journey.history[: ticket.version])
        if (seen.step_number, seen.status) != (journey.step_number, journey.status):
            raise Refused(Refusal.CHANGED_MEANWHILE, tracked=tracked)
    return _open(tracked)


def _open(tracked: Tracked) -> Tracked:
    if not tracked.journey.is_open:
        raise Refused(Refusal.CLOSED, status=tracked.journey.status)
    return tracked
