"""The store behind the use cases: it opens units of work, each in one workspace."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Engine, bindparam, exists, func, insert, select, update
from sqlalchemy.orm import aliased

from playbooks.ports import NotHere
from playbooks.team import Workspace
from storage.access import Access
from storage.inserts import InsertIfNew
from storage.ledger import Ledger
from storage.memory import Memory
from storage.rows import PlaybookRow, TeamRow, WorkspaceRow
from storage.saved_requests import SavedRequests
from storage.unit_of_work import UnitOfWork

_COLUMNS = (WorkspaceRow.id, WorkspaceRow.slack_id, WorkspaceRow.name, WorkspaceRow.zone)
_BY_SLACK_ID = select(*_COLUMNS).where(WorkspaceRow.slack_id == bindparam("slack_id"))
_ALL = select(*_COLUMNS).order_by(WorkspaceRow.id)
_COUNT = select(func.count()).select_from(aliased(WorkspaceRow)).scalar_subquery()
_TAKE_OVER = (
    update(WorkspaceRow)
    .where(WorkspaceRow.slack_id == bindparam("local"), _COUNT == 1)
    .values(slack_id=bindparam("as_in_slack"), name=bindparam("named"))
)
_FOUND = InsertIfNew(WorkspaceRow, ["slack_id"], WorkspaceRow.id)
LOCAL = "local"
"""The Slack id of a workspace that an import made before Slack was there."""

_MOVE = (
    update(WorkspaceRow)
    .where(WorkspaceRow.slack_id == bindparam("moved"))
    .where(~exists().where(PlaybookRow.workspace_id == WorkspaceRow.id))
    .values(zone=bindparam("there"))
)
_REMEMBERED_FOR = 30.0
_FIRST_TEAM = "Sales"


class Store:
    """Safe to share among threads. Needs a database that is migrated (`storage.migrate`)."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] | None = None) -> None:
        """`clock` is for the ledger alone, in place of the database's: that of a demo, or of a test."""
        self._clock = clock
        self._access = Access(engine)
        self._memory = Memory()
        self._workspaces: dict[str, tuple[float, Workspace]] = {}

    def reading(self, slack_team: str) -> UnitOfWork:
        return UnitOfWork(self._access, lambda: self._known(slack_team), self._memory, writing=False)

    def writing(self, slack_team: str) -> UnitOfWork:
        return UnitOfWork(self._access, lambda: self._known(slack_team), self._memory, writing=True)

    @property
    def saved(self) -> SavedRequests:
        """What was acknowledged before its work was done."""
        return SavedRequests(self._access, self.workspace)

    def ledger(self) -> Ledger:
        """The deliveries of all workspaces."""
        return Ledger(self._access, self._clock)

    def workspace(self, slack_team: str) -> Workspace | None:
        """As it was at most half a minute ago: it is asked for with every request, and hardly ever changes."""
        until, remembered = self._workspaces.get(slack_team, (0.0, None))
        if remembered is not None and time.monotonic() < until:
            return remembered
        with self._access.reading() as connection:
            row = connection.execute(_BY_SLACK_ID, {"slack_id": slack_team}).one_or_none()
        return None if row is None else self._remember(Workspace(*row))

    def workspaces(self) -> Sequence[Workspace]:
        with self._access.reading() as connection:
            return [Workspace(*row) for row in connection.execute(_ALL)]

    def found(self, slack_team: str, name: str, zone: str) -> Workspace:
        if standing := self.workspace(slack_team):
            return standing
        with self._access.writing() as connection:
            if slack_team != LOCAL:
                connection.execute(_TAKE_OVER, {"local": LOCAL, "as_in_slack": slack_team, "named": name})
            values = {"slack_id": slack_team, "name": name, "zone": zone}
            is_new = connection.execute(_FOUND.on(connection), values).first()
            workspace = Workspace(*connection.execute(_BY_SLACK_ID, {"slack_id": slack_team}).one())
            if is_new:
                connection.execute(insert(TeamRow), {"workspace_id": workspace.id, "name": _FIRST_TEAM})
            connection.commit()
        self._workspaces.pop(LOCAL, None)
        return self._remember(workspace)

    def move(self, slack_team: str, zone: str) -> Workspace:
        """Gives a workspace another zone while nothing is in it yet; later its days stay as they are."""
        with self._access.writing() as connection:
            connection.execute(_MOVE, {"moved": slack_team, "there": zone})
            workspace = Workspace(*connection.execute(_BY_SLACK_ID, {"slack_id": slack_team}).one())
            connection.commit()
        return self._remember(workspace)

    def _known(self, slack_team: str) -> Workspace:
        workspace = self.workspace(slack_team)
        if workspace is None:
            raise NotHere(f"no workspace {slack_team}; found it first")
        return workspace

    def _remember(self, workspace: Workspace) -> Workspace:
        self._workspaces[workspace.slack_id] = (time.monotonic() + _REMEMBERED_FOR, workspace)
        return workspace
