"""The numbers on a member's desk, remembered for a while: they are of the morning, and take longer than a desk."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from bot.usecases.change import Act
from bot.usecases.my_steps import MySteps, look_at_my_steps
from bot.usecases.numbers_of_the_day import PlaybookNumbers, look_at_numbers
from playbooks.ports import UnitOfWork
from playbooks.team import Role

KEPT_FOR: Final = timedelta(minutes=10)
"""So late Home shows a target that was set, a version that was published, a history that was imported."""

_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class DeskNumbers:
    """`mine` are the steps of who sells beside the team's; `team` all numbers, for who leads."""

    mine: tuple[MySteps, ...] = ()
    team: tuple[PlaybookNumbers, ...] = ()


def look_at_desk_numbers(uow: UnitOfWork, act: Act) -> DeskNumbers:
    """Those that concern this member, as known before the workspace's day."""
    with uow:
        return DeskNumbers(
            mine=look_at_my_steps(uow, act.at, act.member.id),
            team=look_at_numbers(uow, act.at) if act.member.leads else (),
        )


class RememberedNumbers:
    """Those of the members who looked at their desks last. Safe to share among threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, Role], tuple[datetime, DeskNumbers]] = OrderedDict()
        self._lock = Lock()

    def get(self, act: Act) -> DeskNumbers | None:
        """None when they are not known, or not any more."""
        at, numbers = self._kept.get((act.member.id, act.member.role), (None, None))
        return numbers if at is not None and timedelta() <= act.at - at < KEPT_FOR else None

    def keep(self, act: Act, numbers: DeskNumbers) -> None:
        """In the place of the oldest where there are many."""
        with self._lock:
            self._kept[act.member.id, act.member.role] = act.at, numbers
            self._kept.move_to_end((act.member.id, act.member.role))
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
