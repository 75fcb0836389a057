"""The histogram of visits, kept up by the transactions that write the events it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, literal_column, select, text
from sqlalchemy.dialects import postgresql, sqlite

from playbooks.events import Entry
from playbooks.funnel.histogram import NEVER, NO_AGE
from playbooks.funnel.visits import RELEVANT, Visit, changes, visits_of
from storage.given import ROWS, rows_given, written
from storage.rows import VisitCountRow
from storage.rows.numbers import CELL
from storage.scope import Scope
from storage.steps import steps_of

Cell = tuple[Any, ...]
"""The values of `KEY`, without the workspace."""

_AT_A_TIME = 5_000
"""Cells in one statement: its text lies in memory several times."""
KEY = ("step", "last", *CELL)
_COLUMNS = ("workspace_id", *KEY, "count")
_GIVEN = rows_given({name: VisitCountRow.__table__.c[name].type for name in _COLUMNS})
_ADD = {
    name: dialect.insert(VisitCountRow)
    # Without a WHERE, SQLite takes ON CONFLICT for the condition of a join.
    .from_select(_COLUMNS, select(*_GIVEN[name].c).where(text("true")))
    .on_conflict_do_update(
        index_elements=["workspace_id", *KEY],
        set_={"count": VisitCountRow.count + literal_column("excluded.count")},
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_REMOVE_EMPTY = delete(VisitCountRow).where(
    VisitCountRow.workspace_id == bindparam("here"), VisitCountRow.count == literal_column("0")
)


def count_changes(scope: Scope, playbook_id: int, history: Sequence[Entry], *, known: int) -> None:
    """Notes what the entries beyond the first `known` of a journey change, for `write_changes`."""
    if any(isinstance(entry.event, RELEVANT) for entry in history[known:]):
        before = visits_in(scope, playbook_id, history[:known])
        after = visits_in(scope, playbook_id, history)
        for visit, change in changes(before, after).items():
            scope.visits[visit] += change


def visits_in(scope: Scope, playbook_id: int, history: Sequence[Entry]) -> tuple[Visit, ...]:
    """The visits of a journey through this version, on the days of the workspace."""
    identities = steps_of(scope, playbook_id)
    return visits_of(history, zone=ZoneInfo(scope.workspace.zone), identity=lambda number: identities[number - 1])


def write_changes(scope: Scope) -> None:
    """Adds what this transaction changes to the histogram: the last thing it does before its commit.

    Cells are locked in one order by everybody, so that no two transactions wait for each other. A cell that came
    to nothing goes.
    """
    changed = {cell_of(visit): change for visit, change in scope.visits.items() if change}
    scope.visits.clear()
    if changed:
        add_counts(scope, changed)
        if min(changed.values()) < 0:
            remove_empty(scope)


def remove_empty(scope: Scope) -> None:
    """The cells that came to nothing."""
    scope.write(_REMOVE_EMPTY, {"here": scope.workspace.id})


def add_counts(scope: Scope, counts: Mapping[Cell, int]) -> None:
    """Adds to these cells, in one statement unless an import brings very many."""
    here, cells = scope.workspace.id, sorted(counts)
    for first in range(0, len(cells), _AT_A_TIME):
        part = cells[first : first + _AT_A_TIME]
        rows = [dict(zip(_COLUMNS, (here, *cell, counts[cell]), strict=True)) for cell in part]
        scope.write(_ADD[scope.connection.dialect.name], {ROWS: written(rows)})


def cell_of(visit: Visit) -> Cell:
    """Where a visit is counted: the columns of `KEY`."""
    entered = visit.entered.toordinal()
    left = NEVER if visit.left is None else visit.left.toordinal()
    left_known = NEVER if visit.left_known is None else visit.left_known.toordinal()
    undone = NEVER if visit.undone is None else visit.undone.toordinal()
    return (
        visit.step,
        min(undone, max(left, left_known)),
        entered,
        NO_AGE if visit.left is None else left - entered,
        int(visit.exit),
        visit.known.toordinal(),
        left_known,
        undone,
        visit.inferred,
        visit.rep,
        visit.source,
        visit.variant,
    )
