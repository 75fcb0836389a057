"""The statements behind a list of prospects: one round trip a page, at a cost that follows the page.

Urgency is an order of three parts: overdue, decision due, the rest, each by the date of the next action. Each
part is read along an index of open journeys, no further than the page reaches; sorting all open prospects of a
workspace to show ten would cost more with every prospect added.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from storage.repositories.loading import IS_OPEN
from storage.repositories.playbooks import NEWEST
from storage.rows import JourneyRow, PlaybookRow, ProspectRow
from storage.scope import HERE

TODAY = bindparam("today", type_=Date)
_NOT_WAITING = or_(JourneyRow.waiting_until.is_(None), JourneyRow.waiting_until <= TODAY)
_DUE = (JourneyRow.decision_due_on <= TODAY) & _NOT_WAITING
_REACH: ColumnElement[int] = bindparam("reach", type_=Integer)
_ON = bindparam("stalled_on", type_=Date)
_DUE_ON = bindparam("decision_due_on", type_=Date)
_PREDICATES: dict[str, ColumnElement[bool]] = {
    "owner": JourneyRow.owner_id == bindparam("owner"),
    "step_number": JourneyRow.step == bindparam("step_number"),
    "source": JourneyRow.source == bindparam("source"),
    "stalled_on": or_(JourneyRow.waiting_until.is_(None), JourneyRow.waiting_until <= _ON)
    & or_(JourneyRow.exhausted, JourneyRow.stalls_on <= _ON),
    "due_by": JourneyRow.next_on <= bindparam("due_by", type_=Date),
    "decision_due_on": or_(JourneyRow.waiting_until.is_(None), JourneyRow.waiting_until <= _DUE_ON)
    & (JourneyRow.decision_due_on <= _DUE_ON),
    "waiting_on": JourneyRow.waiting_until > bindparam("waiting_on", type_=Date),
    "playbook": JourneyRow.playbook_id.in_(
        select(PlaybookRow.id).where(PlaybookRow.workspace_id == HERE, PlaybookRow.key == bindparam("playbook"))
    ),
}

COLUMNS: tuple[Any, ...] = (
    ProspectRow.id.label("prospect_id"),
    ProspectRow.name,
    JourneyRow.id.label("journey_id"),
    JourneyRow.version,
    JourneyRow.status,
    JourneyRow.step,
    JourneyRow.owner_id,
    JourneyRow.playbook_id,
    JourneyRow.source,
    JourneyRow.next_on,
    JourneyRow.next_what,
    JourneyRow.next_moment,
    JourneyRow.stalls_on,
    JourneyRow.decision_due_on,
    JourneyRow.waiting_until,
    JourneyRow.exhausted,
    NEWEST,
)
LINE: Select[*tuple[Any, ...]] = (
    select(*COLUMNS)
    .join(ProspectRow, ProspectRow.id == JourneyRow.prospect_id)
    .where(JourneyRow.workspace_id == HERE, JourneyRow.id == bindparam("journey"))
)


@lru_cache(maxsize=32)
def page(named: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """The page of open prospects that pass these filters; takes `reach`, the number of lines up to its end."""
    overdue = JourneyRow.next_on < TODAY
    # The date of our next action must not find these: the index of decisions has them together.
    later = func.coalesce(JourneyRow.next_on, TODAY) >= TODAY
    first = _part(0, _ordered(named, overdue), reaching=_REACH)
    second = _part(1, _ordered(named, later, _DUE), reaching=_REACH - _length(first))
    rest = _ordered(named, ~overdue, or_(JourneyRow.decision_due_on > TODAY, JourneyRow.waiting_until > TODAY))
    third = _part(2, rest, reaching=_REACH - _length(first) - _length(second))
    urgent = union_all(select(first), select(second), select(third)).subquery("urgent")
    whole = total(named).correlate(None).scalar_subquery()
    return (
        select(*COLUMNS, whole.label("total"))
        .join(ProspectRow, ProspectRow.id == JourneyRow.prospect_id)
        .join(urgent, urgent.c.id == JourneyRow.id)
        .order_by(urgent.c.part, urgent.c.next_on, urgent.c.id)
        .limit(bindparam("most", type_=Integer))
        .offset(bindparam("offset", type_=Integer))
    )


@lru_cache(maxsize=32)
def total(named: frozenset[str]) -> Select[int]:
    """How many there are; said in the index's words, so that SQLite counts there and not in the table."""
    return select(func.count()).select_from(JourneyRow).where(*passing(named), JourneyRow.next_on.is_not(None))


@lru_cache(maxsize=32)
def counts(named: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """Open journeys by playbook version and step, and how many of each are stalled."""
    stalled = func.count().filter(_NOT_WAITING, or_(JourneyRow.exhausted, JourneyRow.stalls_on <= TODAY))
    return (
        select(
            JourneyRow.playbook_id, JourneyRow.step, func.count().label("open"), stalled.label("stalled"), NEWEST
        )
        .where(*passing(named))
        .group_by(JourneyRow.playbook_id, JourneyRow.step)
    )


def passing(named: frozenset[str]) -> list[ColumnElement[bool]]:
    return [JourneyRow.workspace_id == HERE, IS_OPEN, *(_PREDICATES[name] for name in sorted(named))]


def _ordered(named: frozenset[str], *where: ColumnElement[bool]) -> Select[int, date | None]:
    return (
        select(JourneyRow.id, JourneyRow.next_on)
        .where(*passing(named), *where)
        .order_by(JourneyRow.next_on, JourneyRow.id)
    )


def _part(number: int, ordered: Select[int, date | None], *, reaching: ColumnElement[int]) -> CTE:
    part = literal_column(str(number), Integer).label("part")
    return ordered.add_columns(part).limit(reaching).cte(f"part_{number}")


def _length(part: CTE) -> ColumnElement[int]:
    """How many lines a part has: the next one reaches only as far as the page is not full yet."""
    return select(func.count()).select_from(part).scalar_subquery()
