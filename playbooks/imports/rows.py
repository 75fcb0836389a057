"""The rows of a file, read and checked one by one: each a visit of a prospect to a step."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from playbooks.events import MOST_MINUTES
from playbooks.funnel.visits import Exit
from playbooks.imports.dates import DateError, Dates, Moment
from playbooks.imports.faults import BadRow, FileRefusedError
from playbooks.imports.mapping import EXCEL, EXITS, NEEDED, OPTIONAL, Column, Mapping
from playbooks.imports.table import Table, folded
from playbooks.model import Playbook, scripts_of, variant_id
from playbooks.prospect import LONGEST_NAME

MOST_CONTACTS: Final = 200
"""In one visit."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_CLOSE_ENOUGH: Final = 70


class Row(NamedTuple):
    """One visit as the file has it. `left` and `left_on` are None while `exit` is UNDECIDED."""

    line: int
    prospect: str
    step: int
    entered: datetime
    entered_on: date
    left: datetime | None
    left_on: date | None
    exit: Exit
    rep: str = ""
    source: str = ""
    variant: str = ""
    contacts: int | None = None
    minutes: int | None = None


@dataclass(slots=True)
class Sheet:
    """A table with what its cells may say, and the list of those that say something else.

    `now` is the present: nothing that an import brings lies after it.
    """

    table: Table
    mapping: Mapping
    playbook: Playbook
    zone: str
    now: datetime
    bad: list[BadRow] = field(default_factory=list)
    dates: Dates = field(init=False)
    _steps: dict[str, int] = field(init=False, default_factory=dict)
    _exits: dict[str, Exit] = field(init=False, default_factory=dict)
    _texts: dict[tuple[Column, str], str] = field(init=False, default_factory=dict)
    _date_places: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.dates = Dates(self.zone, self._dates_written, self.mapping.order, serial=self.mapping.dates == EXCEL)

    def columns(self) -> dict[Column, int]:
        """Where the columns of ours stand in the file. Raises `FileRefusedError` when a needed one is missing."""
        form, there = self.mapping.one_row_per, self.table.places
        found: dict[Column, int] = {}
        for column in (*NEEDED[form], *OPTIONAL[form]):
            place = next((there[name] for name in self.mapping.names(column) if name in there), None)
            if place is not None:
                found[column] = place
        if missing := [column for column in NEEDED[form] if column not in found]:
            raise FileRefusedError(self._missing(missing))
        return found

    def dates_stand_in(self, places: Iterable[int]) -> None:
        """The columns that prove which number of a date is the day."""
        self._date_places = list(places)

    def step(self, line: int, text: str) -> int | None:
        """`step2`, `Step 2`, `2`, its name in the playbook, or a stage that the mapping knows."""
        known = self._steps.get(text)
        if known is None:
            known = self._steps[text] = self._step_said(text)
        if known:
            return known
        last = self.playbook.last
        right = f"the playbook {self.playbook.name} has " + (f"step1 to step{last}" if last > 1 else "step1 alone")
        self.bad.append(BadRow(line, "step", text, right))
        return None

    def exit(self, line: int, text: str) -> Exit | None:
        known = self._exits.get(text)
        if known is not None:
            return known
        word = folded(text)
        said = {folded(theirs): ours for theirs, ours in self.mapping.exits.items()}
        word = said.get(word, word)
        if word and word not in EXITS:
            near = process.extractOne(word, list(EXITS), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
            meant = f" (did you mean {near[0]}?)" if near else ""
            right = f"right is {', '.join(EXITS)}, or nothing while it is undecided{meant}"
            self.bad.append(BadRow(line, "exit", text, right))
            return None
        exit_ = self._exits[text] = EXITS[word] if word else Exit.UNDECIDED
        return exit_

    def moment(self, line: int, column: str, text: str) -> Moment | None:
        """The moment, which may not lie in the future."""
        try:
            moment = self.dates.read(text)
        except DateError as error:
            self.bad.append(BadRow(line, column, text, str(error)))
            return None
        if moment.at > self.now:
            right = f"lies after today ({self.now.date().isoformat()}); an import brings what has happened"
            self.bad.append(BadRow(line, column, text, right))
            return None
        return moment

    def text(self, line: int, column: Column, written: str) -> str | None:
        """A name that fits and can be seen, blanks joined; empty where nothing stands."""
        known = self._texts.get((column, written))
        if known is not None:
            return known
        text = " ".join(written.split())
        if len(text) > LONGEST_NAME:
            right = f"has {len(text)} characters; at most {LONGEST_NAME} fit"
            self.bad.append(BadRow(line, column, text, right))
            return None
        self._texts[column, written] = text
        return text

    def prospect(self, line: int, written: str) -> str | None:
        name = self.name(written)
        if name is not None:
            return name
        text = " ".join(written.split())
        if len(text) > LONGEST_NAME:
            right = f"has {len(text)} characters; at most {LONGEST_NAME} fit"
        else:
            right = "a prospect needs a name that can be seen"
        self.bad.append(BadRow(line, "prospect", text, right))
        return None

    @staticmethod
    def name(written: str) -> str | None:
        """The name without blanks around it; None when it cannot be one."""
        name = written.strip()
        if not name.isprintable() or "  " in name:
            name = " ".join(written.split())
        if not name or len(name) > LONGEST_NAME or all(unicodedata.category(sign) in _UNSEEN for sign in name):
            return None
        return name

    def count(self, line: int, column: str, text: str, most: int) -> int | None:
        """A whole number from 0; None where nothing stands or what stands is bad."""
        text = text.strip()
        if not text:
            return None
        if not text.isdecimal() or not text.isascii() or len(text) > 6 or int(text) > most:  # noqa: PLR2004 - digits
            self.bad.append(BadRow(line, column, text, f"right is a whole number from 0 to {most}, or nothing"))
            return None
        return int(text)

    def _step_said(self, text: str) -> int:
        """0 for what is no step."""
        word = folded(text)
        stages = {folded(theirs): ours for theirs, ours in self.mapping.stages.items()}
        names = {folded(step.name): step.key for step in self.playbook.steps}
        word = stages.get(word) or names.get(word) or word
        number = word.removeprefix("step").strip("_").lstrip("0")
        if not number.isdecimal() or not number.isascii() or len(number) > 2:  # noqa: PLR2004 - digits
            return 0
        return int(number) if int(number) <= self.playbook.last else 0

    def _dates_written(self) -> Iterator[str]:
        for _, cells in self.table.records([]):
            for place in self._date_places:
                yield cells[place]

    def _missing(self, missing: list[Column]) -> str:
        names = [" or ".join(self.mapping.columns.get(column, (column,))[:3]) for column in missing]
        plural = "the columns" if len(names) > 1 else "the column"
        header = ", ".join(self.table.header[:12])
        return (
            f"{self.table.file} lacks {plural} {', '.join(names)}; its header has: {header}."
            " The form is prospect,step,entered_at,left_at,exit,rep,source; another one needs a mapping (--map)."
        )


def variants_of(playbook: Playbook) -> Callable[[int, str], str | None]:
    """What a variant in a file means in a step: the id of these words; None when there are none like it.

    A letter is that of the step's first moment which has it; an id from an export stands for words of an
    earlier version as well.
    """
    letters: dict[tuple[int, str], str] = {}
    for step, moment, script in scripts_of(playbook):
        number = int(step.key.removeprefix("step"))
        letters.setdefault((number, script.variant), variant_id(step, moment, script))

    def known(step: int, text: str) -> str | None:
        beginning, mark, words = text.partition("@")
        if mark and beginning.count("/") == 2 and words.isalnum() and len(text) <= LONGEST_NAME:  # noqa: PLR2004 - parts
            return text
        return letters.get((step, text.upper()))

    return known


def most_minutes(contacts: int | None) -> int:
    """What the contacts of a visit can have taken together."""
    return MOST_MINUTES * max(contacts or 1, 1)
