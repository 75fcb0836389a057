"""Makes a plan the team's target."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.change import Act, once
from bot.usecases.change_role import only_for_leaders
from bot.usecases.make_plan import check_target
from bot.usecases.named_playbooks import playbook_said
from playbooks.numbers import Target
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class SetTarget:
    """So many wins a week at this certainty (a share), for the playbook as it was named (empty: the default)."""

    wins: float
    certainty: float
    playbook: str = ""


def set_target(command: SetTarget, uow: UnitOfWork, act: Act) -> Target:
    """Keeps it, and gives it.

    Raises `AlreadyHandled`, and `Refused`: LEADERS_ONLY for who does not lead, PLAYBOOK_UNKNOWN,
    WINS_OUT_OF_RANGE, CERTAINTY_OUT_OF_RANGE.
    """
    with uow:
        once(uow, act)
        only_for_leaders(uow, act.member.id)
        playbook = playbook_said(uow, command.playbook)
        check_target(command.wins, command.certainty)
        target = Target(wins=command.wins, certainty=command.certainty, set_at=act.at, set_by=act.member.id)
        uow.targets.set(playbook.key, target)
        uow.inbox.keep(act.request, at=act.at, journey_id=None, change=None)
        uow.commit()
        return target
