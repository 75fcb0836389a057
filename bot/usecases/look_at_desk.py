"""A member's desk: what is theirs to do today, what asks for attention, and how many stand in each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.usecases.change import Act
from playbooks.pipeline import Filters, Line, Page, StepCount
from playbooks.ports import UnitOfWork

_DUE: Final = 10
_FEW: Final = 5
_NOTHING: Final = Page((), 0, 0)


@dataclass(frozen=True, slots=True)
class OnDesk:
    """The first few of each kind, with how many there are; `upcoming` is the first one when nothing is due.

    `team` is None for who does not lead.
    """

    due: Page
    upcoming: Line | None
    decisions: Page
    stalled: Page
    waiting: Page
    steps: Sequence[StepCount]
    team: Sequence[StepCount] | None

    @property
    def open(self) -> int:
        """How many open prospects the member has."""
        return sum(step.open for step in self.steps)


def look_at_desk(uow: UnitOfWork, act: Act) -> OnDesk:
    """Reads no more than is shown, however many prospects there are."""
    today, mine = act.today, Filters(owner=act.member.id)

    def first(filters: Filters, limit: int) -> Page:
        return uow.pipeline.page(filters, today=today, offset=0, limit=limit)

    with uow:
        due = first(replace(mine, due_by=today), _DUE)
        steps = uow.pipeline.counts(mine, today)
        return OnDesk(
            due=due,
            upcoming=None if due.lines else next(iter(first(mine, 1).lines), None),
            decisions=first(replace(mine, decision_due_on=today), _FEW),
            # Looking for some takes longest where there are none, and the counts tell that.
            stalled=first(replace(mine, stalled_on=today), _FEW) if any(s.stalled for s in steps) else _NOTHING,
            waiting=first(replace(mine, waiting_on=today), _FEW),
            steps=steps,
            team=uow.pipeline.counts(Filters(), today) if act.member.leads else None,
        )
