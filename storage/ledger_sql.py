"""The statements of the ledger. A claim is a conditional update: no row changed means that another was first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, case, func, select, text, union, update

from playbooks.deliveries import FOLLOWED, State
from storage.repositories.deliveries import CHANGING, COLUMNS
from storage.rows import DeliveryRow, MemberRow, TeamRow, WorkspaceRow
from storage.rows import delivery as conditions
from storage.scope import Columns
from storage.types import Instant

MICROSECONDS = text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
"""PostgreSQL's clock at this moment, not at the beginning of the transaction."""

_NOW = bindparam("now", type_=Instant)
_ID = DeliveryRow.id == bindparam("delivery")
_FREE: Any = text(conditions.FREE)
_CLAIMED: Any = text(conditions.CLAIMED)
_WAITING: Any = text(conditions.WAITING)
NOT_SENT: Any = text(conditions.NOT_SENT)
"""Said beside the states that are asked for, so that the databases see which index will do."""
_DELIVERIES: Select[*tuple[Any, ...]] = select(*COLUMNS)

BY_ID = _DELIVERIES.where(_ID)
DUE = (
    _DELIVERIES.where(_FREE, DeliveryRow.not_before <= _NOW)
    .order_by(DeliveryRow.not_before, DeliveryRow.id)
    .limit(bindparam("most"))
)
CLAIM = (
    update(DeliveryRow)
    .where(_ID, _FREE, DeliveryRow.not_before <= _NOW)
    .values(
        state=State.CLAIMED,
        owner=bindparam("owner"),
        attempt=DeliveryRow.attempt + 1,
        lease_until=bindparam("until", type_=Instant),
        not_before=None,
        first_claimed_at=func.coalesce(DeliveryRow.first_claimed_at, _NOW, type_=Instant),
    )
    .returning(*COLUMNS)
)
_MINE = (
    _ID,
    _CLAIMED,
    DeliveryRow.owner == bindparam("mine"),
    DeliveryRow.attempt == bindparam("claim"),
)
HOLDS = select(DeliveryRow.id).where(*_MINE, DeliveryRow.lease_until >= bindparam("enough", type_=Instant))
RECORD = update(DeliveryRow).where(*_MINE).values({name: bindparam(name) for name in CHANGING})
HOLD_BACK = (
    update(DeliveryRow)
    .where(
        DeliveryRow.workspace_id == bindparam("here"),
        DeliveryRow.recipient == bindparam("who"),
        _FREE,
        DeliveryRow.not_before < bindparam("until", type_=Instant),
    )
    .values(not_before=bindparam("until", type_=Instant))
)
LAPSED = (
    _DELIVERIES.where(_CLAIMED, DeliveryRow.lease_until < _NOW)
    .order_by(DeliveryRow.lease_until)
    .limit(bindparam("most"))
)
_CERTAIN: Any = text("NOT uncertain")
LATE = (
    _DELIVERIES.where(_FREE, DeliveryRow.expires_at <= _NOW, _CERTAIN)
    .order_by(DeliveryRow.expires_at)
    .limit(bindparam("most"))
)
EXPIRE = update(DeliveryRow).where(_ID, _FREE, _CERTAIN).values(state=State.EXPIRED, not_before=None)

# The sections of a daily message.
_CARRIED = (DeliveryRow.workspace_id == bindparam("here"), _WAITING, DeliveryRow.carrier == bindparam("daily"))
LET_WAIT = update(DeliveryRow).where(*_CARRIED).values(carrier=None)
_AT = bindparam("at", type_=Instant)
ALL_ARRIVED = (
    update(DeliveryRow)
    .where(*_CARRIED)
    .values(
        state=State.SENT,
        not_before=None,
        channel=bindparam("channel"),
        ts=bindparam("ts"),
        sent_at=_AT,
        follow_at=case((DeliveryRow.kind.in_(sorted(FOLLOWED)), _AT)),
    )
)
ARRIVED = ALL_ARRIVED.where(DeliveryRow.key.in_(bindparam("covers", expanding=True)))
NO_LONGER_TRUE = update(DeliveryRow).where(*_CARRIED).values(state=State.CANCELLED, not_before=None)

# By hand. What is tried again is no longer too late, and goes by itself.
_ANEW: dict[str, Any] = {
    "state": State.DUE,
    "not_before": _NOW,
    "expires_at": None,
    "with_daily": False,
    "carrier": None,
    "strikes": 0,
}
RETRY = (
    update(DeliveryRow)
    .where(_ID, DeliveryRow.state.in_([State.FAILED, State.EXPIRED, State.CANCELLED, State.UNKNOWN]))
    .values(**_ANEW)
)
SEND_ANYWAY = update(DeliveryRow).where(_ID, DeliveryRow.state == State.UNKNOWN).values(**_ANEW, uncertain=False)

COUNTS: Select[*tuple[Any, ...]] = (
    select(DeliveryRow.state, func.count().label("number")).where(NOT_SENT).group_by(DeliveryRow.state)
)
"""How many are in each state; not those that were sent, which are all of the past."""
OLDEST: Select[*tuple[Any, ...]] = select(func.min(DeliveryRow.due_at)).where(
    _FREE, DeliveryRow.not_before <= _NOW
)
NEWEST_FIRST = _DELIVERIES.order_by(DeliveryRow.id.desc()).limit(bindparam("most"))

WITH_PLANS = (
    select(WorkspaceRow.slack_id)
    .where(
        WorkspaceRow.id.in_(
            union(
                select(MemberRow.workspace_id).where(text("active"), MemberRow.next_daily_at <= _NOW),
                select(MemberRow.workspace_id).where(text("active"), MemberRow.next_daily_at.is_(None)),
                select(TeamRow.workspace_id).where(TeamRow.next_digest_at <= _NOW),
                select(TeamRow.workspace_id).where(TeamRow.next_digest_at.is_(None)),
                select(DeliveryRow.workspace_id).where(text(conditions.FOLLOWED), DeliveryRow.follow_at <= _NOW),
            )
        )
    )
    .order_by(WorkspaceRow.id)
)


def in_workspace(statement: Select[*Columns], slack_team: str | None) -> Select[*Columns]:
    """Only this workspace's; None: all."""
    if slack_team is None:
        return statement
    workspace = select(WorkspaceRow.id).where(WorkspaceRow.slack_id == slack_team)
    return statement.where(DeliveryRow.workspace_id == workspace.scalar_subquery())
