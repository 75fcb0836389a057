"""A visit: one prospect in one step, as it was known from one day on.

`visits_of` reads the visits out of a journey's history; `changes` says which cells of the histogram one change
of that history adds to and takes from. Both are pure, so that storage keeps the histogram up inside the
transaction that writes the events, and `verify` rebuilds it by the same functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from enum import IntEnum
from functools import reduce
from itertools import pairwise

from playbooks.events import Advanced, Assigned, Contacted, Entry, Lost, NoDecision, NotNow, Started, Undone, Won
from playbooks.history import in_force

RETURNED = "returned:"
"""Begins the source of a prospect that came back after a *not now*: it is no new intake."""

RELEVANT = (Started, Advanced, Won, Lost, NoDecision, NotNow, Assigned, Contacted, Undone)
"""The events that may change a visit; all others leave the histogram as it is."""


class Exit(IntEnum):
    """How a visit ended; the numbers are stored, so they never change."""

    UNDECIDED = 0
    ADVANCED = 1
    WON = 2
    LOST = 3
    NO_DECISION = 4
    NOT_NOW = 5


@dataclass(frozen=True, slots=True)
class Visit:
    """One prospect in one step, as it was known from the day `known` until the day `undone`.

    `step` is the identity of the step (a step whose decision and evidence did not change keeps it over the
    versions of a playbook). All dates are local days in the workspace's zone. `known` is the day on which the
    entry became known, `left_known` that of the exit: as of a day the exit is seen when `left_known` lies
    before it, and until then the visit is undecided. From the day after `undone` the visit is seen no more:
    another version took its place, or none. `rep`, `source` and `variant` are what it is sliced by.
    `inferred`: an import had to assume the visit.

    Raises `ValueError` when it leaves before it enters, or has an exit without a date.
    """

    step: int
    entered: date
    known: date
    rep: int = 0
    source: str = ""
    variant: str = ""
    inferred: bool = False
    exit: Exit = Exit.UNDECIDED
    left: date | None = None
    left_known: date | None = None
    undone: date | None = None

    def __post_init__(self) -> None:
        undecided = self.exit is Exit.UNDECIDED
        if undecided != (self.left is None) or undecided != (self.left_known is None):
            raise ValueError("a visit has an exit, the day of it and the day it was known, or none of the three")
        if self.left is not None and self.left < self.entered:
            raise ValueError(f"a visit entered on {self.entered} cannot have left on {self.left}")


def changes(before: Iterable[Visit], after: Iterable[Visit]) -> dict[Visit, int]:
    """What one change of a journey does to the histogram: how much to add to the cell of each visit.

    `before` and `after` are `visits_of` the history as it stood and as it stands. A cell is all fields of a
    visit; the values are +1 and -1 (cells that stay are left out). Because a histogram is the plain sum of its
    visits, adding the changes of every transaction gives exactly what counting everything anew gives. Storage:
    upsert `count = count + change` per cell within the transaction, and drop cells that reach zero.
    """
    change = Counter(after)
    change.subtract(Counter(before))
    return {visit: count for visit, count in change.items() if count}


def visits_of(
    history: Sequence[Entry], *, zone: tzinfo, identity: Callable[[int], int] = lambda number: number
) -> tuple[Visit, ...]:
    """The visits of one journey, each as often as what is known of it was taken back or corrected.

    `history` is the whole of it, undone entries included; `zone` gives the local day of each `known_at`;
    `identity` turns a step's number into its identity. The versions of one visit follow each other without
    overlap, so as of any day at most one of them is seen.

    The rep is who owned the prospect at its first touch in the step (until then: who owns it now), the variant
    is that of the first touch with a script: both are fixed before the outcome is, as `docs/adr/` says.
    """
    known = [(entry.known_at.astimezone(zone).date(), entry) for entry in history]
    pictures = _pictures(known)
    numbers = sorted({number for _, picture in pictures for number in picture})
    return tuple(
        replace(visit, step=identity(number))
        for number in numbers
        for visit in _versions([(day, picture.get(number)) for day, picture in pictures])
    )


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of one visit on one day."""

    step: int
    entered: date
    rep: int
    source: str
    variant: str = ""
    inferred: bool = False
    exit: Exit = Exit.UNDECIDED
    left: date | None = None
    touched: bool = False

    def left_by(self, how: Exit, on: date) -> _State:
        return replace(self, exit=how, left=on)

    def seen_from(self, day: date) -> Visit:
        return Visit(
            step=self.step,
            entered=self.entered,
            known=day,
            rep=self.rep,
            source=self.source,
            variant=self.variant,
            inferred=self.inferred,
            exit=self.exit,
            left=self.left,
            left_known=day if self.left else None,
        )

    def only_left(self, before: _State) -> bool:
        """Whether nothing but the exit became known since `before`."""
        entry = replace(self, exit=before.exit, left=before.left, touched=before.touched)
        return before.exit is Exit.UNDECIDED and self.exit is not Exit.UNDECIDED and entry == before


