"""Rows -> journeys: those of one prospect in their order, held against the rules that hold for everyone.

A step that was skipped becomes a visit of no length, marked as inferred; going back is no journey. Which order
the rows have in the file makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

from playbooks.funnel.visits import RETURNED, Exit
from playbooks.imports.companies import Company, by_company
from playbooks.imports.faults import BadRow
from playbooks.imports.rows import Row

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

    `source` is that of the journey (`returned:fair`), `key` the form in which the prospect's name is compared,
    `legal_forms` what parts companies of one key. `nth` is 2 for the second journey that began at one instant:
    a date alone is a midnight, and a prospect can leave and be back on one day.
    """

    prospect: str
    key: str
    legal_forms: tuple[str, ...]
    nth: int
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
    for company, own in by_company(rows):
        key = company.key
        if key in spoiled:
            continue
        gathered = _gathered(company, last_step, own)
        if gathered.bad:
            found.left_out.add(key)
            found.bad += gathered.bad
        else:
            found.runs += gathered.begun
            found.gaps += gathered.gaps
    return found


def _gathered(company: Company, last_step: int, rows: list[Row]) -> _Gathering:
    """By their instants; where those contradict each other within a day, by their days and steps.

    A date alone is its midnight, and may seem to come before what happened that day.
    """
    rows.sort(key=_in_time)
    gathered = _Gathering(company, last_step)
    gathered.follow(rows)
    if gathered.bad:
        by_day = _Gathering(company, last_step)
        by_day.follow(sorted(rows, key=_by_day))
        return gathered if by_day.bad else by_day
    return gathered


def _in_time(row: Row) -> tuple[datetime, int, bool, datetime, bool, int]:
    """By entry and step; of two that agree in these, what was left first, and what closed a journey before all."""
    return (row.entered, row.step, row.left is None, row.left or row.entered, row.exit not in _CLOSING, row.line)


def _by_day(row: Row) -> tuple[date, int, bool, date, bool, int]:
    """The same by local days."""
    left_on = row.left_on or row.entered_on
    return (row.entered_on, row.step, row.left_on is None, left_on, row.exit not in _CLOSING, row.line)


@dataclass(slots=True)
class _Gathering:
    """Follows one prospect through its rows, in time."""

    company: Company
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
            if not self._is_doubled(row, self.before):
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
        if self._is_doubled(row, before):
            pass
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

    def _is_doubled(self, row: Row, before: Row) -> bool:
        """Whether the row says all that the one before it said; then it is bad."""
        if row[2:] != before[2:]:
            return False
        self._bad(row, "row", row.prospect, f"is the same as line {before.line}; right is one of them")
        return True

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
        began = self.stays[0].entered
        self.begun.append(
            Run(
                *self.company,
                1 + sum(run.began == began for run in self.begun),
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
