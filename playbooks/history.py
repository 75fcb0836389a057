"""A journey as its history makes it: the state, and how each event changes it.

`record` puts events into the history; `replay` makes a journey from one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Final

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
    imported: bool = False,
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
            imported=imported,
        )
        for place, event in enumerate(events)
    )
    history = (*journey.history, *entries)
    if any(isinstance(event, Undone) for event in events):
        return replay(journey.playbook, history)
    state = _State.of(journey)
    for entry in entries:
        state.apply(entry)
    return state.journey(journey.playbook, history)


def replay(playbook: Playbook, history: Sequence[Entry]) -> Journey:
    """The journey that this history makes."""
    state = _begun(history)
    for entry in in_force(history):
        state.apply(entry)
    return state.journey(playbook, tuple(history))


def _begun(history: Sequence[Entry]) -> _State:
    """What stays when everything is taken back: whose journey it was, and since when."""
    match history[0] if history else None:
        case Entry(event=Started(owner=owner), on=on):
            return _State(owner=owner, entered_on=on)
        case _:
            return _State()


@dataclass(slots=True)
class _State:
    """What a history has made so far, of all that a `Journey` shows.

    It changes in place: every request goes through whole histories, and a new journey for each event would
    cost more than anything else in it.
    """

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

    @classmethod
    def of(cls, journey: Journey) -> _State:
        return cls(*_SHOWN(journey))

    def journey(self, playbook: Playbook, history: tuple[Entry, ...]) -> Journey:
        return Journey(playbook, history, *_SHOWN(self))

    def apply(self, entry: Entry) -> None:  # noqa: C901, PLR0912 - a case each kind
        match entry.event:
            case Started(owner=owner):
                self.status, self.owner, self.entered_on = Status.OPEN, owner, entry.on
            case NextActionSet(action=action):
                self.next_action = action
            case Contacted() as contact:
                self.spent = _add(self.spent, contact)
            case EvidenceTicked(evidence=evidence):
                self.ticked = frozenset(evidence)
            case Advanced(step=step):
                self._enter(step, entry.on)
            case WaitAgreed(until=until):
                self.waits = (*_ended(self.waits, entry.on), Wait(entry.on, until))
            case DecisionForced(due_on=due_on):
                self.waits = _ended(self.waits, entry.on)
                self.decision_due_on, self.decision_forced_on = due_on, entry.on
            case Assigned(owner=owner):
                self.owner = owner
            case Won():
                self._close(Status.WON, entry.on)
            case Lost(reason=reason):
                self._close(Status.LOST, entry.on)
                self.reason = reason
            case NoDecision():
                self._close(Status.NO_DECISION, entry.on)
            case NotNow(returns_on=returns_on):
                self._close(Status.NOT_NOW, entry.on)
                self.returns_on = returns_on
            case Undone():
                pass

    def _enter(self, step: int, on: date) -> None:
        """A new step: its clock, its evidence, its waits and what is spent begin anew."""
        self.step_number, self.entered_on = step, on
        self.ticked, self.spent, self.waits = frozenset(), Spent(), ()
        self.decision_due_on = self.decision_forced_on = None

    def _close(self, status: Status, on: date) -> None:
        self.status, self.closed_on, self.next_action = status, on, None


_SHOWN: Final = attrgetter(*(shown.name for shown in fields(_State)))
"""All that a state and a journey have in common, in the order in which both take it."""


def _ended(waits: tuple[Wait, ...], on: date) -> tuple[Wait, ...]:
    """One date counts: whatever is agreed next ends a wait that still runs. It was agreed all the same."""
    return tuple(replace(wait, until=on) if wait.until > on else wait for wait in waits)


def _add(spent: Spent, contact: Contacted) -> Spent:
    is_contact = contact.counts is Counts.CONTACT
    return Spent(
        contacts=spent.contacts + is_contact,
        attempts=0 if is_contact else spent.attempts + 1,
        minutes=spent.minutes + (contact.minutes or 0),
        unlogged=spent.unlogged + (contact.minutes is None),
    )
