"""Rebuilds what is derived and compares it with what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine, Row, Select, select

from playbooks.names import name_key
from playbooks.team import Workspace
from storage.chain import mistakes
from storage.memory import Memory
from storage.projection import projected
from storage.repositories.journeys import DERIVED
from storage.repositories.loading import ALL, load
from storage.repositories.members import Members
from storage.rows import JourneyRow, ProspectRow, WorkspaceRow
from storage.scope import HERE, Scope

_AT_A_TIME = 500
_STORED = ALL.add_columns(*(getattr(JourneyRow, name).label(f"stored_{name}") for name in sorted(DERIVED)))
_PROSPECTS = (
    select(ProspectRow.id, ProspectRow.name, ProspectRow.key)
    .where(ProspectRow.workspace_id == HERE)
    .order_by(ProspectRow.id)
)
_WORKSPACES = select(WorkspaceRow.id, WorkspaceRow.slack_id, WorkspaceRow.name, WorkspaceRow.zone).order_by(
    WorkspaceRow.id
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
        for row in connection.execute(_WORKSPACES).all():
            scope = Scope(lambda: connection, Workspace(*row), memory, writing=False)
            yield from _in_prospects(scope)
            yield from _in_journeys(scope)


def _in_prospects(scope: Scope) -> Iterator[Difference]:
    for prospect in _streamed(scope, _PROSPECTS):
        key = name_key(prospect.name)
        if prospect.key != key:
            yield Difference(scope.workspace.slack_id, "prospect", prospect.id, "key", prospect.key, key)


def _in_journeys(scope: Scope) -> Iterator[Difference]:
    for row in _streamed(scope, _STORED):
        for column, stored, derived in _of_journey(scope, row):
            yield Difference(scope.workspace.slack_id, "journey", row.id, column, stored, derived)


def _of_journey(scope: Scope, row: Row[*tuple[Any, ...]]) -> Iterator[tuple[str, str, str]]:
    try:
        journey = load(scope, row).journey
    except ValidationError as error:
        yield "", f"an event cannot be read ({error.errors()[0]['msg']})", ""
        return
    wrong = list(mistakes(journey.history, journey.playbook.last))
    if wrong:
        yield from (("", mistake, "") for mistake in wrong)
        return
    # The row's owner may be wrong as well: the calendar is that of the owner whom the events name.
    derived = projected(journey, Members(scope).calendar(journey.owner))
    for name in sorted(DERIVED):
        stored = getattr(row, f"stored_{name}")
        if stored != derived[name]:
            yield name, _shown(stored), _shown(derived[name])


def _streamed(scope: Scope, statement: Select[*tuple[Any, ...]]) -> Iterator[Row[*tuple[Any, ...]]]:
    streaming = statement.execution_options(yield_per=_AT_A_TIME)
    yield from scope.read(streaming)


def _shown(value: Any) -> str:
    return "nothing" if value is None else str(value)
