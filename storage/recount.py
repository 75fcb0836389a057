"""The histogram of visits counted anew, from the events of all journeys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, select

from playbooks.team import Workspace
from storage.chain import mistakes
from storage.counting import KEY, Cell, add_counts, cell_of, remove_empty, visits_in
from storage.engine import WRITING
from storage.memory import Memory
from storage.repositories.loading import ALL, load
from storage.rows import EventRow, VisitCountRow, WorkspaceRow
from storage.scope import HERE, Scope

AT_A_TIME = 500
WORKSPACES = select(WorkspaceRow.id, WorkspaceRow.slack_id, WorkspaceRow.name, WorkspaceRow.zone).order_by(
    WorkspaceRow.id
)
_STORED = select(*(getattr(VisitCountRow, name) for name in KEY), VisitCountRow.count).where(
    VisitCountRow.workspace_id == HERE
)
_NOT_COUNTED = select(select(EventRow.seq).exists() & ~select(VisitCountRow.count).exists())


def recount(engine: Engine) -> int:
    """Makes the histogram of every workspace what its events say; gives how many cells were wrong.

    What others commit meanwhile waits for it. A journey whose events cannot be right is left out: `verify` tells
    which those are.
    """
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        return count_all(connection)


def count_if_never_done(connection: Connection) -> None:
    """Counts the visits of a database whose history is older than its histogram."""
    if connection.execute(_NOT_COUNTED).scalar_one():
        count_all(connection)


def count_all(connection: Connection) -> int:
    """See `recount`; within the transaction of this connection."""
    if connection.dialect.name == "postgresql":
        # Whoever wrote events writes its cells next, and so waits here until these are right.
        connection.exec_driver_sql("LOCK TABLE visit_count IN SHARE ROW EXCLUSIVE MODE")
    memory, wrong = Memory(), 0
    for row in connection.execute(WORKSPACES).all():
        scope = Scope(lambda: connection, Workspace(*row), memory, writing=True)
        wrong += _correct(scope)
    return wrong


def _correct(scope: Scope) -> int:
    cells = _counted_anew(scope)
    for cell, count in stored_cells(scope):
        cells[cell] -= count
    wrong = {cell: change for cell, change in cells.items() if change}
    for cells_of_batch in _batches(wrong):
        add_counts(scope, cells_of_batch)
    remove_empty(scope)
    return len(wrong)


def stored_cells(scope: Scope) -> Iterator[tuple[Cell, int]]:
    """What the histogram says now."""
    for row in scope.read(_STORED.execution_options(yield_per=AT_A_TIME)):
        *cell, count = row
        yield tuple(cell), count


def _counted_anew(scope: Scope) -> Counter[Cell]:
    cells: Counter[Cell] = Counter()
    for row in scope.read(ALL.execution_options(yield_per=AT_A_TIME)):
        try:
            tracked = load(scope, row)
        except ValidationError:
            continue
        history = tracked.journey.history
        if not any(mistakes(history, tracked.journey.playbook.last)):
            cells.update(cell_of(visit) for visit in visits_in(scope, tracked.playbook_id, history))
    return cells


def _batches(cells: dict[Cell, int]) -> Iterator[dict[Cell, int]]:
    ordered = sorted(cells)
    for begin in range(0, len(ordered), AT_A_TIME):
        yield {cell: cells[cell] for cell in ordered[begin : begin + AT_A_TIME]}
