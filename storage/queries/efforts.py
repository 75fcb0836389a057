"""The effort that was logged, by the step it was logged in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select
from sqlalchemy.orm import aliased

from playbooks.numbers import Logged
from storage.rows import EventRow, JourneyRow, PlaybookRow, VersionStepRow
from storage.scope import HERE, Scope

_ENTERING = aliased(EventRow)


def _stands(event: Any) -> ColumnElement[bool]:
    taken_back = aliased(EventRow)
    return ~(
        select(taken_back.seq)
        .where(taken_back.journey_id == event.journey_id, taken_back.undoes == event.seq)
        .exists()
    )


# Only the last entry in force can be taken back: what was in force when a touch was logged is so for good.
_STEP = (
    select(func.max(_ENTERING.step))
    .where(_ENTERING.journey_id == EventRow.journey_id, _ENTERING.seq < EventRow.seq, _stands(_ENTERING))
    .scalar_subquery()
)
_MOMENT = EventRow.payload["moment"].as_string()
_MINUTES = EventRow.payload["minutes"].as_integer()
_TOUCHES = (
    select(
        VersionStepRow.step_id,
        _MOMENT.label("moment"),
        func.count().label("touches"),
        func.count(_MINUTES).label("with_minutes"),
        func.sum(_MINUTES).label("minutes"),
    )
    .select_from(EventRow)
    .join(JourneyRow, JourneyRow.id == EventRow.journey_id)
    .join(PlaybookRow, PlaybookRow.id == JourneyRow.playbook_id)
    .join(
        VersionStepRow,
        (VersionStepRow.playbook_id == JourneyRow.playbook_id) & (VersionStepRow.number == _STEP),
    )
    .where(
        EventRow.workspace_id == HERE,
        EventRow.kind == literal_column("'contacted'"),  # spelled out, for the index of contacts
        EventRow.on_day.between(bindparam("since"), bindparam("until")),
        PlaybookRow.key == bindparam("key"),
        _stands(EventRow),
    )
    .group_by(VersionStepRow.step_id, literal_column("moment"))
)


def efforts(scope: Scope, playbook_key: str, since: date, until: date) -> Mapping[int, Logged]:
    """See `playbooks.numbers.Visits.efforts`."""
    by_step = defaultdict[int, list[Any]](list)
    for row in scope.read(_TOUCHES, key=playbook_key, since=since, until=until):
        by_step[row.step_id].append(row)
    return {step: _logged(rows) for step, rows in by_step.items()}


def _logged(rows: list[Any]) -> Logged:
    without = {row.moment: row.touches - row.with_minutes for row in rows if row.touches > row.with_minutes}
    return Logged(
        touches=sum(row.touches for row in rows),
        minutes=sum(row.minutes or 0 for row in rows),
        without_minutes=without,
    )
