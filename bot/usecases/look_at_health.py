"""Whether everything works, for admins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.usecases.change import Act
from bot.usecases.change_role import only_for_admins
from playbooks.pipeline import Filters, PublishedPlaybook
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Health:
    """`checks` by name: None when well, else one sentence. `open` and `stalled` count prospects."""

    checks: Mapping[str, str | None]
    playbooks: tuple[PublishedPlaybook, ...]
    members: int
    open: int
    stalled: int


def look_at_health(checks: Callable[[], Mapping[str, str | None]], uow: UnitOfWork, act: Act) -> Health:
    """What there is now. Raises `Refused(ADMINS_ONLY)`."""
    with uow:
        only_for_admins(uow, act.member.id)
        counts = uow.pipeline.counts(Filters(), act.today)
        playbooks = tuple(uow.playbooks.current())
        members = sum(member.active for member in uow.members.all())
    # Slack is asked once the database is left alone: a slow answer holds nobody up.
    return Health(
        checks=checks(),
        playbooks=playbooks,
        members=members,
        open=sum(count.open for count in counts),
        stalled=sum(count.stalled for count in counts),
    )
