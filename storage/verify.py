"""Rebuilds what is derived and compares it with what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine, Row, Select, func, select

from playbooks.funnel.histogram import NEVER
from playbooks.funnel.visits import Exit
from playbooks.history import Journey
from playbooks.names import name_key
from playbooks.ports import Tracked
from playbooks.team import Workspace
from storage.chain import mistakes
from storage.counting import KEY, Cell, cell_of, visits_in
from storage.memory import Memory
from storage.projection import projected
from storage.recount import AT_A_TIME, WORKSPACES, stored_cells
from storage.repositories.journeys import DERIVED
from storage.repositories.loading import ALL, load
from storage.repositories.members import Members
from storage.rows import JourneyRow, PlaybookRow, ProspectRow, VersionStepRow
from storage.scope import HERE, Scope

_STORED = ALL.add_columns(*(getattr(JourneyRow, name).label(f"stored_{name}") for name in sorted(DERIVED)))
_PROSPECTS = (
    select(ProspectRow.id, ProspectRow.name, ProspectRow.key)
    .where(ProspectRow.workspace_id == HERE)
    .order_by(ProspectRow.id)
)
_WITHOUT_IDENTITY = (
    select(PlaybookRow.id, PlaybookRow.steps, func.count(VersionStepRow.number).label("identified"))
    .outerjoin(VersionStepRow, VersionStepRow.playbook_id == PlaybookRow.id)
    .where(PlaybookRow.workspace_id == HERE)
    .group_by(PlaybookRow.id, PlaybookRow.steps)
    .having(func.count(VersionStepRow.number) != PlaybookRow.steps)
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the events say; `column` is empty when the events themselves are wrong."""

    workspace: str
    table: str
    id: int
    column: str
    stored: str
    derived: str

    def __str__(self) -> str:
        where = f"workspace {self.workspace}, {self.table} {self.id}"
        if not self.column:
            return f"{where}: {self.stored}"
        return f"{where}: {self.column} is {self.stored}, the events make it {self.derived}"


def verify(engine: Engine) -> list[Difference]:
    """Every difference between the rows and the events they come from; reads all, keeps little in memory.

    The deadlines depend on the owners' days off as well: they are compared as those make them today.
    """
    return list(_differences(engine))


def _differences(engine: Engine) -> Iterator[Difference]:
    memory = Memory()
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        for row in connection.execute(WORKSPACES).all():
            scope = Scope(lambda: connection, Workspace(*row), memory, writing=False)
            yield from _in_prospects(scope)
            yield from (nameless := list(_in_versions(scope)))
            yield from _in_journeys(scope, counting=not nameless)


def _in_prospects(scope: Scope) -> Iterator[Difference]:
    for prospect in _streamed(scope, _PROSPECTS):
        key = name_key(prospect.name)
        if prospect.key != key:
            yield Difference(scope.workspace.slack_id, "prospect", prospect.id, "key", prospect.key, key)


def _in_versions(scope: Scope) -> Iterator[Difference]:
    for row in scope.read(_WITHOUT_IDENTITY).all():
        column, stored, derived = "the number of steps with an identity", str(row.identified), str(row.steps)
        yield Difference(scope.workspace.slack_id, "playbook_version", row.id, column, stored, derived)


def _in_journeys(scope: Scope, *, counting: bool) -> Iterator[Difference]:
    """The visits are compared as well, unless the events of some journey cannot be right: who could count then?"""
    cells: Counter[Cell] | None = Counter() if counting else None
    for row in _streamed(scope, _STORED):
        tracked, wrong = _read(scope, row)
        for mistake in wrong:
            yield Difference(scope.workspace.slack_id, "journey", row.id, "", mistake, "")
        if tracked is None:
            cells = None
            continue
        for column, stored, derived in _of_journey(scope, row, tracked.journey):
            yield Difference(scope.workspace.slack_id, "journey", row.id, column, stored, derived)
        if cells is not None:
            visits = visits_in(scope, tracked.playbook_id, tracked.journey.history)
            cells.update(cell_of(visit) for visit in visits)
    if cells is not None:
        yield from _in_cells(scope, cells)


def _in_cells(scope: Scope, derived: Counter[Cell]) -> Iterator[Difference]:
    stored = Counter(dict(stored_cells(scope)))
    for cell in sorted(stored.keys() | derived.keys()):
        was, should = stored[cell], derived[cell]
        if was != should:
            column = f"the count of visits that {_said(cell)}"
            yield Difference(scope.workspace.slack_id, "step", cell[0], column, str(was), str(should))


def _read(scope: Scope, row: Row[*tuple[Any, ...]]) -> tuple[Tracked | None, list[str]]:
    """The journey, or what is wrong with its events."""
    try:
        tracked = load(scope, row)
    except ValidationError as error:
        return None, [f"an event cannot be read ({error.errors()[0]['msg']})"]
    wrong = list(mistakes(tracked.journey.history, tracked.journey.playbook.last))
    return (None if wrong else tracked), wrong


def _said(cell: Cell) -> str:
    """A cell in words."""
    of = dict(zip(KEY, cell, strict=True))
    known, left_known, undone = (_day(of[name]) for name in ("known", "left_known", "undone"))
    parts = [f"entered on {_day(of['entered'])} (known on {known})"]
    if of["exit"]:
        how = Exit(of["exit"]).name.lower().replace("_", " ")
        parts.append(f"left as {how} after {of['age']} days (known on {left_known})")
    if of["undone"] != NEVER:
        parts.append(f"were taken back on {undone}")
    if of["inferred"]:
        parts.append("were inferred")
    return f"{', '.join(parts)}, of member {of['rep']}, source {of['source']!r}, script {of['variant']!r}"


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _of_journey(scope: Scope, row: Row[*tuple[Any, ...]], journey: Journey) -> Iterator[tuple[str, str, str]]:
    # The row's owner may be wrong as well: the calendar is that of the owner whom the events name.
    derived = projected(journey, Members(scope).calendar(journey.owner))
    for name in sorted(DERIVED):
        stored = getattr(row, f"stored_{name}")
        if stored != derived[name]:
            yield name, _shown(stored), _shown(derived[name])


def _streamed(scope: Scope, statement: Select[*tuple[Any, ...]]) -> Iterator[Row[*tuple[Any, ...]]]:
    streaming = statement.execution_options(yield_per=AT_A_TIME)
    yield from scope.read(streaming)


def _shown(value: Any) -> str:
    return "nothing" if value is None else str(value)
