"""One transaction in one workspace, as the repositories of a unit of work share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVarTuple

from sqlalchemy import BigInteger, Connection, CursorResult, Executable, bindparam
from sqlalchemy.sql.selectable import TypedReturnsRows

from playbooks.calendar import Calendar
from playbooks.ports import Budget, Busy
from playbooks.team import Workspace
from storage.books import Books

Columns = TypeVarTuple("Columns")

Values = Mapping[str, Any]

HERE = bindparam("here", type_=BigInteger)
"""The workspace of the unit of work; every statement that reads names it."""


@dataclass(slots=True)
class Scope:
    """The connection with its workspace, and what this transaction knows for sure because it holds the locks.

    `versions` are those of the journeys that it read or wrote, in a writing unit; `calendars` those of members
    by id; `published` the playbook versions that are not there for anybody else before the commit.
    """

    connection: Connection
    workspace: Workspace
    books: Books
    writing: bool
    budget: Budget | None = None
    versions: dict[int, int] = field(default_factory=dict)
    calendars: dict[int, Calendar] = field(default_factory=dict)
    published: set[int] = field(default_factory=set)

    def read(self, statement: TypedReturnsRows[*Columns], **values: object) -> CursorResult[*Columns]:
        self._hurry()
        return self.connection.execute(statement, {"here": self.workspace.id, **values})

    def write(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]
    ) -> CursorResult[*tuple[Any, ...]]:
        """Raises RuntimeError in a reading unit of work: its transaction could not keep what is written."""
        if not self.writing:
            raise RuntimeError("this unit of work only reads; open a writing one")
        self._hurry()
        return self.connection.execute(statement, values)

    def commit(self) -> None:
        """Raises `Busy` when the time is over: nothing is kept, then."""
        self._hurry()
        self.connection.commit()
        if self.budget is not None:
            self.budget.committed()

    def _hurry(self) -> None:
        if self.budget is not None and self.budget.is_over():
            raise Busy
