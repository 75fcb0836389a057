"""A file of history, read whole: its journeys, and everything that is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from playbooks.imports.changes import rows_of_changes, rows_of_deals
from playbooks.imports.faults import BadRow, FileRefusedError
from playbooks.imports.mapping import LONG_FORM, RowPer
from playbooks.imports.mapping import Mapping as ColumnMapping
from playbooks.imports.rows import Row, Sheet
from playbooks.imports.runs import Run, runs_of
from playbooks.imports.table import Table
from playbooks.imports.visits import Told, rows_of_visits
from playbooks.model import Playbook
from playbooks.names import name_key

_READERS: Final[Mapping[RowPer, Callable[[Sheet, Told], Iterator[Row]]]] = {
    RowPer.VISIT: rows_of_visits,
    RowPer.DEAL: rows_of_deals,
    RowPer.CHANGE: rows_of_changes,
}
_COLUMNS_SHOWN: Final = 12


@dataclass(slots=True)
class History:
    """What a file says. `runs` are the journeys without a fault, in the order of their beginnings.

    `bad` are all bad rows by line, `left_out` the keys of the prospects that they belong to, `visits` counts the
    rows that could be read, `notes` are sentences about how the file was understood.
    """

    table: Table
    prospect_column: int
    visits: int
    runs: list[Run] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def leave_out(self, bad: Iterable[BadRow], keys: Iterable[str] = ()) -> None:
        """Adds rows that contradict what is known elsewhere, and the keys of their prospects."""
        self.bad = sorted([*self.bad, *bad], key=lambda row: row.line)
        self.left_out.update(keys)

    def bad_csv(self) -> str:
        """The rows of the prospects that were left out, as CSV with what is wrong behind each bad one."""
        wrong: dict[int, str] = {}
        for bad in self.bad:
            sentence = f"{bad.column}: {bad.right}"
            wrong[bad.line] = f"{wrong[bad.line]}; {sentence}" if bad.line in wrong else sentence
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.table.delimiter, lineterminator="\n")
        writer.writerow([*self.table.header, "line", "wrong"])
        for line, cells in self.table.all_records():
            if line in wrong or name_key(_name(cells, self.prospect_column)) in self.left_out:
                writer.writerow([*cells, line, wrong.get(line, "")])
        return text.getvalue()


def read_history(
    data: bytes,
    file: str,
    *,
    playbook: Playbook,
    zone: str,
    now: datetime,
    mapping: ColumnMapping = LONG_FORM,
    encoding: str | None = None,
    told: Told = lambda _: None,
) -> History:
    """Reads all of it. `zone` is the workspace's (IANA), `now` aware; `told` hears how many rows were read.

    Raises `FileRefusedError` when there is nothing to go on with: no text, no header, too large.
    """
    table = Table.of(data, file, encoding)
    sheet = Sheet(table, mapping, playbook, zone, now)
    column = sheet.columns()["prospect"]
    rows = list(_READERS[mapping.one_row_per](sheet, told))
    if not rows and not sheet.bad:
        raise FileRefusedError(f"{file} has a header and no rows; right is a row for each visit.")
    found = runs_of(rows, playbook.last, _spoiled(sheet, column))
    # Those of one prospect are in their order already, and stay so: hours may contradict dates within a day.
    found.runs.sort(key=lambda run: run.stays[0].entered_on)
    return History(
        table=table,
        prospect_column=column,
        visits=len(rows),
        runs=found.runs,
        bad=sorted([*sheet.bad, *found.bad], key=lambda bad: bad.line),
        left_out=found.left_out,
        notes=_notes(sheet, found.gaps),
    )


def _spoiled(sheet: Sheet, column: int) -> set[str]:
    """The keys of the prospects that have a row which could not be read."""
    lines = {bad.line for bad in sheet.bad}
    if not lines:
        return set()
    names = {_name(cells, column) for line, cells in sheet.table.all_records() if line in lines}
    return {name_key(name) for name in names if name}


def _name(cells: list[str], column: int) -> str:
    return " ".join(cells[column].split()) if column < len(cells) else ""


def _notes(sheet: Sheet, gaps: int) -> list[str]:
    notes = []
    if sheet.table.encoding == "cp1252":
        notes.append("The file was read as Windows-1252 (cp1252), for it is not UTF-8.")
    if sheet.dates.note:
        notes.append(sheet.dates.note)
    if gaps:
        visits = "1 visit begins" if gaps == 1 else f"{gaps:,} visits begin"
        notes.append(f"{visits} days after the step before was left: the day of leaving counts for both.")
    used = set(sheet.columns().values())
    unused = [name for place, name in enumerate(sheet.table.header) if place not in used and name]
    if sheet.mapping is LONG_FORM and unused:
        shown, rest = unused[:_COLUMNS_SHOWN], unused[_COLUMNS_SHOWN:]
        more = f" and {len(rest):,} more" if rest else ""
        notes.append(f"Columns that are not used: {', '.join(shown)}{more}.")
    return notes
