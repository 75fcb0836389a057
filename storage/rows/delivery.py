"""The ledger: what is owed, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from playbooks.deliveries import Kind, State
from storage.rows.base import Id, InWorkspace, Row, RowId, Small, is_day, is_instant, rows_while, same_workspace
from storage.types import words

FREE = "state = 'due' AND NOT with_daily"
"""Neither ended, nor claimed, nor a section of somebody's daily message."""
WAITING = "state = 'due' AND with_daily"
CLAIMED = "state = 'claimed'"
FOLLOWED = "follow_at IS NOT NULL"
NOT_SENT = "state <> 'sent'"
OF_JOURNEY = "journey_id IS NOT NULL"
OF_MEMBER = "member_id IS NOT NULL"
OF_TEAM = "team_id IS NOT NULL"

_INSTANTS = ("due_at", "expires_at", "lease_until", "not_before", "first_claimed_at", "sent_at", "follow_at")


class DeliveryRow(Row):
    """A message that is owed, or was; see `playbooks.deliveries`."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        same_workspace("member_id", "member"),
        same_workspace("team_id", "team"),
        same_workspace("journey_id", "journey"),
        *map(is_instant, _INSTANTS),
        is_day("local_date"),
        is_day("run_on"),
        CheckConstraint(
            "kind IN ('daily', 'reminder', 'stall', 'decision', 'escalation', 'closing', 'closed', 'returning',"
            " 'digest', 'focus', 'intake', 'notice')",
            name="kind_is_known",
        ),
        CheckConstraint(
            "state IN ('due', 'claimed', 'sent', 'failed', 'expired', 'unknown', 'cancelled')",
            name="state_is_known",
        ),
        CheckConstraint("(state = 'due') = (not_before IS NOT NULL)", name="has_an_instant_while_due"),
        CheckConstraint(
            "(state = 'claimed') = (lease_until IS NOT NULL) AND (owner IS NULL) = (lease_until IS NULL)",
            name="has_an_owner_while_claimed",
        ),
        CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL) AND (sent_at IS NULL OR ts IS NOT NULL)",
            name="has_a_place_when_sent",
        ),
        CheckConstraint("carrier IS NULL OR with_daily", name="is_carried_by_a_daily_only"),
        CheckConstraint("attempt >= 0 AND strikes >= 0", name="counts_from_0"),
        Index("ix_delivery_free", "not_before", **rows_while(FREE)),
        Index("ix_delivery_expires", "expires_at", **rows_while(FREE)),
        Index("ix_delivery_lease", "lease_until", **rows_while(CLAIMED)),
        # Which workspaces have something to follow, and what it is in one of them.
        Index("ix_delivery_follow", "follow_at", "workspace_id", **rows_while(FOLLOWED)),
        Index("ix_delivery_followed", "workspace_id", "follow_at", **rows_while(FOLLOWED)),
        Index("ix_delivery_recipient", "workspace_id", "recipient", **rows_while(FREE)),
        Index("ix_delivery_carrier", "workspace_id", "carrier", **rows_while(WAITING)),
        Index("ix_delivery_waiting", "workspace_id", "member_id", **rows_while(WAITING)),
        Index("ix_delivery_state", "workspace_id", "state", "due_at", **rows_while(NOT_SENT)),
        Index("ix_delivery_journey", "workspace_id", "journey_id", "kind", "run_on", **rows_while(OF_JOURNEY)),
        Index("ix_delivery_member", "workspace_id", "member_id", "kind", "sent_at", **rows_while(OF_MEMBER)),
        Index("ix_delivery_team", "workspace_id", "team_id", "kind", "sent_at", **rows_while(OF_TEAM)),
    )

    id: Mapped[RowId]
    workspace_id: Mapped[InWorkspace]
    key: Mapped[str]
    kind: Mapped[Kind] = mapped_column(words(Kind))
    recipient: Mapped[str]
    member_id: Mapped[Id | None]
    team_id: Mapped[Id | None]
    journey_id: Mapped[Id | None]
    step: Mapped[Small | None]
    local_date: Mapped[date | None]
    run_on: Mapped[date | None]
    with_daily: Mapped[bool] = mapped_column(server_default=false())
    carrier: Mapped[str | None]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[State] = mapped_column(words(State))
    attempt: Mapped[int]
    strikes: Mapped[int]
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    uncertain: Mapped[bool] = mapped_column(server_default=false())
    first_claimed_at: Mapped[datetime | None]
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
    said: Mapped[str | None]
    follow_at: Mapped[datetime | None]
