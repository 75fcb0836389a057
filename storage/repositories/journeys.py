"""Journeys: read whole, written as the events that are new and the row they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, text, update

from playbooks.calendar import Calendar
from playbooks.history import Journey
from playbooks.ports import NotHere, Tracked
from playbooks.prospect import Prospect
from playbooks.refusal import Refusal, Refused
from storage.counting import count_changes
from storage.entries import row_of
from storage.given import is_text_among
from storage.inserts import InsertIfNew
from storage.projection import projected
from storage.repositories.inbox import HANDLED, refuse_again
from storage.repositories.loading import ALL, BY_ID, IS_OPEN, LATEST, load, locking
from storage.rows import EventRow, JourneyRow, ProspectRow
from storage.scope import HERE, Scope

_FOR_A_REQUEST = HANDLED.label("handled")
_AGAIN = BY_ID.add_columns(_FOR_A_REQUEST)
_BY_ID_LOCKED = locking(_AGAIN)
_LATEST_LOCKED = locking(LATEST.add_columns(_FOR_A_REQUEST))
_OPEN_ONE = select(JourneyRow.id).where(
    JourneyRow.workspace_id == HERE, JourneyRow.prospect_id == bindparam("prospect"), IS_OPEN
)
_PROSPECT_LOCKED = (
    select(ProspectRow.id)
    .where(ProspectRow.workspace_id == HERE, ProspectRow.id == bindparam("id"))
    .with_for_update()
)
DERIVED = frozenset(column.key for column in JourneyRow.__table__.columns) - {
    "id",
    "workspace_id",
    "prospect_id",
    "playbook_id",
    "import_key",
}
"""The columns of a journey that its events make."""
_DEADLINES = ("stalls_on", "decision_due_on")
_OPEN_OF_OWNER = ALL.where(JourneyRow.owner_id == bindparam("owner"), IS_OPEN).add_columns(
    *(getattr(JourneyRow, name) for name in _DEADLINES)
)
_OPEN_OF_OWNER_LOCKED = locking(_OPEN_OF_OWNER)
_MOVE_DEADLINES = (
    update(JourneyRow)
    .where(JourneyRow.workspace_id == bindparam("here"), JourneyRow.id == bindparam("journey"))
    .values({name: bindparam(name) for name in _DEADLINES})
)
_IMPORTED = select(JourneyRow.import_key, JourneyRow.id).where(
    JourneyRow.workspace_id == HERE, is_text_among(JourneyRow.import_key, "keys")
)
_START = InsertIfNew(JourneyRow, ["prospect_id"], JourneyRow.id, where=text("status = 'open'"))
_APPEND = insert(EventRow)
_UPDATE = (
    update(JourneyRow)
    .where(
        JourneyRow.workspace_id == bindparam("here"),
        JourneyRow.id == bindparam("journey"),
        JourneyRow.version == bindparam("before"),
    )
    .values({name: bindparam(name) for name in sorted(DERIVED)})
)


class Journeys:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def start(
        self,
        prospect: Prospect,
        playbook_id: int,
        journey: Journey,
        calendar: Calendar,
        *,
        import_key: str | None = None,
    ) -> Tracked:
        # An imported history may begin further on; its row moves there once the events are in.
        row = projected(journey, calendar)
        first = row | {
            "workspace_id": self._scope.workspace.id,
            "prospect_id": prospect.id,
            "playbook_id": playbook_id,
            "step": 1,
            "import_key": import_key,
        }
        journey_id = self._scope.write(_START.on(self._scope.connection), first).scalar_one_or_none()
        if journey_id is None:
            raise self._open_already(prospect.id)
        self._append(journey_id, journey, after=0)
        count_changes(self._scope, playbook_id, journey.history, known=0)
        if row["step"] != 1:
            self._project(journey_id, row, before=journey.version)
        self._scope.versions[journey_id] = journey.version
        return Tracked(journey_id, prospect, playbook_id, journey)

    def imported(self, import_keys: Sequence[str]) -> Mapping[str, int]:
        rows = self._scope.read(_IMPORTED, keys=list(import_keys))
        return {row.import_key: row.id for row in rows}

    def get(self, journey_id: int, *, request: str | None = None) -> Tracked:
        tracked = self._read(BY_ID, _BY_ID_LOCKED, request, id=journey_id)
        if tracked is None:
            raise NotHere(f"no journey {journey_id} in this workspace")
        return tracked

    def latest(self, prospect_id: int, *, request: str | None = None) -> Tracked | None:
        return self._read(LATEST, _LATEST_LOCKED, request, prospect=prospect_id)

    def save(self, tracked: Tracked, journey: Journey, calendar: Calendar) -> Tracked:
        before = tracked.journey.version
        if self._version(tracked.id) != before:
            raise Refused(Refusal.CHANGED_MEANWHILE, tracked=self.get(tracked.id))
        if journey.is_open and not tracked.journey.is_open:
            self._refuse_a_second_open_one(tracked)
        self._append(tracked.id, journey, after=before)
        count_changes(self._scope, tracked.playbook_id, journey.history, known=before)
        if not self._project(tracked.id, projected(journey, calendar), before=before):
            raise Refused(Refusal.CHANGED_MEANWHILE, tracked=self.get(tracked.id))
        self._scope.versions[tracked.id] = journey.version
        return replace(tracked, journey=journey)

    def move_deadlines(self, owner_id: int) -> int:
        statement = _OPEN_OF_OWNER_LOCKED if self._scope.writing else _OPEN_OF_OWNER
        here, moved = self._scope.workspace.id, []
        for row in self._scope.read(statement, owner=owner_id).all():
            tracked = self._loaded(row)
            derived = projected(tracked.journey, self._scope.calendars[owner_id])
            anew = {name: derived[name] for name in _DEADLINES}
            if anew != {name: getattr(row, name) for name in _DEADLINES}:
                moved.append({"here": here, "journey": tracked.id, **anew})
        if moved:
            self._scope.write(_MOVE_DEADLINES, moved)
        return len(moved)

    def _read(self, plain: Any, locked: Any, request: str | None, **values: Any) -> Tracked | None:
        if self._scope.writing:
            row = self._scope.read(locked, request=request, **values).one_or_none()
        else:
            row = self._scope.read(plain, **values).one_or_none()
        return None if row is None else self._loaded(row, request)

    def _loaded(self, row: Row[*tuple[Any, ...]], request: str | None = None) -> Tracked:
        tracked = load(self._scope, row)
        if tracked.journey.version != row.version:
            # PostgreSQL waited for the row and gave its newest state, beside events and requests from before the
            # wait. Now that the row is ours, a second look finds them as they are.
            row = self._scope.read(_AGAIN, request=request, id=row.id).one()
            tracked = load(self._scope, row)
        if self._scope.writing:
            self._scope.versions[tracked.id] = tracked.journey.version
            if request is not None:
                refuse_again(row.handled)
        return tracked

    def _version(self, journey_id: int) -> int:
        """The version in the database, which nobody else can change now."""
        known = self._scope.versions.get(journey_id)
        return self.get(journey_id).journey.version if known is None else known

    def _append(self, journey_id: int, journey: Journey, *, after: int) -> None:
        here = self._scope.workspace.id
        rows = [row_of(entry, workspace_id=here, journey_id=journey_id) for entry in journey.history[after:]]
        if rows:
            self._scope.write(_APPEND, rows)

    def _project(self, journey_id: int, row: dict[str, Any], *, before: int) -> bool:
        where = {"here": self._scope.workspace.id, "journey": journey_id, "before": before}
        return self._scope.write(_UPDATE, where | row).rowcount == 1

    def _refuse_a_second_open_one(self, tracked: Tracked) -> None:
        # Whoever starts a journey holds on to its prospect: with the prospect locked, none can start now.
        self._scope.read(_PROSPECT_LOCKED, id=tracked.prospect.id)
        if self._scope.read(_OPEN_ONE, prospect=tracked.prospect.id).one_or_none() is not None:
            raise self._open_already(tracked.prospect.id)

    def _open_already(self, prospect_id: int) -> Refused:
        return Refused(Refusal.OPEN_ALREADY, tracked=self.latest(prospect_id))
