"""Whether everything works, for admins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.usecases.change import Act
from bot.usecases.change_role import only_for_admins
from bot.usecases.look_at_speaking import Speaking, look_at_speaking
from playbooks.deliveries import Delivery, LedgerCounts, State
from playbooks.ledger import Ledger
from playbooks.pipeline import Filters, PublishedPlaybook
from playbooks.ports import UnitOfWork

SHOWN: Final = 5
"""How many of the messages that nobody can tell about are named, each with its button."""

_NOTHING: Final = LedgerCounts({}, None)
_SILENT: Final = Speaking(channel=None)


@dataclass(frozen=True, slots=True)
class Health:
    """`checks` by name: None when well, else one sentence. `open` and `stalled` count prospects.

    `owed` counts what is to be sent and what could not be; `unknown` are the newest of which nobody can tell
    whether they arrived. `speaking` is to whom Nextstep speaks.
    """

    checks: Mapping[str, str | None]
    playbooks: tuple[PublishedPlaybook, ...]
    members: int
    open: int
    stalled: int
    owed: LedgerCounts = _NOTHING
    unknown: tuple[Delivery, ...] = ()
    speaking: Speaking = _SILENT


def look_at_health(
    checks: Callable[[], Mapping[str, str | None]], uow: UnitOfWork, act: Act, ledger: Ledger
) -> Health:
    """What there is now. Raises `Refused(ADMINS_ONLY)`."""
    with uow:
        only_for_admins(uow, act.member.id)
        counts = uow.pipeline.counts(Filters(), act.today)
        playbooks = tuple(uow.playbooks.current())
        members = sum(member.active for member in uow.members.all())
        slack_team = uow.workspace.slack_id
        speaking = look_at_speaking(uow, act.today)
    # Slack is asked once the database is left alone: a slow answer holds nobody up.
    return Health(
        checks=checks(),
        playbooks=playbooks,
        members=members,
        open=sum(count.open for count in counts),
        stalled=sum(count.stalled for count in counts),
        owed=ledger.counts(slack_team),
        unknown=tuple(ledger.listed([State.UNKNOWN], slack_team=slack_team, limit=SHOWN)),
        speaking=speaking,
    )


def send_anyway(delivery_id: int, uow: UnitOfWork, act: Act, ledger: Ledger) -> bool:
    """Sends a message that may have arrived already; False when somebody was first.

    Raises `Refused(ADMINS_ONLY)`, and `NotHere` for what is not this workspace's.
    """
    with uow:
        only_for_admins(uow, act.member.id)
        delivery = uow.deliveries.get(delivery_id)
    return ledger.send_anyway(delivery.id)
