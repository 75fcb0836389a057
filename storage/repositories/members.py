"""Who works here, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

from playbooks.calendar import Calendar, DaysOff
from playbooks.ports import NewMember, NotHere
from playbooks.team import Member
from storage.inserts import InsertIfNew
from storage.json_sql import listed, rows_in
from storage.rows import DayOffRow, MemberRow
from storage.scope import HERE, Scope

_COLUMNS: tuple[Any, ...] = tuple(getattr(MemberRow, field.name) for field in fields(Member))
_MEMBERS = select(*_COLUMNS).where(MemberRow.workspace_id == HERE)
_BY_SLACK_ID = _MEMBERS.where(MemberRow.slack_id == bindparam("slack_id"))
_BY_ID = _MEMBERS.where(MemberRow.id == bindparam("id"))
_BY_IDS = _MEMBERS.where(MemberRow.id.in_(bindparam("ids", expanding=True)))
_ADD = InsertIfNew(MemberRow, ["workspace_id", "slack_id"], *_COLUMNS)
_ALL = _MEMBERS.order_by(MemberRow.name, MemberRow.id)

DAYS_OFF = listed(DayOffRow.first, DayOffRow.last, where=DayOffRow.member_id == MemberRow.id)
"""The days off of the enclosing statement's member, for `calendar_of`."""

_CALENDAR = select(MemberRow.zone, DAYS_OFF.label("days_off")).where(
    MemberRow.workspace_id == HERE, MemberRow.id == bindparam("id")
)
_UPDATE = (
    update(MemberRow)
    .where(MemberRow.workspace_id == bindparam("here"), MemberRow.id == bindparam("member_id"))
    .values({name: bindparam(name) for name in ("name", "role", "locale", "zone", "language", "active")})
)


def calendar_of(zone: str, days_off: str | None) -> Calendar:
    """Monday to Friday without the member's days off; public holidays come with the deliveries."""
    stretches = sorted((date.fromisoformat(first), date.fromisoformat(last)) for first, last in rows_in(days_off))
    return Calendar(zone, away=tuple(DaysOff(first, last) for first, last in stretches))


class Members:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def by_slack_id(self, slack_id: str) -> Member | None:
        row = self._scope.read(_BY_SLACK_ID, slack_id=slack_id).one_or_none()
        return Member(*row) if row else None

    def get(self, member_id: int) -> Member:
        row = self._scope.read(_BY_ID, id=member_id).one_or_none()
        if row is None:
            raise NotHere(f"no member {member_id} in this workspace")
        return Member(*row)

    def those(self, member_ids: set[int]) -> dict[int, Member]:
        rows = self._scope.read(_BY_IDS, ids=sorted(member_ids))
        return {member.id: member for member in (Member(*row) for row in rows)}

    def all(self) -> Sequence[Member]:
        return [Member(*row) for row in self._scope.read(_ALL)]

    def add(self, member: NewMember) -> Member:
        """Gives the member that stands when another request met the same face first."""
        values = {"workspace_id": self._scope.workspace.id, "active": True, "language": None}
        values |= {field.name: getattr(member, field.name) for field in fields(member)}
        added = self._scope.write(_ADD.on(self._scope.connection), values).one_or_none()
        return Member(*(added or self._scope.read(_BY_SLACK_ID, slack_id=member.slack_id).one()))

    def update(self, member: Member) -> None:
        values = {name: getattr(member, name) for name in ("name", "role", "locale", "zone", "language", "active")}
        self._scope.write(_UPDATE, {"here": self._scope.workspace.id, "member_id": member.id, **values})
        self._scope.calendars.pop(member.id, None)

    def calendar(self, member_id: int) -> Calendar:
        known = self._scope.calendars.get(member_id)
        if known is None:
            row = self._scope.read(_CALENDAR, id=member_id).one_or_none()
            if row is None:
                raise NotHere(f"no member {member_id} in this workspace")
            known = self._scope.calendars[member_id] = calendar_of(row.zone, row.days_off)
        return known
