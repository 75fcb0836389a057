"""All visits of a playbook as rows, for another system or another Nextstep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.usecases.imported_reps import ONLY_IN_A_FILE
from bot.usecases.named_playbooks import playbook_said
from playbooks.exported import COLUMNS, Exporting, Row
from playbooks.ports import UnitOfWork
from playbooks.team import Member

__all__ = ["COLUMNS", "export_history"]


def export_history(playbook: str | None, uow: UnitOfWork) -> Iterator[Row]:
    """The rows, journey by journey in the order in which they were kept; of all versions of the playbook.

    Raises `Refused(PLAYBOOK_UNKNOWN)`.
    """
    with uow:
        key = playbook_said(uow, playbook or "").key
        exporting = Exporting(uow.workspace.zone, _names(uow.members.all()))
        for prospect, journey in uow.imports.journeys(key):
            yield from exporting.rows(prospect, journey)


def _names(members: Sequence[Member]) -> dict[int, str]:
    """What to call each: the name, or the Slack id where two have that name; nothing for nobody."""
    counted = Counter(member.name.casefold() for member in members)
    return {
        member.id: member.name if counted[member.name.casefold()] == 1 else member.slack_id
        for member in members
        if member.slack_id != ONLY_IN_A_FILE
    }
