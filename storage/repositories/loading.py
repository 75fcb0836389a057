"""A journey with all that belongs to it, in one statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, bindparam, literal_column, select

from playbooks.history import Status, replay
from playbooks.ports import Tracked
from playbooks.prospect import Prospect
from storage.entries import COLUMNS, entry_from
from storage.json_sql import listed, rows_in
from storage.repositories.members import CALENDAR, calendar_of
from storage.repositories.playbooks import NEWEST, Playbooks
from storage.repositories.prospects import PEOPLE, people_in
from storage.rows import EventRow, JourneyRow, MemberRow, ProspectRow
from storage.scope import HERE, Columns, Scope

IS_OPEN = JourneyRow.status == literal_column("'open'")
"""Spelled out, not bound: only so do the databases see that an index of open journeys will do."""

_JOURNEYS: Select[*tuple[Any, ...]] = (
    select(
        JourneyRow.id,
        JourneyRow.version,
        JourneyRow.status,
        JourneyRow.playbook_id,
        JourneyRow.owner_id,
        NEWEST,
        ProspectRow.id.label("prospect_id"),
        ProspectRow.workspace_id,
        ProspectRow.name,
        ProspectRow.source,
        ProspectRow.value,
        PEOPLE.label("people"),
        listed(*COLUMNS, where=EventRow.journey_id == JourneyRow.id).label("events"),
        *CALENDAR,
    )
    .join(ProspectRow, ProspectRow.id == JourneyRow.prospect_id)
    .join(MemberRow, MemberRow.id == JourneyRow.owner_id)
    .where(JourneyRow.workspace_id == HERE)
)
ALL = _JOURNEYS.order_by(JourneyRow.id)
BY_ID = _JOURNEYS.where(JourneyRow.id == bindparam("id"))
OF_PROSPECT = _JOURNEYS.where(JourneyRow.prospect_id == bindparam("prospect")).order_by(
    IS_OPEN.desc(), JourneyRow.id.desc()
)
LATEST = (
    _JOURNEYS.where(JourneyRow.prospect_id == bindparam("prospect"))
    .where(JourneyRow.status != literal_column("'withdrawn'"))
    .order_by(IS_OPEN.desc(), JourneyRow.closed_on.desc(), JourneyRow.id.desc())
    .limit(1)
)


def locking(statement: Select[*Columns]) -> Select[*Columns]:
    """On PostgreSQL the journey's row is locked; SQLite's writing transactions have the file to themselves."""
    return statement.with_for_update(of=JourneyRow, key_share=True)


def load(scope: Scope, row: Row[*tuple[Any, ...]]) -> Tracked:
    entries = sorted((entry_from(listed) for listed in rows_in(row.events)), key=lambda entry: entry.seq)
    book = row.newest if row.status is Status.OPEN else row.playbook_id
    scope.calendars.setdefault(row.owner_id, calendar_of(row))
    return Tracked(
        id=row.id,
        prospect=Prospect(
            row.prospect_id, row.workspace_id, row.name, row.source, row.value, people_in(row.people)
        ),
        playbook_id=row.playbook_id,
        journey=replay(Playbooks(scope).get(book), entries),
    )
