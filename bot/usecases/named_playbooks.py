"""From a playbook as named in a command to the version that is in force."""

from __future__ import annotations

from datetime import date

from playbooks.names import folded_words
from playbooks.pipeline import Filters, PublishedPlaybook
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


def own_playbook(uow: UnitOfWork, member: int, today: date) -> str:
    """The key of the playbook that most of a member's open prospects run through; empty for the default."""
    current = uow.playbooks.current()
    if len(current) < 2:  # noqa: PLR2004 - with one there is nothing to choose
        return ""
    open_in = {known.key: _open(uow, member, known.key, today) for known in current}
    most = max(open_in, key=lambda key: open_in[key])
    return most if open_in[most] else ""


def _open(uow: UnitOfWork, member: int, playbook: str, today: date) -> int:
    return uow.pipeline.page(Filters(owner=member, playbook=playbook), today=today, offset=0, limit=1).total


def _names(published: PublishedPlaybook) -> tuple[str, str]:
    return _folded(published.key), _folded(published.name)


def _folded(name: str) -> str:
    """Without case, accents and hyphens; "sa" and the like stay, for a playbook has no legal form."""
    return " ".join(folded_words(name))
