"""Who is owed what, read along indexed instants: what is not due costs nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Row, Select, bindparam, case, exists, func, or_, select, text, update
from sqlalchemy.orm import aliased

from playbooks.deliveries import Delivery, Kind
from playbooks.history import Status
from playbooks.ledger import Alert, DueMember, DueTeam
from playbooks.ports import NotHere
from playbooks.team import Member, Rhythm
from storage.given import is_among
from storage.repositories.deliveries import COLUMNS, delivery_from
from storage.repositories.loading import IS_OPEN
from storage.repositories.members import CALENDAR, calendar_of
from storage.repositories.teams import TEAMS, team_from
from storage.rows import DeliveryRow, JourneyRow, MemberRow, TeamRow
from storage.rows.delivery import FOLLOWED, WAITING
from storage.rows.journey import EXHAUSTED, NOT_NOW
from storage.scope import HERE, Scope
from storage.types import Instant

_NOW = bindparam("now", type_=Instant)
_MEMBER = tuple(field.name for field in fields(Member))
_RHYTHM = tuple(field.name for field in fields(Rhythm))
_MEMBERS: Select[*tuple[Any, ...]] = select(
    *(getattr(MemberRow, name) for name in _MEMBER),
    *(getattr(MemberRow, name).label(f"rhythm_{name}") for name in _RHYTHM),
    *CALENDAR,
    MemberRow.next_daily_at,
).where(MemberRow.workspace_id == HERE)
_ACTIVE = _MEMBERS.where(text("active")).limit(bindparam("most"))
_DUE = _ACTIVE.where(MemberRow.next_daily_at <= _NOW).order_by(MemberRow.next_daily_at, MemberRow.id)
_NEW = _ACTIVE.where(MemberRow.next_daily_at.is_(None)).order_by(MemberRow.id)
_ONE = _MEMBERS.where(MemberRow.id == bindparam("id"))
_SET_NEXT = (
    update(MemberRow)
    .where(MemberRow.workspace_id == bindparam("here"), is_among(MemberRow.id, "ids"))
    .values(next_daily_at=bindparam("at"))
)
_TEAMS = TEAMS.where(or_(TeamRow.next_digest_at <= _NOW, TeamRow.next_digest_at.is_(None))).limit(
    bindparam("most")
)
_SET_NEXT_DIGEST = (
    update(TeamRow)
    .where(TeamRow.workspace_id == bindparam("here"), TeamRow.id == bindparam("team"))
    .values(next_digest_at=bindparam("at"))
)
_SEQUELS = (
    select(*COLUMNS)
    .where(DeliveryRow.workspace_id == HERE, text(FOLLOWED), DeliveryRow.follow_at <= _NOW)
    .order_by(DeliveryRow.follow_at, DeliveryRow.id)
    .limit(bindparam("most"))
)
_SET_FOLLOW = (
    update(DeliveryRow)
    .where(DeliveryRow.workspace_id == bindparam("here"), DeliveryRow.id == bindparam("delivery"))
    .values(follow_at=bindparam("at"))
)
_WAIT: Select[*tuple[Any, ...]] = (
    select(DeliveryRow.member_id)
    .distinct()
    .where(
        DeliveryRow.workspace_id == HERE,
        text(WAITING),
        is_among(DeliveryRow.member_id, "ids"),
        DeliveryRow.carrier.is_(None),
    )
)
_CARRY = (
    update(DeliveryRow)
    .where(
        DeliveryRow.workspace_id == bindparam("here"),
        text(WAITING),
        DeliveryRow.member_id == bindparam("member"),
        # Another day's message may still turn out to have arrived, and its sections with it.
        DeliveryRow.carrier.is_(None),
    )
    .values(carrier=bindparam("daily"))
)

_TODAY = bindparam("today", type_=Date)
_NOT_WAITING = or_(JourneyRow.waiting_until.is_(None), JourneyRow.waiting_until <= _TODAY)
_STALLED_SINCE = func.coalesce(JourneyRow.waiting_until, JourneyRow.entered_on, type_=Date)
"""A wait that ended without progress makes another stall of the same step."""
_ASKED_ON = case(
    (JourneyRow.waiting_until > JourneyRow.decision_due_on, JourneyRow.waiting_until),
    else_=JourneyRow.decision_due_on,
)
"""And a wait that ended without a decision makes another question."""
_Later = aliased(JourneyRow)
_CAME_BACK = exists().where(
    _Later.workspace_id == JourneyRow.workspace_id,
    _Later.prospect_id == JourneyRow.prospect_id,
    _Later.id > JourneyRow.id,
    _Later.status != Status.WITHDRAWN,
)


def _untold(kind: Kind, run_on: Any, *where: Any) -> Select[*tuple[Any, ...]]:
    """Journeys of these owners that their owner was not told of in this run of this step."""
    told = exists().where(
        DeliveryRow.workspace_id == JourneyRow.workspace_id,
        DeliveryRow.journey_id == JourneyRow.id,
        DeliveryRow.kind == kind,
        DeliveryRow.step == JourneyRow.step,
        DeliveryRow.run_on == run_on,
    )
    return select(JourneyRow.id, JourneyRow.step, JourneyRow.owner_id, run_on.label("run_on")).where(
        JourneyRow.workspace_id == HERE, is_among(JourneyRow.owner_id, "ids"), *where, ~told
    )


_ALERTS = (
    (Kind.STALL, _untold(Kind.STALL, _STALLED_SINCE, IS_OPEN, JourneyRow.stalls_on <= _TODAY, _NOT_WAITING)),
    (Kind.STALL, _untold(Kind.STALL, _STALLED_SINCE, EXHAUSTED["sqlite_where"], _NOT_WAITING)),
    (
        Kind.DECISION,
        _untold(
            Kind.DECISION,
            _ASKED_ON,
            IS_OPEN,
            JourneyRow.decision_due_on <= _TODAY,
            _NOT_WAITING,
        ),
    ),
    (
        Kind.RETURNING,
        _untold(
            Kind.RETURNING,
            JourneyRow.returns_on,
            NOT_NOW["sqlite_where"],
            JourneyRow.returns_on <= _TODAY,
            ~_CAME_BACK,
        ),
    ),
)


class Agenda:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def members(self, now: datetime, limit: int) -> Sequence[DueMember]:
        due = [_due_member(row) for row in self._scope.read(_DUE, now=now, most=limit)]
        room = limit - len(due)
        new = [_due_member(row) for row in self._scope.read(_NEW, most=room)] if room else []
        return due + new

    def member(self, member_id: int) -> DueMember:
        row = self._scope.read(_ONE, id=member_id).one_or_none()
        if row is None:
            raise NotHere(f"no member {member_id} in this workspace")
        return _due_member(row)

    def set_next_dailies(self, instants: Mapping[int, datetime]) -> None:
        here = self._scope.workspace.id
        at_once: dict[datetime, list[int]] = defaultdict(list)
        for member, at in sorted(instants.items()):
            at_once[at].append(member)  # whoever lives by the same clock is looked at again at the same instant
        # In the order of the instants: two that plan the same at once wait for each other one way round only.
        rows = [{"here": here, "ids": ids, "at": at} for at, ids in sorted(at_once.items())]
        if rows:
            self._scope.write(_SET_NEXT, rows)

    def teams(self, now: datetime, limit: int) -> Sequence[DueTeam]:
        rows = self._scope.read(_TEAMS, now=now, most=limit)
        return [DueTeam(team_from(row), row.next_digest_at) for row in rows]

    def set_next_digest(self, team_id: int, at: datetime) -> None:
        self._scope.write(_SET_NEXT_DIGEST, {"here": self._scope.workspace.id, "team": team_id, "at": at})

    def alerts(self, owners: Mapping[int, date]) -> Sequence[Alert]:
        return list({alert.key: alert for alert in self._alerts(owners)}.values())

    def carry(self, dailies: Mapping[int, str]) -> None:
        waiting = sorted(self._scope.read(_WAIT, ids=list(dailies)).scalars())
        here = self._scope.workspace.id
        rows = [{"here": here, "member": member, "daily": dailies[member]} for member in waiting]
        if rows:
            self._scope.write(_CARRY, rows)

    def sequels(self, now: datetime, limit: int) -> Sequence[Delivery]:
        return [delivery_from(row) for row in self._scope.read(_SEQUELS, now=now, most=limit)]

    def set_follow_at(self, delivery_id: int, at: datetime | None) -> None:
        self._scope.write(_SET_FOLLOW, {"here": self._scope.workspace.id, "delivery": delivery_id, "at": at})

    def _alerts(self, owners: Mapping[int, date]) -> Iterator[Alert]:
        by_day: dict[date, list[int]] = defaultdict(list)
        for owner, today in owners.items():
            by_day[today].append(owner)
        for today, ids in by_day.items():
            for kind, statement in _ALERTS:
                for row in self._scope.read(statement, today=today, ids=ids):
                    yield Alert(kind, row.id, row.step, row.owner_id, row.run_on)


def _due_member(row: Row[*tuple[Any, ...]]) -> DueMember:
    rhythm = row[len(_MEMBER) : len(_MEMBER) + len(_RHYTHM)]
    return DueMember(Member(*row[: len(_MEMBER)]), Rhythm(*rhythm), calendar_of(row), row.next_daily_at)
