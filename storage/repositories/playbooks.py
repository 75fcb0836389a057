"""The books we sell by, version by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, insert, select
from sqlalchemy.orm import aliased

from playbooks.model import Playbook
from playbooks.pipeline import PlaybookVersion, PublishedPlaybook
from playbooks.ports import NotHere
from storage.rows import JourneyRow, PlaybookRow
from storage.scope import HERE, Scope
from storage.steps import identify

_SAME = aliased(PlaybookRow)
_BY_ID = select(PlaybookRow.content).where(PlaybookRow.workspace_id == HERE, PlaybookRow.id == bindparam("id"))
_VERSIONS = (
    select(PlaybookRow.id, PlaybookRow.key, PlaybookRow.name, PlaybookRow.number)
    .where(PlaybookRow.workspace_id == HERE)
    .order_by(PlaybookRow.id)
)
_PUBLISH = insert(PlaybookRow).returning(PlaybookRow.id)
_NUMBER = select(func.coalesce(func.max(PlaybookRow.number), 0)).where(
    PlaybookRow.workspace_id == HERE, PlaybookRow.key == bindparam("key")
)


_SOURCE = select(PlaybookRow.source).where(PlaybookRow.workspace_id == HERE, PlaybookRow.id == bindparam("id"))
_HISTORY = (
    select(
        PlaybookRow.id,
        PlaybookRow.key,
        PlaybookRow.name,
        PlaybookRow.number,
        PlaybookRow.published_at,
        PlaybookRow.published_by,
    )
    .where(PlaybookRow.workspace_id == HERE, PlaybookRow.key == bindparam("key"))
    .order_by(PlaybookRow.number.desc())
)


def _newest(playbook_id: Any) -> ScalarSelect[int]:
    """The id of the newest version with the same steps as this one."""
    return (
        select(func.max(_SAME.id))
        .select_from(PlaybookRow)
        .join(
            _SAME,
            (_SAME.workspace_id == PlaybookRow.workspace_id)
            & (_SAME.key == PlaybookRow.key)
            & (_SAME.steps_revision == PlaybookRow.steps_revision),
        )
        .where(PlaybookRow.id == playbook_id)
        .scalar_subquery()
    )


NEWEST = _newest(JourneyRow.playbook_id).label("newest")
"""Which version the enclosing statement's journey takes its words from while it is open."""

_NEWEST = select(_newest(bindparam("id")))


class Playbooks:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def current(self) -> Sequence[PublishedPlaybook]:
        """The default one is the one that was published first."""
        here = self._scope.workspace.id
        return self._scope.remembered(self._scope.memory.published, here, self._current) or ()

    def _current(self) -> Sequence[PublishedPlaybook] | None:
        """None while there are none: the first ones are seen as soon as they are there."""
        newest: dict[str, PublishedPlaybook] = {}
        for row in self._scope.read(_VERSIONS):
            newest[row.key] = PublishedPlaybook(*row)
        return tuple(newest.values()) or None

    def get(self, playbook_id: int) -> Playbook:
        if playbook_id in self._scope.published:
            # Not to be kept: after a rollback SQLite gives its id to another version.
            return Playbook.model_validate(self._content(playbook_id))
        return self._scope.memory.books.get(
            self._scope.workspace.id, playbook_id, lambda: self._content(playbook_id)
        )

    def newest(self, playbook_id: int) -> Playbook:
        newest = self._scope.read(_NEWEST, id=playbook_id).scalar_one()
        if newest is None:
            raise NotHere(f"no playbook {playbook_id} in this workspace")
        return self.get(newest)

    def source(self, playbook_id: int) -> str:
        source = self._scope.read(_SOURCE, id=playbook_id).scalar_one_or_none()
        if source is None:
            raise NotHere(f"no playbook {playbook_id} in this workspace")
        return source

    def versions(self, key: str) -> Sequence[PlaybookVersion]:
        rows = self._scope.read(_HISTORY, key=key)
        return [
            PlaybookVersion(
                PublishedPlaybook(row.id, row.key, row.name, row.number), row.published_at, row.published_by
            )
            for row in rows
        ]

    def publish(
        self,
        text: str,
        playbook: Playbook,
        *,
        at: datetime,
        by: int | None,
        same: Mapping[int, int] | None = None,
    ) -> PublishedPlaybook:
        number = self._scope.read(_NUMBER, key=playbook.key).scalar_one() + 1
        values = {
            "workspace_id": self._scope.workspace.id,
            "key": playbook.key,
            "number": number,
            "name": playbook.name,
            "steps": playbook.last,
            "steps_revision": playbook.steps_revision,
            "scripts_revision": playbook.scripts_revision,
            "source": text,
            "content": playbook.model_dump(mode="json", by_alias=True),
            "published_at": at,
            "published_by": by,
        }
        self._scope.forget(self._scope.memory.published)
        added = self._scope.write(_PUBLISH, values).scalar_one()
        self._scope.published.add(added)
        identify(self._scope, added, playbook, same or {})
        return PublishedPlaybook(added, playbook.key, playbook.name, number)

    def _content(self, playbook_id: int) -> dict[str, Any]:
        content: dict[str, Any] | None = self._scope.read(_BY_ID, id=playbook_id).scalar_one_or_none()
        if content is None:
            raise NotHere(f"no playbook {playbook_id} in this workspace")
        return content
