"""What a team sees of its prospects: lists, counts, everything about one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Date, Row, Text, bindparam, func, literal_column, or_, select

from playbooks.events import Assigned, NextAction, Started
from playbooks.history import Journey, Status
from playbooks.pipeline import Dossier, Filters, Line, Page, StepCount
from playbooks.ports import NotHere, Tracked
from storage.queries import lines
from storage.repositories.loading import ALL, IS_OPEN, OF_PROSPECT, load
from storage.repositories.members import Members
from storage.repositories.playbooks import Playbooks
from storage.repositories.prospects import Prospects
from storage.rows import EventRow, JourneyRow
from storage.scope import HERE, Scope

_FIRST_SOURCE = select(func.min(JourneyRow.source)).where(JourneyRow.workspace_id == HERE)
_NEXT_SOURCE = _FIRST_SOURCE.where(JourneyRow.source > bindparam("after", type_=Text))

_SINCE = bindparam("since", type_=Date)
_ACTIVE = ALL.where(
    or_(IS_OPEN, JourneyRow.closed_on >= _SINCE),  # what closed before is left alone, however much there is
    select(EventRow.seq)
    .where(
        EventRow.journey_id == JourneyRow.id,
        EventRow.on_day >= _SINCE,
        # To plan is nothing that happened: an import plans a look at everybody who is open.
        EventRow.kind != literal_column("'next_action_set'"),
    )
    .exists(),
)


class Pipeline:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def page(self, filters: Filters, *, today: date, offset: int, limit: int) -> Page:
        named, values = _said(filters)
        rows = self._scope.read(
            lines.page(named), today=today, reach=offset + limit, most=limit, offset=offset, **values
        ).all()
        total = rows[0].total if rows else self._scope.read(lines.total(named), **values).scalar_one()
        return Page(tuple(map(self._line, rows)), offset, total)

    def line(self, journey_id: int) -> Line:
        row = self._scope.read(lines.LINE, journey=journey_id).one_or_none()
        if row is None:
            raise NotHere(f"no journey {journey_id} in this workspace")
        return self._line(row)

    def counts(self, filters: Filters, today: date) -> Sequence[StepCount]:
        """Step by step, one playbook after another, the default one first."""
        named, values = _said(filters)
        books = Playbooks(self._scope)
        order = {published.key: place for place, published in enumerate(books.current())}
        found: dict[tuple[int, int], StepCount] = {}
        for row in self._scope.read(lines.counts(named), today=today, **values):
            book = books.get(row.newest)
            place = order.get(book.key, len(order)), row.step  # the last: another process published it just now
            earlier = found.get(place)
            found[place] = StepCount(
                step_number=row.step,
                step_name=book.step(row.step).name,
                open=row.open + (earlier.open if earlier else 0),
                stalled=row.stalled + (earlier.stalled if earlier else 0),
            )
        return [found[place] for place in sorted(found)]

    def dossier(self, prospect_id: int) -> Dossier:
        found = [load(self._scope, row) for row in self._scope.read(OF_PROSPECT, prospect=prospect_id)]
        prospect = found[0].prospect if found else Prospects(self._scope).get(prospect_id)
        people = {member for tracked in found for member in _who_is_in(tracked.journey)}
        return Dossier(
            prospect=prospect,
            journeys=tuple((tracked.id, tracked.journey) for tracked in found),
            members=Members(self._scope).those(people) if people else {},
        )

    def sources(self) -> Sequence[str]:
        """By name. Hops from one to the next along the index: there are few sources and many journeys."""
        found = []
        source = self._scope.read(_FIRST_SOURCE).scalar_one()
        while source is not None:
            found.append(source)
            source = self._scope.read(_NEXT_SOURCE, after=source).scalar_one()
        return found

    def active_since(self, day: date) -> Sequence[Tracked]:
        return [load(self._scope, row) for row in self._scope.read(_ACTIVE, since=day)]

    def _line(self, row: Row[*tuple[Any, ...]]) -> Line:
        book = Playbooks(self._scope).get(row.newest if row.status is Status.OPEN else row.playbook_id)
        action = NextAction.model_construct(on=row.next_on, what=row.next_what, moment=row.next_moment)
        return Line(
            prospect_id=row.prospect_id,
            journey_id=row.journey_id,
            version=row.version,
            name=row.name,
            step_number=row.step,
            step_name=book.step(row.step).name,
            steps=book.last,
            status=row.status,
            owner=row.owner_id,
            next_action=action if row.next_on else None,
            stalls_on=row.stalls_on,
            decision_due_on=row.decision_due_on,
            waiting_until=row.waiting_until,
            exhausted=row.exhausted,
            source=row.source,
            playbook=book.key,
        )


def _said(filters: Filters) -> tuple[frozenset[str], dict[str, Any]]:
    """Which filters are set, and their values."""
    values = {name: value for name, value in asdict(filters).items() if value is not None}
    return frozenset(values), values


def _who_is_in(journey: Journey) -> set[int]:
    """The members who did something on this journey, or own it."""
    found = {journey.owner} | {entry.by for entry in journey.history if entry.by is not None}
    found |= {entry.event.owner for entry in journey.history if isinstance(entry.event, Started | Assigned)}
    return found
