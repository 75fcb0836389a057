"""The long form: a row is a visit of a prospect to a step, with its exit if it has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from operator import itemgetter
from typing import Final

from playbooks.funnel.visits import Exit
from playbooks.imports.faults import BadRow
from playbooks.imports.mapping import EXITS
from playbooks.imports.rows import MOST_CONTACTS, Row, Sheet, most_minutes, variants_of

_COLUMNS: Final = ("prospect", "step", "entered_at", "left_at", "exit", "rep", "source")
_OF_CONTACTS: Final = ("variant", "contacts", "minutes")

Told = Callable[[int], None]
"""Hears how many rows were read so far."""
_TELL_EVERY: Final = 2048


def rows_of_visits(sheet: Sheet, told: Told) -> Iterator[Row]:
    """Every row that can stand; the others are in `sheet.bad`."""
    places = sheet.columns()
    sheet.dates_stand_in([places["entered_at"], places["left_at"]])
    # A column that the file lacks is read from one past its end, where an empty cell is put.
    beyond = len(sheet.table.header)
    cells_of = itemgetter(*(places.get(column, beyond) for column in _COLUMNS))
    of_contacts = [places.get(column, beyond) for column in _OF_CONTACTS]
    has_contacts = any(place < beyond for place in of_contacts)
    variant_known = variants_of(sheet.playbook)
    for count, (line, cells) in enumerate(sheet.table.records(sheet.bad)):
        if not count % _TELL_EVERY:
            told(count)
        cells.append("")
        prospect, step_said, entered_said, left_said, exit_said, rep, source = cells_of(cells)
        faults = len(sheet.bad)
        name = sheet.prospect(line, prospect)
        step = sheet.step(line, step_said)
        entered = sheet.moment(line, "entered_at", entered_said)
        exit_ = sheet.exit(line, exit_said)
        left = sheet.moment(line, "left_at", left_said) if left_said and not left_said.isspace() else None
        rep_name, source_name = sheet.text(line, "rep", rep), sheet.text(line, "source", source)
        if len(sheet.bad) > faults or name is None or step is None or entered is None or exit_ is None:
            continue
        if (left is None) != (exit_ is Exit.UNDECIDED):
            sheet.bad.append(_half_an_exit(line, exit_said, left_said, left is None))
            continue
        left_at: datetime | None = None
        left_on: date | None = None
        if left is not None:
            left_at, left_on = left
            if left_on < entered.on:
                right = f"lies before entered_at ({entered_said}); right is that day or a later one"
                sheet.bad.append(BadRow(line, "left_at", left_said, right))
                continue
            # Days count, not hours: a date alone is its midnight, and may seem to lie before an entry of that day.
            left_at = max(left_at, entered.at)
        row = Row(
            line, name, step, entered.at, entered.on, left_at, left_on, exit_, rep_name or "", source_name or ""
        )
        if not has_contacts:
            yield row
        elif (
            full := _with_contacts(sheet, row, [cells[place] for place in of_contacts], variant_known)
        ) is not None:
            yield full


def _half_an_exit(line: int, exit_said: str, left_said: str, no_date: bool) -> BadRow:
    if no_date:
        return BadRow(
            line, "left_at", "", f"the exit {exit_said.strip()} needs the date on which it left the step"
        )
    right = f"left_at is {left_said.strip()}, so say how it left: {', '.join(EXITS)}; or leave both empty"
    return BadRow(line, "exit", exit_said, right)


def _with_contacts(
    sheet: Sheet, row: Row, said: list[str], variant_known: Callable[[int, str], str | None]
) -> Row | None:
    """The row with its variant, contacts and minutes; None when one of them is bad."""
    faults = len(sheet.bad)
    variant_said, contacts_said, minutes_said = said
    contacts = sheet.count(row.line, "contacts", contacts_said, MOST_CONTACTS)
    minutes = sheet.count(row.line, "minutes", minutes_said, most_minutes(contacts))
    variant = variant_said.strip()
    if variant and (known := variant_known(row.step, variant)) is None:
        right = f"step{row.step} has no script of that variant; right is a letter of the playbook, or nothing"
        sheet.bad.append(BadRow(row.line, "variant", variant, right))
    elif variant:
        variant = known or ""
    if contacts == 0 and (variant or minutes):
        right = "a variant or minutes were noted, so there was a contact; right is 1 or more, or nothing"
        sheet.bad.append(BadRow(row.line, "contacts", contacts_said, right))
    if len(sheet.bad) > faults:
        return None
    if contacts is None and (variant or minutes is not None):
        contacts = 1
    return row._replace(variant=variant, contacts=contacts, minutes=minutes)
