"""From a playbook as named in a command to the version that is in force."""

from __future__ import annotations

from playbooks.names import folded_words
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused


def playbook_said(uow: UnitOfWork, said: str) -> PublishedPlaybook:
    """By key or name, or the beginning of one that fits no other; nothing said means the default.

    Raises `Refused(PLAYBOOK_UNKNOWN)`.
    """
    current, wanted = uow.playbooks.current(), _folded(said)
    exact = [known for known in current if wanted in _names(known)]
    begun = [known for known in current if any(name.startswith(wanted) for name in _names(known))]
    if exact:
        return exact[0]
    if begun and (not wanted or len(begun) == 1):
        return begun[0]
    raise Refused(Refusal.PLAYBOOK_UNKNOWN, said=said, playbooks=tuple(current))


def _names(published: PublishedPlaybook) -> tuple[str, str]:
    return _folded(published.key), _folded(published.name)


def _folded(name: str) -> str:
    """Without case, accents and hyphens; "sa" and the like stay, for a playbook has no legal form."""
    return " ".join(folded_words(name))
