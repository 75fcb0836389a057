"""Who works here, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, case, delete, insert, literal, or_, select, update

from playbooks.calendar import Calendar, DaysOff
from playbooks.ports import NewMember, NotHere
from playbooks.public_holidays import PublicHolidays
from playbooks.team import Member, Rhythm
from storage.inserts import InsertIfNew
from storage.json_sql import listed, rows_in
from storage.remembered import Remembered
from storage.rows import DayOffRow, MemberRow
from storage.scope import HERE, Scope
from storage.types import EARLIEST, Instant, instant

_COLUMNS: tuple[Any, ...] = tuple(getattr(MemberRow, field.name) for field in fields(Member))
_MEMBERS = select(*_COLUMNS).where(MemberRow.workspace_id == HERE)
_BY_SLACK_ID = _MEMBERS.where(MemberRow.slack_id == bindparam("slack_id"))
_BY_ID = _MEMBERS.where(MemberRow.id == bindparam("id"))
_BY_IDS = _MEMBERS.where(MemberRow.id.in_(bindparam("ids", expanding=True)))
_ADD = InsertIfNew(MemberRow, ["workspace_id", "slack_id"], *_COLUMNS)
_ALL = _MEMBERS.order_by(MemberRow.name, MemberRow.id)

ANEW = instant(EARLIEST)
"""When to look next at a member or a team about whom something changed: at once."""

DAYS_OFF = listed(DayOffRow.first, DayOffRow.last, where=DayOffRow.member_id == MemberRow.id)
"""The days off of the enclosing statement's member, for `calendar_of`."""

CALENDAR: tuple[Any, ...] = (
    MemberRow.zone.label("member_zone"),
    MemberRow.weekdays,
    MemberRow.country,
    MemberRow.region,
    DAYS_OFF.label("days_off"),
)
"""What `calendar_of` reads."""

_RHYTHM: tuple[Any, ...] = tuple(getattr(MemberRow, field.name) for field in fields(Rhythm))
_ONE = (MemberRow.workspace_id == HERE, MemberRow.id == bindparam("id"))
_CALENDAR = select(*CALENDAR).where(*_ONE)
_RHYTHM_OF = select(*_RHYTHM).where(*_ONE)
_RHYTHMS = select(MemberRow.id, *_RHYTHM).where(MemberRow.workspace_id == HERE)
_THIS_ONE = (MemberRow.workspace_id == bindparam("here"), MemberRow.id == bindparam("member_id"))
_MOVED = or_(MemberRow.zone != bindparam("zone"), MemberRow.active != bindparam("active"))
_PLANNED = MemberRow.next_daily_at.is_not(None)
_ANEW_IF_PLANNED = case((_PLANNED, literal(ANEW, Instant())), else_=MemberRow.next_daily_at)
_UPDATE = (
    update(MemberRow)
    .where(*_THIS_ONE)
    .values({name: bindparam(name) for name in ("name", "role", "locale", "zone", "language", "active")})
    .values(next_daily_at=case((_PLANNED & _MOVED, literal(ANEW, Instant())), else_=MemberRow.next_daily_at))
)
_SET_RHYTHM = (
    update(MemberRow)
    .where(*_THIS_ONE)
    .values({field.name: bindparam(field.name) for field in fields(Rhythm)})
    .values(next_daily_at=_ANEW_IF_PLANNED)
)
_LOOK_ANEW = update(MemberRow).where(*_THIS_ONE).values(next_daily_at=_ANEW_IF_PLANNED)
_FORGET_DAYS_OFF = delete(DayOffRow).where(
    DayOffRow.workspace_id == bindparam("here"), DayOffRow.member_id == bindparam("member_id")
)


def calendar_of(row: Row[*tuple[Any, ...]]) -> Calendar:
    """The member's working weekdays without public holidays and days off, from the `CALENDAR` in this row."""
    holidays = PublicHolidays(row.country, row.region) if row.country else frozenset[date]()
    return Calendar(row.member_zone, row.weekdays, holidays, _stretches(row.days_off))


def _stretches(days_off: str | None) -> tuple[DaysOff, ...]:
    stretches = sorted((date.fromisoformat(first), date.fromisoformat(last)) for first, last in rows_in(days_off))
    return tuple(DaysOff(first, last) for first, last in stretches)


class Members:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def by_slack_id(self, slack_id: str) -> Member | None:
        def read() -> Member | None:
            row = self._scope.read(_BY_SLACK_ID, slack_id=slack_id).one_or_none()
            return Member(*row) if row else None

        return self._scope.remembered(self._memory, (self._scope.workspace.id, slack_id), read)

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
        self._scope.forget(self._memory)
        added = self._scope.write(_ADD.on(self._scope.connection), values).one_or_none()
        return Member(*(added or self._scope.read(_BY_SLACK_ID, slack_id=member.slack_id).one()))

    def update(self, member: Member) -> None:
        values = {name: getattr(member, name) for name in ("name", "role", "locale", "zone", "language", "active")}
        self._scope.forget(self._memory)
        self._scope.write(_UPDATE, {"here": self._scope.workspace.id, "member_id": member.id, **values})
        self._scope.calendars.pop(member.id, None)

    def calendar(self, member_id: int) -> Calendar:
        known = self._scope.calendars.get(member_id)
        if known is None:
            row = self._scope.read(_CALENDAR, id=member_id).one_or_none()
            if row is None:
                raise NotHere(f"no member {member_id} in this workspace")
            known = self._scope.calendars[member_id] = calendar_of(row)
        return known

    def rhythm(self, member_id: int) -> Rhythm:
        row = self._scope.read(_RHYTHM_OF, id=member_id).one_or_none()
        if row is None:
            raise NotHere(f"no member {member_id} in this workspace")
        return Rhythm(*row)

    def rhythms(self) -> dict[int, Rhythm]:
        return {row.id: Rhythm(*row[1:]) for row in self._scope.read(_RHYTHMS)}

    def set_rhythm(self, member_id: int, rhythm: Rhythm) -> None:
        self._scope.write(_SET_RHYTHM, {**self._this(member_id), **asdict(rhythm)})
        self._scope.calendars.pop(member_id, None)

    def days_off(self, member_id: int) -> Sequence[DaysOff]:
        row = self._scope.read(_CALENDAR, id=member_id).one_or_none()
        return _stretches(row.days_off) if row else ()

    def set_days_off(self, member_id: int, days_off: Sequence[DaysOff]) -> None:
        this = self._this(member_id)
        self._scope.write(_FORGET_DAYS_OFF, this)
        rows = [
            {"member_id": member_id, "workspace_id": self._scope.workspace.id, **asdict(off)} for off in days_off
        ]
        if rows:
            self._scope.write(insert(DayOffRow), rows)
        self._scope.write(_LOOK_ANEW, this)
        self._scope.calendars.pop(member_id, None)

    @property
    def _memory(self) -> Remembered[tuple[int, str], Member]:
        return self._scope.memory.members

    def _this(self, member_id: int) -> dict[str, Any]:
        return {"here": self._scope.workspace.id, "member_id": member_id}
