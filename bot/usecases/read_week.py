"""The figures of a team's week, with who is who in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.usecases.numbers_of_the_day import PlaybookNumbers, look_at_numbers
from playbooks.calendar import Calendar
from playbooks.digest import REACH, Digest, digest
from playbooks.pipeline import Filters
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Week:
    """`numbers` are those of the playbooks in use. `open` and `stalled` count the prospects of this morning.

    `names` are those of members, by id.
    """

    digest: Digest
    numbers: tuple[PlaybookNumbers, ...]
    open: int
    stalled: int
    names: Mapping[int, str]


def read_week(uow: UnitOfWork, at: datetime) -> Week:
    """The week before this day in the workspace's zone. The unit of work is open already."""
    today = Calendar(uow.workspace.zone).today(at)
    active = uow.pipeline.active_since(today - REACH)
    figures = digest(((tracked.prospect.name, tracked.journey) for tracked in active), today, uow.members.calendar)
    counts = uow.pipeline.counts(Filters(), today)
    people = {move.by for move in figures.moves if move.by is not None}
    return Week(
        digest=figures,
        numbers=look_at_numbers(uow, at),
        open=sum(count.open for count in counts),
        stalled=sum(count.stalled for count in counts),
        names={member: uow.members.get(member).name for member in people},
    )
