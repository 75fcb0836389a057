"""Imported history through the same gate: a run of visits -> the entries of one journey.

Every entry occurred and became known when the file says it did, and is marked as imported; its evidence stays
empty, for nobody ticked it off. The rules of a journey hold (a step at a time, one start, one end): `runs.py` has
held the rows against them, the database does so once more. Only an open prospect gets something of today: its
next action, a review.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import count
from typing import Final, NamedTuple, Protocol

from playbooks.calendar import Calendar
from playbooks.defaults import OTHER
from playbooks.events import (
    Advanced,
    Assigned,
    Contacted,
    Entry,
    Event,
    Lost,
    NextAction,
    NextActionSet,
    NoDecision,
    NotNow,
    Started,
    Won,
)
from playbooks.funnel.visits import Exit, Visit
from playbooks.history import Journey
from playbooks.imports.runs import Run, Stay
from playbooks.model import Counts, Playbook

Told = tuple[tuple[str, int | None, datetime], ...]
"""What an import told of a journey: kind, step entered and instant of each event.

Without what we do next and who does it: those may change, and were not the file's to say.
"""


class Span(NamedTuple):
    """From when to when a journey was, in local days; `last` None while it is open."""

    first: date
    last: date | None

    def overlaps(self, other: Span) -> bool:
        """Whether they share more than the day on which one ends and the other begins."""
        return self._begins_within(other) and other._begins_within(self)

    def _begins_within(self, other: Span) -> bool:
        return other.last is None or self.first < other.last


@dataclass(frozen=True, slots=True)
class NewProspect:
    """A company that an import brings; `key` is that of its name."""

    name: str
    key: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Beginning:
    """A journey that an import brings: its whole history, and the name of the record it comes from.

    `visits` are those that `visits_of` finds in the history: told once more, for to find them again costs more
    than all the rest of an import.
    """

    prospect_id: int
    history: tuple[Entry, ...]
    visits: tuple[Visit, ...]
    import_key: str


class Imports(Protocol):
    """Whole histories at once. Nothing is seen by others before the unit of work commits."""

    def take_time(self) -> None:
        """Lifts the limits that hold where somebody in Slack waits for an answer."""

    def spans(self, prospects: Sequence[int]) -> Mapping[int, Sequence[Span]]:
        """When the journeys of these prospects were; withdrawn ones are not among them."""

    def told(self, journeys: Sequence[int]) -> Mapping[int, Told]:
        """What earlier imports told of these journeys."""

    def journeys(self, playbook_key: str) -> Iterator[tuple[str, Journey]]:
        """Every journey through a version of this playbook, with the name of its prospect, by id."""

    def add_prospects(self, prospects: Sequence[NewProspect]) -> Sequence[int]:
        """Keeps them, and gives their ids in the same order."""

    def start_all(self, playbook_id: int, beginnings: Sequence[Beginning]) -> None:
        """Keeps new journeys with their events and all that is derived from these."""


REVIEW_WITHIN: Final = 10
"""Working days over which the reviews of imported open prospects are spread."""
IMPORTED: Final = "imported"
"""Stands where a person would have said why."""
_REVIEW: Final = {"nl": "Doornemen", "en": "Review"}
_BACK_AFTER: Final = timedelta(days=91)
"""A file does not say when *not now* comes back: a quarter later."""


def import_key(run: Run) -> str:
    """Names this journey of this prospect in its file: the same row imported twice has the same."""
    company = " ".join((run.key, *run.legal_forms))
    nth = f"#{run.nth}" if run.nth > 1 else ""
    return f"{company}@{run.began.isoformat()}{nth}"


def import_keys(run: Run) -> tuple[str, ...]:
    """Under what an earlier import may have brought it: its own name, or one without the legal form."""
    own = import_key(run)
    return (own, import_key(replace(run, legal_forms=()))) if run.legal_forms else (own,)


def told_of(history: Sequence[Entry]) -> Told:
    """What this history tells, as `Imports.told` gives it of one that was kept."""
    return tuple(
        (entry.event.kind, _step_entered(entry.event), entry.occurred_at)
        for entry in history
        if not isinstance(entry.event, NextActionSet | Assigned)
    )


def _step_entered(event: Event) -> int | None:
    if isinstance(event, Advanced):
        return event.step
    return 1 if isinstance(event, Started) else None


def reviews(owners: Sequence[int], calendar: Callable[[int], Calendar], today: date) -> list[date]:
    """The day of the review for each open prospect; `owners` are theirs, those to look at first first.

    Each owner's are spread evenly over their next working days.
    """
    places: list[int] = []
    counted: dict[int, int] = {}
    for owner in owners:
        places.append(counted.get(owner, 0))
        counted[owner] = places[-1] + 1
    days = {
        owner: [calendar(owner).add(today, number) for number in range(1, REVIEW_WITHIN + 1)] for owner in counted
    }
    return [
        days[owner][place * REVIEW_WITHIN // counted[owner]] for owner, place in zip(owners, places, strict=True)
    ]


class Teller:
    """Tells runs as histories. Events are values, and an import has few that differ: each is made once."""

    def __init__(self, playbook: Playbook, members: Mapping[str, int], *, at: datetime, today: date) -> None:
        """`members` gives the id of the member for each rep of the file; `at` and `today` are now."""
        self._members = members
        self._at, self._today = at, today
        self._review = _REVIEW[playbook.language]
        contact = next((known for known in playbook.outcomes if known.counts is Counts.CONTACT), None)
        self._outcome = (contact or playbook.outcomes[0]).key
        self._moments = {
            (number, moment.key) for number, step in enumerate(playbook.steps, start=1) for moment in step.moments
        }
        self._started = lru_cache(maxsize=None)(_started)
        self._entered = lru_cache(maxsize=None)(_entered)
        self._left = lru_cache(maxsize=None)(_left)
        self._assigned = lru_cache(maxsize=None)(_assigned)
        self._planned = lru_cache(maxsize=None)(_planned)
        self._contacted = lru_cache(maxsize=4096)(self._contact)

    def history(self, run: Run, review_on: date) -> tuple[Entry, ...]:
        """The entries of this run; `review_on` is when an open prospect is looked at, or *not now* is back."""
        numbers = count(1)
        entries: list[Entry] = []
        owner = 0

        def tell(event: Event, at: datetime, on: date) -> None:
            seq = next(numbers)
            entries.append(Entry(seq, seq, at, at, on, owner, event, True))

        for stay in run.stays:
            member = self._members[stay.rep]
            if not entries:
                owner = member
                tell(self._started(owner, run.source, run.returned, stay.inferred), stay.entered, stay.entered_on)
            else:
                tell(self._entered(stay.step, stay.inferred), stay.entered, stay.entered_on)
                if member != owner:
                    owner = member
                    tell(self._assigned(owner), stay.entered, stay.entered_on)
            for contact in self._contacts(stay):
                tell(contact, stay.entered, stay.entered_on)
        last = run.stays[-1]
        if last.left is None or last.left_on is None:
            tell(self._planned(self._review, review_on), self._at, self._today)
        else:
            returns_on = max(last.left_on + _BACK_AFTER, review_on) if last.exit is Exit.NOT_NOW else None
            tell(self._left(last.exit, returns_on), last.left, last.left_on)
        return tuple(entries)

    def visits(self, run: Run, steps: Sequence[int]) -> tuple[Visit, ...]:
        """The visits of this run's history, known on the day on which they happened.

        `steps` are the identities of the steps, from step 1 on.
        """
        members, source = self._members, run.source or ""
        return tuple(
            Visit(
                steps[stay.step - 1],
                stay.entered_on,
                stay.entered_on,
                members[stay.rep],
                source,
                stay.variant,
                stay.inferred,
                stay.exit,
                stay.left_on,
                stay.left_on,
            )
            for stay in run.stays
        )

    def _contacts(self, stay: Stay) -> Sequence[Contacted]:
        """The contacts of a visit at its entry, where a file has them; minutes shared among them."""
        if not stay.contacts:
            return ()
        if stay.minutes is None:
            minutes: list[int | None] = [None] * stay.contacts
        else:
            each, more = divmod(stay.minutes, stay.contacts)
            minutes = [each + (place < more) for place in range(stay.contacts)]
        return [self._contacted(stay.step, stay.variant, spent) for spent in minutes]

    def _contact(self, step: int, variant: str, minutes: int | None) -> Contacted:
        key = variant.split("/")[1] if variant else None
        return Contacted(
            outcome=self._outcome,
            counts=Counts.CONTACT,
            moment=key if (step, key) in self._moments else None,
            script=variant or None,
            minutes=minutes,
        )


def _started(owner: int, source: str | None, returned: bool, inferred: bool) -> Started:
    return Started(owner=owner, source=source, returned=returned, inferred=inferred)


def _entered(step: int, inferred: bool) -> Advanced:
    return Advanced(step=step, inferred=inferred)


def _assigned(owner: int) -> Assigned:
    return Assigned(owner=owner)


def _planned(what: str, on: date) -> NextActionSet:
    return NextActionSet(action=NextAction(on=on, what=what))


def _left(exit_: Exit, returns_on: date | None) -> Event:
    if exit_ is Exit.WON:
        return Won()
    if exit_ is Exit.LOST:
        return Lost(reason=OTHER, text=IMPORTED)
    if exit_ is Exit.NOT_NOW and returns_on is not None:
        return NotNow(returns_on=returns_on)
    return NoDecision()