@dataclass(frozen=True, slots=True)
class _Standing:
    """The visits by step number as known so far, the step the prospect stands in, and who owns it."""

    visits: Mapping[int, _State] = field(default_factory=dict)
    here: int = 0
    owner: int = 0

    def after(self, entry: Entry) -> _Standing:
        """Once this entry is known as well."""
        event = entry.event
        if isinstance(event, Started):
            first = _State(1, entry.on, event.owner, _source(event), inferred=event.inferred)
            return _Standing({1: first}, 1, event.owner)
        if isinstance(event, Advanced):
            left = self.visits[self.here].left_by(Exit.ADVANCED, entry.on)
            entered = _State(event.step, entry.on, self.owner, left.source, inferred=event.inferred)
            return _Standing({**self.visits, self.here: left, event.step: entered}, event.step, self.owner)
        if isinstance(event, Contacted):
            return self._touched(event.script)
        if isinstance(event, Assigned):
            visit = self.visits[self.here]
            handed = self if visit.touched else self._with(replace(visit, rep=event.owner))
            return replace(handed, owner=event.owner)
        if (how := _EXITS.get(type(event))) is not None:
            return self._with(self.visits[self.here].left_by(how, entry.on))
        return self

    def _touched(self, script: str | None) -> _Standing:
        visit = self.visits[self.here]
        if visit.touched and (visit.variant or not script):
            return self
        return self._with(replace(visit, touched=True, variant=visit.variant or script or ""))

    def _with(self, visit: _State) -> _Standing:
        return replace(self, visits={**self.visits, self.here: visit})


_Pictures = list[tuple[date, Mapping[int, _State]]]


def _pictures(known: Sequence[tuple[date, Entry]]) -> _Pictures:
    """The visits as they stood at the end of each day on which something about them became known."""
    if any(earlier > later for (earlier, _), (later, _) in pairwise(known)):
        return _out_of_order(known)
    standing, before = _Standing(), list[tuple[int, _Standing]]()
    pictures: dict[date, Mapping[int, _State]] = {}
    for day, entry in known:
        if isinstance(entry.event, Undone):
            # The last entry in force is the one that is taken back: what stood before it stands again.
            if not before or before[-1][0] != entry.event.undoes:
                return _out_of_order(known)
            _, standing = before.pop()
        else:
            before.append((entry.seq, standing))
            standing = standing.after(entry)
        if isinstance(entry.event, RELEVANT):
            pictures[day] = standing.visits
    return list(pictures.items())


def _out_of_order(known: Sequence[tuple[date, Entry]]) -> _Pictures:
    """The same where a later entry was known earlier, each day for itself."""
    days = sorted({day for day, entry in known if isinstance(entry.event, RELEVANT)})
    return [
        (day, reduce(_Standing.after, in_force([entry for at, entry in known if at <= day]), _Standing()).visits)
        for day in days
    ]


_EXITS: dict[type, Exit] = {
    Won: Exit.WON,
    Lost: Exit.LOST,
    NoDecision: Exit.NO_DECISION,
    NotNow: Exit.NOT_NOW,
}


def _source(event: Started) -> str:
    source = event.source or ""
    return RETURNED + source if event.returned and not source.startswith(RETURNED) else source


def _versions(states: Sequence[tuple[date, _State | None]]) -> Iterator[Visit]:
    """One visit's states by the day they became known, as versions that follow each other."""
    visit: Visit | None = None
    before: _State | None = None
    for day, state in states:
        if visit is not None and before is not None and state is not None and state.only_left(before):
            visit = replace(visit, exit=state.exit, left=state.left, left_known=day)
        elif _shown(state) != _shown(before):
            if visit is not None:
                yield replace(visit, undone=day)
            visit = state.seen_from(day) if state else None
        before = state
    if visit is not None:
        yield visit


def _shown(state: _State | None) -> _State | None:
    return replace(state, touched=False) if state else None
