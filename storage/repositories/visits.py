"""What is read of the histogram of visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import aliased

from playbooks.funnel.histogram import NEVER, Dimension, Floats, Known
from playbooks.numbers import Logged
from storage.given import is_among
from storage.queries.cells import DAY, OF_STEPS, SEEN, SINCE, cells, known_from
from storage.queries.efforts import efforts
from storage.rows import StepRow, VisitCountRow
from storage.scope import HERE, Scope
from storage.steps import steps_of

_DAYS_OF_A_WEEK = 7
_ENTRIES = (
    select(VisitCountRow.entered, func.sum(VisitCountRow.count))
    .where(*OF_STEPS, *SEEN, VisitCountRow.last >= SINCE, VisitCountRow.entered.between(SINCE, DAY - 1))
    .where(~VisitCountRow.inferred)
    .group_by(VisitCountRow.entered)
)
_COUNTED = aliased(VisitCountRow)
_OF_STEP = (_COUNTED.workspace_id == StepRow.workspace_id, _COUNTED.step == StepRow.id)
_STEPS = (StepRow.workspace_id == HERE, is_among(StepRow.id, "steps"))
_FIRST_KNOWN = select(func.min(_COUNTED.known)).where(*_OF_STEP).scalar_subquery()
_FIRST_DAY = select(func.min(_FIRST_KNOWN)).where(*_STEPS)
# The cells of a step lie in the order of their last day, which for an exit that stands is when it was known.
_FIRST_LEFT = (
    select(_COUNTED.left_known)
    .where(*_OF_STEP, _COUNTED.exit > literal_column("0"), _COUNTED.undone == literal_column(str(NEVER)))
    .order_by(_COUNTED.last)
    .limit(1)
    .scalar_subquery()
)
_FIRST_EXIT = select(func.min(_FIRST_LEFT)).where(*_STEPS)


class Visits:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def steps(self, playbook_id: int) -> Sequence[int]:
        return steps_of(self._scope, playbook_id)

    def known(
        self, steps: Sequence[int], as_of: date, *, since: date | None = None, by: Dimension | None = None
    ) -> Known:
        begin = 0 if since is None else since.toordinal()
        row = self._scope.read(cells(by), steps=list(steps), day=as_of.toordinal(), since=begin).one()
        return known_from(row, as_of, by)

    def entries(self, step: int, as_of: date, weeks: int) -> Floats:
        first = (as_of - timedelta(days=_DAYS_OF_A_WEEK * weeks)).toordinal()
        entries = np.zeros(weeks, dtype=np.float64)
        days = self._scope.read(_ENTRIES, steps=[step], day=as_of.toordinal(), since=first)
        for entered, count in days:
            entries[(entered - first) // _DAYS_OF_A_WEEK] += int(count)
        return entries

    def first_day(self, steps: Sequence[int]) -> date | None:
        return _day(self._scope.read(_FIRST_DAY, steps=list(steps)).scalar_one())

    def first_exit(self, steps: Sequence[int]) -> date | None:
        return _day(self._scope.read(_FIRST_EXIT, steps=list(steps)).scalar_one())

    def efforts(self, playbook_key: str, since: date, until: date) -> Mapping[int, Logged]:
        return efforts(self._scope, playbook_key, since, until)


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
