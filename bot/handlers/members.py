"""From a member as named in a command to the member."""

from __future__ import annotations

from bot.grammar.arguments import MemberSaid
from bot.handlers.desk import Desk
from playbooks.refusal import Refusal, Refused
from playbooks.team import Member


def member_said(desk: Desk, said: MemberSaid) -> Member:
    """The member that was mentioned or named. Raises `Refused(MEMBER_UNKNOWN)`."""
    if said.is_myself:
        return desk.member
    with desk.reading() as uow:
        if said.slack_id:
            found = uow.members.by_slack_id(said.slack_id)
        else:
            found = _by_name(said.name, [member for member in uow.members.all() if member.active])
    if found is None:
        raise Refused(Refusal.MEMBER_UNKNOWN, said=said.name or said.slack_id)
    return found


def _by_name(name: str, members: list[Member]) -> Member | None:
    """Exactly one member whose name, or one word of it, is this."""
    wanted = name.casefold()
    fitting = [m for m in members if wanted == m.name.casefold() or wanted in m.name.casefold().split()]
    return fitting[0] if len(fitting) == 1 else None
