"""Rows -> journeys: those of one prospect in their order, held against the rules that hold for everyone.

A step that was skipped becomes a visit of no length, marked as inferred; going back is no journey. Which order
the rows have in the file makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Final, NamedTuple

from playbooks.funnel.visits import RETURNED, Exit
from playbooks.imports.faults import BadRow
from playbooks.imports.rows import Row
from playbooks.names import name_key, same_company

_CLOSING: Final = frozenset({Exit.WON, Exit.LOST, Exit.NO_DECISION, Exit.NOT_NOW})


class Stay(NamedTuple):
    """One visit of a journey; `left` and `left_on` are None while `exit` is UNDECIDED."""

    step: int
    entered: datetime
    entered_on: date
    exit: Exit
    left: datetime | None
    left_on: date | None
    rep: str
    variant: str = ""
    contacts: int | None = None
    minutes: int | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One journey: visits to the steps from the first on, without a gap, and where it stood in the file.

    `source` is that of the journey (`returned:fair`), `key` the form in which the prospect's name is compared.
    """

    prospect: str
    key: str
    line: int
    source: str | None
    returned: bool
    stays: tuple[Stay, ...]

    @property
    def began(self) -> datetime:
        return self.stays[0].entered

    @property
    def exit(self) -> Exit:
        return self.stays[-1].exit


@dataclass(slots=True)
class Runs:
    """The journeys of a file, and what it takes to tell people of them.

    `bad` are rows that contradict others of their prospect; `left_out` the keys of prospects with a bad row.
    `gaps` counts visits that began some days after the one before was left: the day of leaving counts for both.
    """

    runs: list[Run] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    gaps: int = 0


def runs_of(rows: Iterable[Row], last_step: int, spoiled: AbstractSet[str] = frozenset()) -> Runs:
    """The journeys that these rows make in a playbook of `last_step` steps.

    `spoiled` are the keys of prospects of which a row could not be read: nothing is said of their other rows.
    """
    found = Runs(left_out=set(spoiled))
    for prospect, key, own in _by_prospect(rows):
        if key in spoiled:
            continue
        gathered = _gathered(prospect, key, last_step, own)
        if gathered.bad:
            found.left_out.add(key)
            found.bad += gathered.bad
        else:
            found.runs += gathered.begun
            found.gaps += gathered.gaps
    return found


def _gathered(prospect: str, key: str, last_step: int, rows: list[Row]) -> _Gathering:
    """By their instants; where those contradict each other within a day, by their days and steps.

    A date alone is its midnight, and may seem to come before what happened that day.
    """
    rows.sort(key=_IN_TIME)
    gathered = _Gathering(prospect, key, last_step)
    gathered.follow(rows)
    if gathered.bad:
        by_day = _Gathering(prospect, key, last_step)
        by_day.follow(sorted(rows, key=_BY_DAY))
        return gathered if by_day.bad else by_day
    return gathered


_IN_TIME = itemgetter(3, 2, 0)
"""Entered, step, line."""
_BY_DAY = itemgetter(4, 2, 0)
"""Local day of entry, step, line."""


