"""The ledger within a unit of work: what is planned stands or falls with what caused it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, text, update

from playbooks.deliveries import SECTIONS, Delivery, Kind, Owed, State
from playbooks.ports import NotHere
from playbooks.team import Member
from storage.given import ROWS, written
from storage.inserts import InsertAllIfNew
from storage.rows import DeliveryRow, WorkspaceRow
from storage.rows.delivery import WAITING
from storage.scope import HERE, Scope
from storage.types import words

_OWED = tuple(field.name for field in fields(Owed))
_IDENTITY = frozenset({"id", "workspace_id", "slack_team", "owed"})
CHANGING = tuple(field.name for field in fields(Delivery) if field.name not in _IDENTITY)
"""The columns that an attempt changes."""

_SLACK_TEAM = select(WorkspaceRow.slack_id).where(WorkspaceRow.id == DeliveryRow.workspace_id).scalar_subquery()
COLUMNS: tuple[Any, ...] = (
    DeliveryRow.id,
    DeliveryRow.workspace_id,
    _SLACK_TEAM.label("slack_team"),
    *(getattr(DeliveryRow, name) for name in (*_OWED, *CHANGING)),
)
"""What `delivery_from` reads."""

_HERE: Select[*tuple[Any, ...]] = select(*COLUMNS).where(DeliveryRow.workspace_id == HERE)
_BY_ID = _HERE.where(DeliveryRow.id == bindparam("id"))
_SECTIONS = _HERE.where(text(WAITING), DeliveryRow.carrier == bindparam("carrier")).order_by(DeliveryRow.id)
_OF_JOURNEY = _HERE.where(DeliveryRow.journey_id == bindparam("journey")).order_by(DeliveryRow.id)
_SENT_LAST = (
    _HERE.where(DeliveryRow.kind == bindparam("kind", type_=words(Kind)), DeliveryRow.sent_at.is_not(None))
    .order_by(DeliveryRow.sent_at.desc())
    .limit(1)
)
_SENT_LAST_TO_MEMBER = _SENT_LAST.where(DeliveryRow.member_id == bindparam("member"))
_SENT_LAST_TO_TEAM = _SENT_LAST.where(DeliveryRow.team_id == bindparam("team"))
_STILL_OWED: Any = text("state = 'due' AND NOT uncertain")
_PASS_ON = (
    update(DeliveryRow)
    .where(
        DeliveryRow.workspace_id == bindparam("here"),
        DeliveryRow.member_id == bindparam("former"),
        DeliveryRow.kind.in_(bindparam("kinds", expanding=True)),
        _STILL_OWED,
    )
    .values(member_id=bindparam("to"), recipient=bindparam("whom"), with_daily=True, carrier=None)
)
_PASS_ON_JOURNEY = _PASS_ON.where(DeliveryRow.journey_id == bindparam("journey"))
_TAKE_UP_AGAIN = (
    update(DeliveryRow)
    .where(
        DeliveryRow.workspace_id == bindparam("here"),
        DeliveryRow.journey_id == bindparam("journey"),
        DeliveryRow.step == bindparam("of_step"),
        DeliveryRow.kind.in_(sorted(SECTIONS)),
        text("state = 'cancelled'"),
    )
    .values(state=State.DUE, not_before=DeliveryRow.due_at, with_daily=True, carrier=None)
)
_PLANNED = (*_OWED, "workspace_id", "state", "attempt", "strikes", "not_before")
_PLAN = InsertAllIfNew(DeliveryRow, _PLANNED, ["workspace_id", "key"], DeliveryRow.key)


def delivery_from(row: Row[*tuple[Any, ...]]) -> Delivery:
    """The delivery in a row of `COLUMNS`."""
    owed = 3 + len(_OWED)
    return Delivery(row[0], row[1], row[2], Owed(*row[3:owed]), **dict(zip(CHANGING, row[owed:], strict=True)))


class Deliveries:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def plan(self, owed: Sequence[Owed]) -> Sequence[str]:
        if not owed:
            return ()
        # In the order of the keys: two that plan the same at once wait for each other one way round only.
        rows = [self._row(each) for each in sorted(owed, key=lambda each: each.key)]
        return list(self._scope.write(_PLAN.on(self._scope.connection), {ROWS: written(rows)}).scalars())

    def get(self, delivery_id: int) -> Delivery:
        row = self._scope.read(_BY_ID, id=delivery_id).one_or_none()
        if row is None:
            raise NotHere(f"no delivery {delivery_id} in this workspace")
        return delivery_from(row)

    def sections_of(self, daily_key: str) -> Sequence[Delivery]:
        return [delivery_from(row) for row in self._scope.read(_SECTIONS, carrier=daily_key)]

    def of_journey(self, journey_id: int) -> Sequence[Delivery]:
        return [delivery_from(row) for row in self._scope.read(_OF_JOURNEY, journey=journey_id)]

    def pass_on(self, kinds: Collection[Kind], *, of: int, to: Member, journey_id: int | None = None) -> None:
        values = {"here": self._here, "former": of, "kinds": sorted(kinds), "to": to.id, "whom": to.slack_id}
        if journey_id is None:
            self._scope.write(_PASS_ON, values)
        else:
            self._scope.write(_PASS_ON_JOURNEY, values | {"journey": journey_id})

    def take_up_again(self, journey_id: int, step: int) -> None:
        self._scope.write(_TAKE_UP_AGAIN, {"here": self._here, "journey": journey_id, "of_step": step})

    def last_sent(
        self, kind: Kind, *, member_id: int | None = None, team_id: int | None = None
    ) -> Delivery | None:
        if member_id is not None:
            found = self._scope.read(_SENT_LAST_TO_MEMBER, kind=kind, member=member_id)
        elif team_id is not None:
            found = self._scope.read(_SENT_LAST_TO_TEAM, kind=kind, team=team_id)
        else:
            raise ValueError("say whose: a member's or a team's")
        row = found.one_or_none()
        return delivery_from(row) if row else None

    @property
    def _here(self) -> int:
        return self._scope.workspace.id

    def _row(self, owed: Owed) -> dict[str, Any]:
        values = {name: getattr(owed, name) for name in _OWED}
        return {
            **values,
            "workspace_id": self._here,
            "state": State.DUE,
            "attempt": 0,
            "strikes": 0,
            "not_before": owed.due_at,
        }
