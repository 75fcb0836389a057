"""Requests that wait for their work: kept, taken up by one process at a time, and let go when answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, Executable, bindparam, delete, select, update

from playbooks.ports import Busy, Claimed, Request
from playbooks.team import Workspace
from storage.access import Access
from storage.inserts import InsertIfNew
from storage.rows import SavedRequestRow, WorkspaceRow

_PATIENCE = "400ms"
"""How long saving may take on PostgreSQL: by then a person has waited for a while."""

_FREE = (
    select(
        WorkspaceRow.slack_id,
        SavedRequestRow.slack_user,
        SavedRequestRow.request_id,
        SavedRequestRow.kind,
        SavedRequestRow.body,
        SavedRequestRow.at,
        SavedRequestRow.free_at,
    )
    .join(WorkspaceRow, WorkspaceRow.id == SavedRequestRow.workspace_id)
    .where(SavedRequestRow.free_at <= bindparam("now"))
    .order_by(SavedRequestRow.at, SavedRequestRow.request_id)
    .limit(1)
)
_IN_THE_WORKSPACE = select(WorkspaceRow.id).where(WorkspaceRow.slack_id == bindparam("slack_team"))
_STILL_SO = (
    SavedRequestRow.workspace_id == _IN_THE_WORKSPACE.scalar_subquery(),
    SavedRequestRow.request_id == bindparam("request"),
    SavedRequestRow.free_at == bindparam("seen"),
)
_SAVE = InsertIfNew(SavedRequestRow, ["workspace_id", "request_id"], SavedRequestRow.at)
_MOVE = update(SavedRequestRow).where(*_STILL_SO).values(free_at=bindparam("until"))
_DROP = delete(SavedRequestRow).where(*_STILL_SO)


class SavedRequests:
    """Each call is a transaction of its own, in whatever workspace the request came from."""

    def __init__(self, access: Access, workspace: Callable[[str], Workspace | None]) -> None:
        self._access = access
        self._workspace = workspace

    def save(self, request: Request, free_at: datetime) -> None:
        workspace = self._workspace(request.slack_team)
        if workspace is None:
            raise Busy
        values = asdict(request)
        values |= {"workspace_id": workspace.id, "request_id": values.pop("id"), "free_at": free_at}
        del values["slack_team"]
        with self._access.writing() as connection:
            _hurry(connection)
            connection.execute(_SAVE.on(connection), values)
            connection.commit()

    def claim(self, now: datetime, until: datetime) -> Claimed | None:
        while (free := self._free(now)) is not None:
            if self._change(_MOVE, free, until=until):
                return Claimed(free.request, until)
        return None

    def put_off(self, claimed: Claimed, until: datetime) -> None:
        self._change(_MOVE, claimed, until=until)

    def let_go(self, claimed: Claimed) -> None:
        self._change(_DROP, claimed)

    def _free(self, now: datetime) -> Claimed | None:
        """The oldest that nobody works on; `until` is since when."""
        with self._access.reading() as connection:
            row = connection.execute(_FREE, {"now": now}).one_or_none()
        return Claimed(Request(*row[:-1]), row.free_at) if row else None

    def _change(self, statement: Executable, claimed: Claimed, **values: object) -> bool:
        """False when it is no longer as it was when we looked: another process has it, or it is gone."""
        request = claimed.request
        seen = {"slack_team": request.slack_team, "request": request.id, "seen": claimed.until}
        with self._access.writing() as connection:
            changed = connection.execute(statement, {**seen, **values}).rowcount == 1
            connection.commit()
        return changed


def _hurry(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{_PATIENCE}'")
