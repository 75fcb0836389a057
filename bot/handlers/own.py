"""What a command without a name is about, for whoever asks."""

from __future__ import annotations

from bot.handlers.desk import Desk
from bot.usecases.named_playbooks import own_playbook as playbook_of
from playbooks.ports import UnitOfWork


def own_playbook(desk: Desk, uow: UnitOfWork) -> str:
    """The key of the asker's own playbook where the workspace has several; empty for the default."""
    return playbook_of(uow, desk.member.id, desk.reader.today)
