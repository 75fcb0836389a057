"""A journey as its history makes it: the state, and how each event changes it.

`record` puts events into the history; `replay` makes a journey from one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from playbooks.events import (
    Advanced,
    Assigned,
    Contacted,
    DecisionForced,
    Entry,
    Event,
    EvidenceTicked,
    Lost,
    NextAction,
    NextActionSet,
    NoDecision,
    NotNow,
    Started,
    Undone,
    WaitAgreed,
    Won,
)
from playbooks.model import Counts, Playbook, Step


class Status(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"
    NO_DECISION = "no_decision"
    NOT_NOW = "not_now"
    WITHDRAWN = "withdrawn"
    """Its start was undone: it never counted."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A stretch in which the prospect asked us to wait: from the day it was agreed until its date.

    `until` is earlier than the date that was named when another agreement took its place.
    """

    agreed_on: date
    until: date


@dataclass(frozen=True, slots=True)
class Spent:
    """What went into a prospect since its last progress; `attempts` are those since its last contact as well.

    `minutes` as logged; `unlogged` touches gave none.
    """

    contacts: int = 0
    attempts: int = 0
    minutes: int = 0
    unlogged: int = 0


@dataclass(frozen=True, slots=True)
class Journey:
    """One run of a prospect through one playbook version, as its history makes it.

    `playbook` is the version it started with, or a newer one with the same steps and newer words: what a
    history makes does not depend on the words. All dates are local days.
    """

    playbook: Playbook
    history: tuple[Entry, ...] = ()
    status: Status = Status.WITHDRAWN
    step_number: int = 1
    entered_on: date = date.min
    owner: int = 0
    next_action: NextAction | None = None
    ticked: frozenset[str] = frozenset()
    spent: Spent = field(default_factory=Spent)
    waits: tuple[Wait, ...] = ()
    decision_due_on: date | None = None
    reason: str | None = None
    returns_on: date | None = None
    closed_on: date | None = None
    decision_forced_on: date | None = None

    @property
    def version(self) -> int:
        """How much has happened: a button made at another version is out of date."""
        return len(self.history)

    @property
    def is_open(self) -> bool:
        return self.status is Status.OPEN

    @property
    def step(self) -> Step:
        return self.playbook.step(self.step_number)

    @property
    def next_step(self) -> Step | None:
        """The step after this one; None in the last, where the next thing is the customer."""
        return self.playbook.step(self.step_number + 1) if self.step_number < self.playbook.last else None

    def waits_on(self, day: date) -> Wait | None:
        """The wait that holds on this day, if any."""
        return next((wait for wait in self.waits if wait.agreed_on <= day < wait.until), None)


def in_force(history: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that were not taken back, without the takings-back themselves."""
    undone = {entry.event.undoes for entry in history if isinstance(entry.event, Undone)}
    return tuple(e for e in history if e.seq not in undone and not isinstance(e.event, Undone))


def record(
    journey: Journey,
    events: Sequence[Event],
    *,
    at: datetime,
    on: date,
    by: int | None,
    known_at: datetime | None = None,
) -> Journey:
    """The journey after one change: its events with instants, author and sequence numbers."""
    first = journey.version + 1
    entries = tuple(
        Entry(
            seq=first + place,
            change=first,
            occurred_at=at,
            known_at=known_at or at,
            on=on,
            by=by,
            event=event,
        )
        for place, event in enumerate(events)
    )
    history = (*journey.history, *entries)
    if any(isinstance(event, Undone) for event in events):
        return replay(journey.playbook, history)
    for entry in entries:
        journey = _apply(journey, entry)
    return replace(journey, history=history)


def replay(playbook: Playbook, history: Sequence[Entry]) -> Journey:
    """The journey that this history makes."""
    journey = _begun(playbook, history)
    for entry in in_force(history):
        journey = _apply(journey, entry)
    return replace(journey, history=tuple(history))


def _begun(playbook: Playbook, history: Sequence[Entry]) -> Journey:
    """What stays when everything is taken back: whose journey it was, and since when."""
    match history[0] if history else None:
        case Entry(event=Started(owner=owner), on=on):
            return Journey(playbook, owner=owner, entered_on=on)
        case _:
            return Journey(playbook)


def _apply(journey: Journey, entry: Entry) -> Journey:  # noqa: C901, PLR0911, PLR0912 - a case each kind
    match entry.event:
        case Started(owner=owner):
            return replace(journey, status=Status.OPEN, owner=owner, entered_on=entry.on)
        case NextActionSet(action=action):
            return replace(journey, next_action=action)
        case Contacted() as contact:
            return replace(journey, spent=_add(journey.spent, contact))
        case EvidenceTicked(evidence=evidence):
            return replace(journey, ticked=frozenset(evidence))
        case Advanced(step=step):
            return _enter(journey, step, entry.on)
        case WaitAgreed(until=until):
            return replace(journey, waits=(*_ended(journey.waits, entry.on), Wait(entry.on, until)))
        case DecisionForced(due_on=due_on):
            waits = _ended(journey.waits, entry.on)
            return replace(journey, decision_due_on=due_on, decision_forced_on=entry.on, waits=waits)
        case Assigned(owner=owner):
            return replace(journey, owner=owner)
        case Won():
            return _close(journey, Status.WON, entry.on)
        case Lost(reason=reason):
            return replace(_close(journey, Status.LOST, entry.on), reason=reason)
        case NoDecision():
            return _close(journey, Status.NO_DECISION, entry.on)
        case NotNow(returns_on=returns_on):
            return replace(_close(journey, Status.NOT_NOW, entry.on), returns_on=returns_on)
        case Undone():
            return journey


def _enter(journey: Journey, step: int, on: date) -> Journey:
    """A new step: its clock, its evidence, its waits and what is spent begin anew."""
    return replace(
        journey,
        step_number=step,
        entered_on=on,
        ticked=frozenset(),
        spent=Spent(),
        waits=(),
        decision_due_on=None,
        decision_forced_on=None,
    )


def _ended(waits: tuple[Wait, ...], on: date) -> tuple[Wait, ...]:
    """One date counts: whatever is agreed next ends a wait that still runs. It was agreed all the same."""
    return tuple(replace(wait, until=on) if wait.until > on else wait for wait in waits)


def _close(journey: Journey, status: Status, on: date) -> Journey:
    return replace(journey, status=status, closed_on=on, next_action=None)


def _add(spent: Spent, contact: Contacted) -> Spent:
    is_contact = contact.counts is Counts.CONTACT
    return Spent(
        contacts=spent.contacts + is_contact,
        attempts=0 if is_contact else spent.attempts + 1,
        minutes=spent.minutes + (contact.minutes or 0),
        unlogged=spent.unlogged + (contact.minutes is None),
    )
