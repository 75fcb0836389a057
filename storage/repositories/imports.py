"""Whole histories at once: an import writes rows by the thousand, each table in one go for each batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Insert, bindparam, func, insert, select, text, update

from playbooks.deadlines import Deadlines, deadlines
from playbooks.events import Entry, Event
from playbooks.history import Journey, Status, replay
from playbooks.imported import Beginning, NewProspect, Span, Told
from storage.bulk import BulkInsert
from storage.entries import row_of
from storage.given import is_among
from storage.projection import projected
from storage.repositories.loading import ALL, load
from storage.repositories.members import Members
from storage.repositories.playbooks import Playbooks
from storage.rows import EventRow, JourneyRow, ProspectRow
from storage.scope import HERE, Scope

_ADD: Final = insert(ProspectRow)
_START: Final = insert(JourneyRow)
_APPEND: Final = insert(EventRow)
_MOVE: Final = (
    update(JourneyRow)
    .where(JourneyRow.workspace_id == bindparam("here"), JourneyRow.id == bindparam("journey"))
    .values(step=bindparam("step_now"))
)
_SPANS: Final = select(JourneyRow.prospect_id, JourneyRow.started_on, JourneyRow.closed_on).where(
    JourneyRow.workspace_id == HERE,
    is_among(JourneyRow.prospect_id, "prospects"),
    JourneyRow.status != Status.WITHDRAWN,
)
_AT_A_TIME: Final = 500
_AFTER: Final = (
    ALL.where(JourneyRow.id > bindparam("after"))
    .where(JourneyRow.playbook_id.in_(bindparam("versions", expanding=True)))
    .limit(_AT_A_TIME)
)
_TOLD: Final = (
    select(EventRow.journey_id, EventRow.kind, EventRow.step, EventRow.occurred_at)
    .where(
        EventRow.workspace_id == HERE,
        is_among(EventRow.journey_id, "journeys"),
        EventRow.imported,
        EventRow.kind.not_in(["next_action_set", "assigned"]),
    )
    .order_by(EventRow.journey_id, EventRow.seq)
)


class Imports:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._inserts: dict[Insert, BulkInsert] = {}
        self._deadlines: dict[tuple[int, int, date], Deadlines] = {}
        self._payloads: dict[int, tuple[Event, dict[str, Any]]] = {}

    def take_time(self) -> None:
        if self._scope.connection.dialect.name == "postgresql":
            # What nobody in Slack waits for may take its time.
            self._scope.connection.execute(text("SET LOCAL statement_timeout = 0"))

    def spans(self, prospects: Sequence[int]) -> Mapping[int, Sequence[Span]]:
        found: dict[int, list[Span]] = {}
        for prospect, first, last in self._scope.read(_SPANS, prospects=list(prospects)):
            found.setdefault(prospect, []).append(Span(first, last))
        return found

    def told(self, journeys: Sequence[int]) -> Mapping[int, Told]:
        found: dict[int, list[Any]] = {}
        for journey, *event in self._scope.read(_TOLD, journeys=list(journeys)):
            found.setdefault(journey, []).append(tuple(event))
        return {journey: tuple(events) for journey, events in found.items()}

    def journeys(self, playbook_key: str) -> Iterator[tuple[str, Journey]]:
        versions = [version.published.id for version in Playbooks(self._scope).versions(playbook_key)]
        after, more = 0, True
        while more:
            rows = self._scope.read(_AFTER, after=after, versions=versions).all()
            for row in rows:
                tracked = load(self._scope, row)
                yield tracked.prospect.name, tracked.journey
            after, more = rows[-1].id if rows else after, len(rows) == _AT_A_TIME

    def add_prospects(self, prospects: Sequence[NewProspect]) -> Sequence[int]:
        here, ids = self._scope.workspace.id, self._numbers(ProspectRow, len(prospects))
        rows = [
            {
                "id": number,
                "workspace_id": here,
                "name": new.name,
                "key": new.key,
                "source": new.source,
                "value": None,
            }
            for number, new in zip(ids, prospects, strict=True)
        ]
        self._insert(_ADD, rows)
        return ids

    def start_all(self, playbook_id: int, beginnings: Sequence[Beginning]) -> None:
        if not beginnings:
            return
        here, ids = self._scope.workspace.id, self._numbers(JourneyRow, len(beginnings))
        book = Playbooks(self._scope).get(playbook_id)
        rows, events, moved = [], [], []
        for number, beginning in zip(ids, beginnings, strict=True):
            journey = replay(book, beginning.history)
            row = self._projected(journey)
            if row["step"] != 1:
                # A journey begins at step 1, also for the database: it moves on once its events are in.
                moved.append({"here": here, "journey": number, "step_now": row["step"]})
            rows.append(
                row
                | {
                    "id": number,
                    "workspace_id": here,
                    "prospect_id": beginning.prospect_id,
                    "playbook_id": playbook_id,
                    "step": 1,
                    "import_key": beginning.import_key,
                }
            )
            events += [self._row_of(entry, number) for entry in beginning.history]
            self._scope.visits.update(beginning.visits)
        self._insert(_START, rows)
        self._insert(_APPEND, events)
        if moved:
            self._scope.write(_MOVE, moved)

    def _insert(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            known = self._inserts.get(statement)
            if known is None:
                known = self._inserts[statement] = BulkInsert(statement, tuple(rows[0]), self._scope.connection)
            known.write(self._scope.connection, rows)

    def _projected(self, journey: Journey) -> dict[str, Any]:
        """What an import brings neither waits nor was made to decide: its clock depends on the entry alone."""
        calendar = Members(self._scope).calendar(journey.owner)
        if not journey.is_open:
            return projected(journey, calendar)
        clock = (journey.owner, journey.step_number, journey.entered_on)
        due = self._deadlines.get(clock)
        if due is None:
            due = self._deadlines[clock] = deadlines(journey, calendar)
        return projected(journey, calendar, due)

    def _row_of(self, entry: Entry, journey_id: int) -> dict[str, Any]:
        """Events are values, and the same ones come again and again: their JSON is made once."""
        known = self._payloads.get(id(entry.event))
        row = row_of(
            entry, workspace_id=self._scope.workspace.id, journey_id=journey_id, payload=known and known[1]
        )
        if known is None:
            # Beside the event itself, so that no other can come to have its id.
            self._payloads[id(entry.event)] = (entry.event, row["payload"])
        return row

    def _numbers(self, row: type[ProspectRow | JourneyRow], count: int) -> Sequence[int]:
        """Ids for so many new rows: asked for at once, for a statement a row that gives its id costs most of all.

        A writing unit has SQLite to itself; PostgreSQL's sequence never gives a number twice.
        """
        if self._scope.connection.dialect.name == "postgresql":
            sequence = func.pg_get_serial_sequence(row.__tablename__, "id")
            each = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
            return list(self._scope.connection.execute(each).scalars())
        highest = self._scope.connection.execute(select(func.coalesce(func.max(row.id), 0))).scalar_one()
        return range(highest + 1, highest + 1 + count)
