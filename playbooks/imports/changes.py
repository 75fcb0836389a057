"""Two forms of CRMs: a row a deal with a date column for each stage, and a row for each change of stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from playbooks.funnel.visits import Exit
from playbooks.imports.dates import Moment
from playbooks.imports.faults import BadRow, FileRefusedError
from playbooks.imports.mapping import EXITS, IGNORE, STAGE, Column
from playbooks.imports.rows import Row, Sheet
from playbooks.imports.table import folded
from playbooks.imports.visits import Told

_TELL_EVERY: Final = 2048
_CLOSINGS: Final[tuple[tuple[Column, Exit], ...]] = (("won_at", Exit.WON), ("lost_at", Exit.LOST))

_DATES: Final[tuple[Column, ...]] = ("created_at", "won_at", "lost_at")


class Change(NamedTuple):
    """A prospect came into a step, or left by an exit (then `step` is 0)."""

    at: Moment
    step: int
    exit: Exit
    line: int
    column: str
    value: str


class _Deal(NamedTuple):
    prospect: str
    rep: str
    source: str


def rows_of_deals(sheet: Sheet, told: Told) -> Iterator[Row]:
    """A row is a deal: each date column says when it came into a stage."""
    places = sheet.columns()
    stages = _stage_columns(sheet)
    dates = {name: places[name] for name in _DATES if name in places}
    sheet.dates_stand_in([*stages, *dates.values()])
    for count, (line, cells) in enumerate(sheet.table.records(sheet.bad)):
        if not count % _TELL_EVERY:
            told(count)
        faults = len(sheet.bad)
        deal = _deal(sheet, line, cells, places)
        changes = [
            change
            for place, target in stages.items()
            if (change := _change(sheet, line, sheet.table.header[place], cells[place], target)) is not None
        ]
        changes += _closings(sheet, line, cells, places)
        created = dates.get("created_at")
        if created is not None and not any(change.step for change in changes) and cells[created].strip():
            change = _change(sheet, line, sheet.table.header[created], cells[created], "step1")
            changes += [change] if change else []
        if len(sheet.bad) == faults and deal is not None:
            yield from _visits(sheet, deal, changes)


def rows_of_changes(sheet: Sheet, told: Told) -> Iterator[Row]:
    """A row is a change of stage; those of one prospect may stand anywhere in the file."""
    places = sheet.columns()
    stage, at = places["stage"], places["changed_at"]
    sheet.dates_stand_in([at, *(places[name] for name, _ in _CLOSINGS if name in places)])
    deals: dict[str, tuple[_Deal, list[Change]]] = {}
    targets = {folded(name): target for name, target in sheet.mapping.stages.items()}
    for count, (line, cells) in enumerate(sheet.table.records(sheet.bad)):
        if not count % _TELL_EVERY:
            told(count)
        faults = len(sheet.bad)
        deal = _deal(sheet, line, cells, places)
        target = targets.get(folded(cells[stage]))
        if target is None:
            right = f"the mapping {sheet.mapping.name} does not name this stage; right is one of: "
            sheet.bad.append(BadRow(line, "stage", cells[stage], right + ", ".join(sheet.mapping.stages)))
        change = _change(sheet, line, "changed_at", cells[at], target, needed=True) if target else None
        closings = _closings(sheet, line, cells, places)
        if len(sheet.bad) == faults and deal is not None:
            _, changes = deals.setdefault(deal.prospect, (deal, []))
            changes += [*([change] if change else []), *closings]
    for deal, changes in deals.values():
        yield from _visits(sheet, deal, changes)


def _stage_columns(sheet: Sheet) -> dict[int, str]:
    """The places of the date columns, each with what its stage means. Every such column must be known."""
    pattern = sheet.mapping.entered or STAGE
    before, _, after = (folded(part) for part in pattern.partition(STAGE))
    stages = {folded(name): target for name, target in sheet.mapping.stages.items()}
    found: dict[int, str] = {}
    for name, place in sheet.table.places.items():
        if not (name.startswith(before) and name.endswith(after)):
            continue
        stage = name.removeprefix(before).removesuffix(after).strip("_")
        # Behind the stage CRMs put the name of the pipeline: "Date entered Contract sent (Sales Pipeline)".
        known = max((each for each in stages if f"{stage}_".startswith(f"{each}_")), key=len, default=None)
        if known is not None:
            found[place] = stages[known]
        elif before:
            raise FileRefusedError(
                f"{sheet.table.file} has the column '{sheet.table.header[place]}', a stage that the mapping"
                f" {sheet.mapping.name} does not name: add it under stages, with its step, an exit or ignore."
            )
    if not any(target.startswith("step") for target in found.values()):
        raise FileRefusedError(
            f"{sheet.table.file} has no column like '{pattern}' for a stage of the mapping {sheet.mapping.name};"
            f" its header has: {', '.join(sheet.table.header[:12])}."
        )
    return {place: target for place, target in found.items() if target != IGNORE}


def _deal(sheet: Sheet, line: int, cells: Sequence[str], places: Mapping[Column, int]) -> _Deal | None:
    prospect = sheet.prospect(line, cells[places["prospect"]])
    rep = sheet.text(line, "rep", cells[places["rep"]]) if "rep" in places else ""
    source = sheet.text(line, "source", cells[places["source"]]) if "source" in places else ""
    return None if prospect is None else _Deal(prospect, rep or "", source or "")


def _change(
    sheet: Sheet, line: int, column: str, text: str, target: str, *, needed: bool = False
) -> Change | None:
    """None where no date stands, where the date is bad, and for a stage that does not count."""
    if target == IGNORE or not (text.strip() or needed):
        return None
    moment = sheet.moment(line, column, text)
    if moment is None:
        return None
    if target in EXITS:
        return Change(moment, 0, EXITS[target], line, column, text)
    step = sheet.step(line, target)
    return Change(moment, step, Exit.UNDECIDED, line, column, text) if step else None


def _closings(sheet: Sheet, line: int, cells: Sequence[str], places: Mapping[Column, int]) -> list[Change]:
    changes = []
    for column, exit_ in _CLOSINGS:
        if column in places and (text := cells[places[column]]).strip():
            changes.append(_change(sheet, line, column, text, exit_.name.lower()))
    return [change for change in changes if change is not None]


def _visits(sheet: Sheet, deal: _Deal, changes: Iterable[Change]) -> Iterator[Row]:
    """The visits between the changes. A prospect that closed in no step did so on its way into the first."""
    here: Change | None = None
    closed: Change | None = None
    for change in sorted(changes, key=_in_time):
        if change.exit is Exit.UNDECIDED:
            if here is not None and here.step != change.step:
                yield _visit(deal, here, change.at, Exit.ADVANCED)
            here = change if here is None or here.step != change.step else here
            closed = None
        elif closed is not None:
            # Told twice, as a stage and as a date of its own.
            if closed.exit is not change.exit:
                how, on = closed.exit.name.lower(), closed.at.on.isoformat()
                right = f"closed as {how} already on {on}; right is one of the two"
                sheet.bad.append(BadRow(change.line, change.column, change.value, right))
        else:
            yield _visit(deal, here or change._replace(step=1), change.at, change.exit)
            here, closed = None, change
    if here is not None:
        yield _visit(deal, here, None, Exit.UNDECIDED)


def _in_time(change: Change) -> tuple[datetime, bool, int]:
    """At one instant the steps in their order, then the exit."""
    return change.at.at, change.step == 0, change.step


def _visit(deal: _Deal, entered: Change, left: Moment | None, exit_: Exit) -> Row:
    return Row(
        line=entered.line,
        prospect=deal.prospect,
        step=entered.step,
        entered=entered.at.at,
        entered_on=entered.at.on,
        left=left.at if left else None,
        left_on=left.on if left else None,
        exit=exit_,
        rep=deal.rep,
        source=deal.source,
    )
