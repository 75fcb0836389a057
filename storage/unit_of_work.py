"""One transaction in one workspace."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select

from playbooks.ports import Budget
from playbooks.team import Team, Workspace
from storage.access import Access
from storage.busy import telling_when_busy
from storage.counting import write_changes
from storage.memory import Memory
from storage.queries import Pipeline
from storage.repositories import (
    Agenda,
    Deliveries,
    Forecasts,
    Imports,
    Inbox,
    Journeys,
    Members,
    Playbooks,
    Prospects,
    Targets,
    Teams,
    Visits,
)
from storage.rows import WorkspaceRow
from storage.scope import HERE, Scope

# Not the lock that every new row's foreign key would wait for.
_TURN = select(WorkspaceRow.id).where(WorkspaceRow.id == HERE).with_for_update(key_share=True)


class UnitOfWork:
    """Begins with its `with` block; whatever was not committed by its end is taken back."""

    def __init__(
        self, access: Access, workspace: Callable[[], Workspace], memory: Memory, *, writing: bool
    ) -> None:
        self._access = access
        self._find_workspace = workspace
        self._memory = memory
        self._writing = writing
        self._budget: Budget | None = None
        self._transaction = ExitStack()
        self._scope: Scope | None = None

    def within(self, budget: Budget) -> Self:
        self._budget = budget
        return self

    def __enter__(self) -> Self:
        workspace = self._find_workspace()
        self._scope = Scope(self._connect, workspace, self._memory, writing=self._writing, budget=self._budget)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scope = None
        self._transaction.__exit__(kind, error, trace)

    def commit(self) -> None:
        with telling_when_busy():
            write_changes(self._open)
            self._open.commit()

    def take_turns(self) -> None:
        self._open.read(_TURN)

    @property
    def workspace(self) -> Workspace:
        return self._open.workspace

    @cached_property
    def team(self) -> Team:
        return Teams(self._open).first()

    def update_team(self, team: Team) -> None:
        Teams(self._open).update(team)
        self.__dict__.pop("team", None)  # what was read before

    @cached_property
    def members(self) -> Members:
        return Members(self._open)

    @cached_property
    def playbooks(self) -> Playbooks:
        return Playbooks(self._open)

    @cached_property
    def prospects(self) -> Prospects:
        return Prospects(self._open)

    @cached_property
    def journeys(self) -> Journeys:
        return Journeys(self._open)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self._open)

    @cached_property
    def pipeline(self) -> Pipeline:
        return Pipeline(self._open)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self._open)

    @cached_property
    def agenda(self) -> Agenda:
        return Agenda(self._open)

    @cached_property
    def imports(self) -> Imports:
        return Imports(self._open)

    @cached_property
    def visits(self) -> Visits:
        return Visits(self._open)

    @cached_property
    def forecasts(self) -> Forecasts:
        return Forecasts(self._open)

    @cached_property
    def targets(self) -> Targets:
        return Targets(self._open)

    def _connect(self) -> Connection:
        if self._scope is None:
            raise RuntimeError("a unit of work ends with its with block")
        return self._transaction.enter_context(self._access.writing() if self._writing else self._access.reading())

    @property
    def _open(self) -> Scope:
        if self._scope is None:
            raise RuntimeError("a unit of work begins with its with block")
        return self._scope
