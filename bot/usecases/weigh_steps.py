"""What each step is worth today: the order of the daily messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.usecases.numbers import Numbers
from playbooks.calendar import Calendar
from playbooks.funnel.journeys_ahead import step_worth
from playbooks.funnel.picture import conversions_used
from playbooks.ports import UnitOfWork
from playbooks.urgency import Worths

_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Weighed:
    """On which day, and which versions were in force."""

    day: date
    versions: tuple[int, ...]
    worths: Worths


class StepWorths:
    """Worked out once a day in a workspace and remembered in the process: every member's message asks for them.

    A playbook with a step that has neither data nor an expectation is left out.
    """

    def __init__(self) -> None:
        self._kept: dict[int, _Weighed] = {}

    def __call__(self, uow: UnitOfWork, at: datetime) -> Worths:
        """Those of all playbooks, as known before the workspace's day. The unit of work is open already."""
        workspace = uow.workspace
        day = Calendar(workspace.zone).today(at)
        versions = tuple(playbook.id for playbook in uow.playbooks.current())
        kept = self._kept.get(workspace.id)
        if kept is None or (kept.day, kept.versions) != (day, versions):
            kept = _Weighed(day, versions, dict(_worths(uow, day)))
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[workspace.id] = kept
        return kept.worths


def _worths(uow: UnitOfWork, day: date) -> Iterator[tuple[str, tuple[float, ...]]]:
    for playbook in uow.playbooks.current():
        numbers = Numbers(uow, playbook, day)
        if used := conversions_used(numbers.steps, numbers.load, day):
            yield playbook.key, step_worth(used)
