"""The numbers of all playbooks on one day: what the weekly digest and a manager's App Home tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.usecases.numbers import Numbers
from bot.usecases.see_forecast import Scored, last_scored, made_from
from playbooks.calendar import Calendar
from playbooks.funnel.conversion import Conversion
from playbooks.funnel.forecast import Forecast
from playbooks.funnel.picture import Funnel
from playbooks.funnel.plan import plan
from playbooks.numbers import Target
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork

AHEAD: Final = 4
"""The weeks of the one forecast that is told: long enough for wins to come, short enough to see how it did."""


@dataclass(frozen=True, slots=True)
class Intake:
    """New prospects of the last seven days, and how many a week the target takes; None: no intake reaches it."""

    came: int
    needed: int | None
    target: Target


@dataclass(frozen=True, slots=True)
class PlaybookNumbers:
    """One playbook. `ahead` is None where a step has neither data nor an expectation, `last` while no forecast's
    time is over, `intake` without a target.
    """

    playbook: PublishedPlaybook
    funnel: Funnel
    ahead: Forecast | None = None
    last: Scored | None = None
    intake: Intake | None = None

    @property
    def is_used(self) -> bool:
        """Whether anybody entered a step, as far as the figures look back."""
        return any(each.tally.entered or isinstance(each.found, Conversion) for each in self.funnel.steps)


def look_at_numbers(uow: UnitOfWork, at: datetime) -> tuple[PlaybookNumbers, ...]:
    """Those of each playbook that is in use, the default one first. The unit of work is open already."""
    day = Calendar(uow.workspace.zone).today(at)
    seen = (_of_playbook(Numbers(uow, playbook, day)) for playbook in uow.playbooks.current())
    return tuple(each for each in seen if each.is_used)


def _of_playbook(numbers: Numbers) -> PlaybookNumbers:
    funnel = numbers.funnel()
    made = made_from(numbers, funnel, numbers.standing()) or ()
    return PlaybookNumbers(
        playbook=numbers.playbook,
        funnel=funnel,
        ahead=next((each for each in made if each.weeks == AHEAD), None),
        last=last_scored(numbers, AHEAD),
        intake=_intake(numbers, funnel),
    )


def _intake(numbers: Numbers, funnel: Funnel) -> Intake | None:
    target = numbers.uow.targets.get(numbers.playbook.key)
    if target is None or funnel.used is None:
        return None
    came = numbers.uow.visits.entries(numbers.identities[0], numbers.as_of, weeks=1)
    needed = plan(funnel.used, funnel.limits, target.wins, certainty=target.certainty).intake
    return Intake(int(came.sum()), needed, target)
