"""What happened to a prospect, and what stands after it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from playbooks.history import Status
from storage.rows.base import (
    Id,
    InWorkspace,
    Row,
    RowId,
    Small,
    is_day,
    is_instant,
    is_json,
    rows_while,
    same_workspace,
)

WHILE_OPEN: Any = rows_while("status = 'open'")
NOT_NOW: Any = rows_while("status = 'not_now'")
IMPORTED: Any = rows_while("import_key IS NOT NULL")
CONTACTED: Any = rows_while("kind = 'contacted'")
EXHAUSTED: Any = rows_while("status = 'open' AND exhausted")

_STALLING = ("stalls_on", "waiting_until", "exhausted", "status")


class JourneyRow(Row):
    """What the events of a journey make of it, so that lists need not read them.

    `version` counts its events. `stalls_on` and `decision_due_on` are days in the owner's calendar,
    `waiting_until` is the last date the prospect named in this step. `import_key` names the record that it was
    imported from.
    """

    __tablename__ = "journey"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        same_workspace("prospect_id", "prospect"),
        same_workspace("playbook_id", "playbook_version"),
        same_workspace("owner_id", "member"),
        CheckConstraint(
            "status IN ('open', 'won', 'lost', 'no_decision', 'not_now', 'withdrawn')", name="status_is_known"
        ),
        CheckConstraint(
            "(status = 'open') = (next_on IS NOT NULL) AND (next_on IS NULL) = (next_what IS NULL)"
            " AND (next_moment IS NULL OR next_on IS NOT NULL)",
            name="has_a_next_action_while_open",
        ),
        CheckConstraint(
            "(status = 'open') = (stalls_on IS NOT NULL) AND (status = 'open') = (decision_due_on IS NOT NULL)",
            name="has_deadlines_while_open",
        ),
        CheckConstraint("(status IN ('open', 'withdrawn')) = (closed_on IS NULL)", name="has_an_end_when_closed"),
        CheckConstraint("(status = 'lost') = (reason IS NOT NULL)", name="has_a_reason_when_lost"),
        CheckConstraint("(status = 'not_now') = (returns_on IS NOT NULL)", name="has_a_date_when_not_now"),
        CheckConstraint("step >= 1 AND version >= 1", name="counts_from_1"),
        *map(is_day, ("started_on", "entered_on", "next_on", "closed_on", "returns_on")),
        *map(is_day, ("stalls_on", "decision_due_on", "waiting_until")),
        Index("uq_journey_one_open_per_prospect", "prospect_id", unique=True, **WHILE_OPEN),
        Index("uq_journey_import_key", "workspace_id", "import_key", unique=True, **IMPORTED),
        Index("ix_journey_prospect", "workspace_id", "prospect_id"),
        Index("ix_journey_source", "workspace_id", "source"),
        # For the lists, which are of open journeys: by next action, by decision; of all, of an owner, of a source.
        # `status` stands in those that are counted along: SQLite looks it up for each row otherwise.
        Index("ix_journey_next", "workspace_id", "next_on", "status", **WHILE_OPEN),
        Index("ix_journey_due", "workspace_id", "decision_due_on", **WHILE_OPEN),
        Index("ix_journey_owner_next", "workspace_id", "owner_id", "next_on", "status", **WHILE_OPEN),
        Index("ix_journey_owner_due", "workspace_id", "owner_id", "decision_due_on", **WHILE_OPEN),
        # For alerts: what stalled in time or used up the step's contacts, and what is back from *not now*.
        Index("ix_journey_owner_stalls", "workspace_id", "owner_id", "stalls_on", **WHILE_OPEN),
        Index("ix_journey_owner_exhausted", "workspace_id", "owner_id", **EXHAUSTED),
        Index("ix_journey_owner_returns", "workspace_id", "owner_id", "returns_on", **NOT_NOW),
        Index("ix_journey_source_next", "workspace_id", "source", "next_on", **WHILE_OPEN),
        # All that counting per step asks for, so that it need not look at the journeys.
        Index("ix_journey_step", "workspace_id", "playbook_id", "step", *_STALLING, **WHILE_OPEN),
    )

    id: Mapped[RowId]
    workspace_id: Mapped[Id]
    prospect_id: Mapped[Id]
    playbook_id: Mapped[Id]
    owner_id: Mapped[Id]
    version: Mapped[int]
    status: Mapped[Status]
    step: Mapped[Small]
    source: Mapped[str | None]
    started_on: Mapped[date]
    entered_on: Mapped[date]
    next_on: Mapped[date | None]
    next_what: Mapped[str | None]
    next_moment: Mapped[str | None]
    stalls_on: Mapped[date | None]
    decision_due_on: Mapped[date | None]
    waiting_until: Mapped[date | None]
    exhausted: Mapped[bool]
    reason: Mapped[str | None]
    returns_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    import_key: Mapped[str | None]


class EventRow(Row):
    """What happened; never changed, never removed. `payload` is the event without what has a column.

    `step` is the step that was entered, `undoes` the entry that was taken back; both null for other kinds.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("journey_id", "undoes"),
        same_workspace("journey_id", "journey"),
        same_workspace("by_member", "member"),
        is_instant("occurred_at"),
        is_instant("known_at"),
        is_day("on_day"),
        is_json("payload"),
        CheckConstraint("seq >= 1 AND change BETWEEN 1 AND seq", name="counts_from_1"),
        CheckConstraint(
            "CASE kind WHEN 'started' THEN coalesce(step = 1, false)"
            " WHEN 'advanced' THEN coalesce(step > 1, false) ELSE step IS NULL END",
            name="step_is_the_one_entered",
        ),
        CheckConstraint("(kind = 'undone') = (undoes IS NOT NULL)", name="undoes_one_entry"),
        CheckConstraint(
            "kind IN ('started', 'next_action_set', 'contacted', 'evidence_ticked', 'advanced', 'won', 'lost',"
            " 'no_decision', 'not_now', 'wait_agreed', 'decision_forced', 'assigned', 'undone')",
            name="kind_is_known",
        ),
        # For the effort of a stretch of days.
        Index("ix_event_contacted", "workspace_id", "on_day", **CONTACTED),
        {"sqlite_with_rowid": False},
    )

    journey_id: Mapped[Id] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    workspace_id: Mapped[Id]
    change: Mapped[int]
    kind: Mapped[str]
    step: Mapped[Small | None]
    undoes: Mapped[int | None]
    occurred_at: Mapped[datetime]
    known_at: Mapped[datetime]
    on_day: Mapped[date]
    by_member: Mapped[Id | None]
    imported: Mapped[bool] = mapped_column(server_default=false())
    payload: Mapped[dict[str, Any]]


class InboxRow(Row):
    """A request of Slack that did its work, and what it caused."""

    __tablename__ = "inbox"
    __table_args__ = (same_workspace("journey_id", "journey"), is_instant("at"))

    workspace_id: Mapped[InWorkspace] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    journey_id: Mapped[Id | None]
    change: Mapped[int | None]