def _by_prospect(rows: Iterable[Row]) -> Iterator[tuple[str, str, list[Row]]]:
    """The rows of each company under the first of its names; `Acme BV` and `ACME B.V.` are one."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        own = by_name.get(row.prospect)
        if own is None:
            by_name[row.prospect] = [row]
        else:
            own.append(row)
    by_key: dict[str, list[str]] = {}
    for name in by_name:
        by_key.setdefault(name_key(name), []).append(name)
    for key, names in by_key.items():
        if len(names) == 1:
            yield names[0], key, by_name[names[0]]
            continue
        for group in _companies(sorted(names, key=lambda name: by_name[name][0].line)):
            yield group[0], key, [row for name in group for row in by_name[name]]


def _companies(names: Sequence[str]) -> list[list[str]]:
    """Names with one key, parted where their legal forms differ."""
    groups: list[list[str]] = []
    for name in names:
        own = next((group for group in groups if same_company(group[0], name)), None)
        if own is None:
            groups.append([name])
        else:
            own.append(name)
    return groups


@dataclass(slots=True)
class _Gathering:
    """Follows one prospect through its rows, in time."""

    prospect: str
    key: str
    last_step: int
    bad: list[BadRow] = field(default_factory=list)
    gaps: int = 0
    stays: list[Stay] = field(default_factory=list)
    begun: list[Run] = field(default_factory=list)
    first: Row | None = None
    before: Row | None = None

    def follow(self, rows: Sequence[Row]) -> None:
        """Makes `begun`, the journeys; what contradicts is in `bad`."""
        for row in rows:
            if self.before is None or self.before.exit in _CLOSING:
                self._begin(row)
            elif not self._go_on(row):
                continue
            self._stay(row)
            self.before = row
        self._end()

    def _begin(self, row: Row) -> None:
        """A new journey, after a closed one or as the first; the steps before its own are inferred."""
        if self.before is not None:
            self._check_after(row, self.before)
            self._end()
        self.first = row
        self.stays = [_passed(step, row.entered, row.entered_on, row.rep) for step in range(1, row.step)]

    def _go_on(self, row: Row) -> bool:
        """Whether the row can follow the one before it, in the same journey."""
        before, first = self.before, self.first
        if before is None or first is None:
            return False
        faults = len(self.bad)
        if row[1:] == before[1:]:
            self._bad(row, "row", self.prospect, f"is the same as line {before.line}; right is one of them")
        elif before.exit is Exit.UNDECIDED:
            right = f"line {before.line} has them in step{before.step} without an exit: give that visit its exit"
            self._bad(row, "prospect", row.prospect, right)
        elif row.step == before.step:
            right = f"line {before.line} is a visit to step{row.step} already; a journey passes each step once"
            self._bad(row, "step", f"step{row.step}", right)
        elif row.step < before.step:
            right = (
                f"comes after step{before.step} (line {before.line}); a journey never goes back:"
                " keep the furthest step, or close that visit and begin anew"
            )
            self._bad(row, "step", f"step{row.step}", right)
        else:
            self._check_after(row, before)
            if row.source and row.source != first.source:
                right = (
                    f"line {first.line} has {first.source or 'no source'}; a journey has the source it began with"
                )
                self._bad(row, "source", row.source, right)
        return len(self.bad) == faults

    def _check_after(self, row: Row, before: Row) -> None:
        """Days count: on the day of leaving the next visit may begin at any hour."""
        if before.left_on is not None and row.entered_on < before.left_on:
            until = before.left_on.isoformat()
            right = f"lies before line {before.line} was left ({until}); right is that day or later"
            self._bad(row, "entered_at", row.entered_on.isoformat(), right)
        elif before.left_on is not None and before.exit is Exit.ADVANCED and row.entered_on > before.left_on:
            self.gaps += 1

    def _stay(self, row: Row) -> None:
        entered, entered_on = row.entered, row.entered_on
        if (
            self.before is not None
            and self.before.exit is Exit.ADVANCED
            and self.before.left
            and self.before.left_on
        ):
            # Leaving a step and entering the next is one event: that of leaving.
            entered, entered_on = self.before.left, self.before.left_on
            between = range(self.before.step + 1, row.step)
            self.stays += [_passed(step, entered, entered_on, row.rep) for step in between]
        left = max(row.left, entered) if row.left else None
        won_early = row.exit is Exit.WON and row.step < self.last_step
        exit_ = Exit.ADVANCED if won_early else row.exit
        self.stays.append(
            Stay(
                row.step,
                entered,
                entered_on,
                exit_,
                left,
                row.left_on,
                row.rep,
                row.variant,
                row.contacts,
                row.minutes,
            )
        )
        if won_early and left and row.left_on:
            passed = [
                _passed(step, left, row.left_on, row.rep) for step in range(row.step + 1, self.last_step + 1)
            ]
            self.stays += [*passed[:-1], passed[-1]._replace(exit=Exit.WON)]

    def _end(self) -> None:
        """Closes the journey that was followed so far."""
        first, last = self.first, self.before
        if first is None or last is None:
            return
        if last.exit is Exit.ADVANCED and last.left and last.left_on:
            if last.step == self.last_step:
                right = f"step{last.step} is the playbook's last; right is won"
                self._bad(last, "exit", "advanced", right)
            else:
                self.stays.append(
                    Stay(last.step + 1, last.left, last.left_on, Exit.UNDECIDED, None, None, last.rep)
                )
        returned = bool(self.begun) and self.begun[-1].exit is Exit.NOT_NOW
        source = first.source
        if returned and not source.startswith(RETURNED):
            source = RETURNED + source
        self.begun.append(
            Run(
                self.prospect,
                self.key,
                first.line,
                source or None,
                returned or source.startswith(RETURNED),
                tuple(self.stays),
            )
        )

    def _bad(self, row: Row, column: str, value: str, right: str) -> None:
        self.bad.append(BadRow(row.line, column, value, right))


def _passed(step: int, at: datetime, on: date, rep: str) -> Stay:
    """A visit of no length to a step that the file skips."""
    return Stay(step, at, on, Exit.ADVANCED, at, on, rep, inferred=True)
