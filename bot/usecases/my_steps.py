"""A rep's own conversion in each step beside the team's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.usecases.numbers import Numbers
from playbooks.calendar import Calendar
from playbooks.funnel.conversion import Conversion
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.picture import StepFigures
from playbooks.funnel.ranges import Range
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork

CERTAINTY: Final = 0.95
"""How sure it must be that a rep differs before it is said: there are many steps, and many reps read it."""

_ENOUGH: Final = 5.0
"""So many of a rep's prospects would have gone on at the team's pace: fewer tell next to nothing of the rep."""


class Beside(StrEnum):
    """How a rep's step stands beside the team's."""

    MORE = "more"
    TOO_CLOSE = "too_close"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class MyStep:
    """`mine` is the rep's share with its range, `team` the whole team's."""

    number: int
    name: str
    mine: Range
    team: float

    @property
    def beside(self) -> Beside:
        if self.mine.low > self.team:
            return Beside.MORE
        return Beside.FEWER if self.mine.high < self.team else Beside.TOO_CLOSE


@dataclass(frozen=True, slots=True)
class MySteps:
    """One playbook in which a rep was, and a colleague too. `steps` are those with enough of the rep's to tell.

    `weeks` is the window, `as_of` the local day before which all was known.
    """

    playbook: PublishedPlaybook
    as_of: date
    weeks: int | None
    steps: tuple[MyStep, ...]


def look_at_my_steps(uow: UnitOfWork, at: datetime, member_id: int) -> tuple[MySteps, ...]:
    """Each playbook in which there is somebody to be beside. The unit of work is open already."""
    day = Calendar(uow.workspace.zone).today(at)
    found = (_of_playbook(Numbers(uow, playbook, day), str(member_id)) for playbook in uow.playbooks.current())
    return tuple(each for each in found if each is not None)


def _of_playbook(numbers: Numbers, me: str) -> MySteps | None:
    seen = numbers.funnel(by=Dimension.REP, certainty=CERTAINTY, only=(me,))
    shared = [each for each in seen.steps if _is_shared(each, me)]
    if not shared:
        return None
    return MySteps(numbers.playbook, seen.as_of, seen.weeks, tuple(_told(shared, me)))


def _is_shared(each: StepFigures, me: str) -> bool:
    """Whether somebody else's prospects went on as well."""
    mine, team = each.slices.get(me), each.found
    return mine is not None and isinstance(team, Conversion) and mine.observed < team.risk.advances.sum()


def _told(shared: list[StepFigures], me: str) -> Iterator[MyStep]:
    for each in shared:
        mine = each.slices[me]
        if mine.expected >= _ENOUGH and isinstance(each.found, Conversion):
            yield MyStep(each.step.number, each.step.name, mine.range, each.found.curve.conversion)
