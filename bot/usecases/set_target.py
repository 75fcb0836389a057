"""Makes a plan the team's target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from playbooks.numbers import Target
from playbooks.ports import UnitOfWork
from playbooks.team import Member


@dataclass(frozen=True, slots=True)
class SetTarget:
    """So many wins a week at this certainty (a share), for the playbook as it was named (empty: the default)."""

    wins: float
    certainty: float
    playbook: str = ""


def set_target(uow: UnitOfWork, asked: SetTarget, at: datetime, by: Member) -> Target:
    """Keeps it, and gives it. The unit of work is open already, and a writing one; this commits.

    Raises `Refused`: LEADERS_ONLY for who does not lead, PLAYBOOK_UNKNOWN, WINS_OUT_OF_RANGE,
    CERTAINTY_OUT_OF_RANGE.
    """
    raise NotImplementedError
