"""Which requests did their work, so that a replay or a second click does nothing twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, bindparam, select

from playbooks.ports import AlreadyHandled, Handled
from storage.inserts import InsertIfNew
from storage.json_sql import listed, rows_in
from storage.rows import InboxRow
from storage.scope import HERE, Scope
from storage.types import instant

_SEEN = select(InboxRow.journey_id, InboxRow.change, InboxRow.at).where(
    InboxRow.workspace_id == HERE, InboxRow.request_id == bindparam("request_id")
)
HANDLED = listed(
    InboxRow.journey_id,
    InboxRow.change,
    InboxRow.at,
    where=(InboxRow.workspace_id == HERE) & (InboxRow.request_id == bindparam("request", type_=Text)),
)
"""What a request caused, for `refuse_again`; read along with the journey that it is about."""

_KEEP = InsertIfNew(InboxRow, ["workspace_id", "request_id"], InboxRow.at)


def refuse_again(handled: str | None) -> None:
    """Raises `AlreadyHandled` when `HANDLED` found something."""
    for journey_id, change, at in rows_in(handled):
        raise AlreadyHandled(Handled(journey_id, change, instant(at)))


class Inbox:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def seen(self, request_id: str) -> Handled | None:
        row = self._scope.read(_SEEN, request_id=request_id).one_or_none()
        return Handled(row.journey_id, row.change, row.at) if row else None

    def keep(self, request_id: str, *, at: datetime, journey_id: int | None, change: int | None) -> None:
        values = {
            "workspace_id": self._scope.workspace.id,
            "request_id": request_id,
            "at": at,
            "journey_id": journey_id,
            "change": change,
        }
        is_new = self._scope.write(_KEEP.on(self._scope.connection), values).first()
        if not is_new and (handled := self.seen(request_id)):
            raise AlreadyHandled(handled)
