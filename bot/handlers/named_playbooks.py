"""From a playbook as named in a command to the version that is in force."""

from __future__ import annotations

from playbooks.names import name_key
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused


def playbook_said(uow: UnitOfWork, said: str) -> PublishedPlaybook:
    """By key or name, or the beginning of one; nothing said means the default.

    Raises `Refused(PLAYBOOK_UNKNOWN)`.
    """
    current = uow.playbooks.current()
    wanted = name_key(said) if said else ""
    exact = [known for known in current if wanted in _names(known)]
    begun = [known for known in current if any(name.startswith(wanted) for name in _names(known))]
    if exact or (not said and current):
        return (exact or current)[0]
    if len(begun) != 1:
        raise Refused(Refusal.PLAYBOOK_UNKNOWN, said=said, playbooks=tuple(current))
    return begun[0]


def _names(published: PublishedPlaybook) -> tuple[str, str]:
    return name_key(published.key), name_key(published.name)
