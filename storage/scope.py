"""One transaction in one workspace, as the repositories of a unit of work share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import BigInteger, Connection, CursorResult, Executable, bindparam
from sqlalchemy.sql.selectable import TypedReturnsRows

from playbooks.calendar import Calendar
from playbooks.funnel.visits import Visit
from playbooks.ports import Budget, Busy
from playbooks.team import Workspace
from storage.memory import Memory
from storage.remembered import Remembered

Columns = TypeVarTuple("Columns")
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

Values = Mapping[str, Any]

HERE = bindparam("here", type_=BigInteger)
"""The workspace of the unit of work; every statement that reads names it."""


@dataclass(slots=True)
class Scope:
    """The connection with its workspace, and what this transaction knows for sure because it holds the locks.

    `connect` is called at the first statement: a unit of work that needs none costs nothing.

    `versions` are those of the journeys that it read or wrote, in a writing unit; `calendars` those of members
    by id; `published` the playbook versions that are not there for anybody else before the commit, `visits`
    what the histogram of visits is short of until then.
    """

    connect: Callable[[], Connection]
    workspace: Workspace
    memory: Memory
    writing: bool
    budget: Budget | None = None
    versions: dict[int, int] = field(default_factory=dict)
    calendars: dict[int, Calendar] = field(default_factory=dict)
    published: set[int] = field(default_factory=set)
    visits: Counter[Visit] = field(default_factory=Counter)
    _connection: Connection | None = None
    _outdated: list[Remembered[Any, Any]] = field(default_factory=list)

    @property
    def connection(self) -> Connection:
        if self._connection is None:
            self._connection = self.connect()
        return self._connection

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

    def remembered(self, kept: Remembered[Key, Value], key: Key, read: Callable[[], Value | None]) -> Value | None:
        """What is remembered, in a reading unit; a writing one reads."""
        return read() if self.writing else kept.get(key, read)

    def forget(self, kept: Remembered[Any, Any]) -> None:
        """Something of it changes in this transaction."""
        kept.forget()
        self._outdated.append(kept)

    def commit(self) -> None:
        """Raises `Busy` when the time is over: nothing is kept, then."""
        self._hurry()
        self.connection.commit()
        for kept in self._outdated:
            kept.forget()
        if self.budget is not None:
            self.budget.committed()

    def _hurry(self) -> None:
        if self.budget is not None and self.budget.is_over():
            raise Busy
