"""Plans what an admin or a manager is told once: a channel that takes no messages, a member who left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from bot.usecases.notices import Notice, Trouble
from playbooks.calendar import Calendar
from playbooks.deliveries import Delivery, Kind, Owed
from playbooks.ports import UnitOfWork, Units
from playbooks.team import Member, Role

_CHANNEL_CLOSED: Final = frozenset({"channel_not_found", "is_archived", "not_in_channel", "restricted_action"})
"""What Slack says when nothing can be posted in a channel any more."""
_MEMBER_GONE: Final = frozenset({"user_disabled", "user_not_found"})
_NEVER: Final = date(1970, 1, 1)


def tell_of_channel(channel: str, slack_team: str, units: Units, at: datetime) -> None:
    """The team's channel was archived, or Nextstep was thrown out of it; another channel is nobody's business.

    Told once to an admin, until a digest has arrived again. The team keeps its channel: whoever invites
    Nextstep again need not set anything.
    """
    if units.workspace(slack_team) is None:
        return
    with units.writing(slack_team) as uow:
        if uow.team.channel == channel and _tell_of_channel(channel, uow, at):
            uow.commit()


def tell_of_member(gone: Member, uow: UnitOfWork, at: datetime) -> None:
    """A member was deactivated: their manager hears of the prospects that need somebody else, else an admin.

    In the transaction that deactivates them. Decisions that were to come to them go the same way. Whether there
    are prospects left is looked at when the message is written.
    """
    today, manager = Calendar(uow.workspace.zone).today(at), _manager(gone, uow)
    if manager is not None:
        uow.deliveries.pass_on([Kind.ESCALATION], of=gone.id, to=manager)
    _plan(Notice(Trouble.MEMBER, str(gone.id), today), manager, uow, at)


def tell_of_failure(failed: Delivery, units: Units, at: datetime) -> None:
    """What Slack refused for good tells that a channel or a member has gone, when no event did."""
    owed, error = failed.owed, failed.error
    if owed.team_id is not None and error in _CHANNEL_CLOSED:
        tell_of_channel(owed.recipient, failed.slack_team, units, at)
    elif owed.kind is not Kind.NOTICE and owed.member_id is not None and error in _MEMBER_GONE:
        with units.writing(failed.slack_team) as uow:
            if deactivate(uow.members.get(owed.member_id), uow, at):
                uow.commit()


def deactivate(member: Member, uow: UnitOfWork, at: datetime) -> bool:
    """Marks who left Slack, once, and tells of it. Nothing of theirs is lost, and it counts again on return."""
    if not member.active:
        return False
    uow.members.update(replace(member, active=False))
    tell_of_member(member, uow, at)
    return True


def _tell_of_channel(channel: str, uow: UnitOfWork, at: datetime) -> bool:
    arrived = uow.deliveries.last_sent(Kind.DIGEST, team_id=uow.team.id)
    since = arrived.owed.local_date if arrived else None
    return _plan(Notice(Trouble.CHANNEL, channel, since or _NEVER), _admin(uow), uow, at)


def _plan(notice: Notice, reader: Member | None, uow: UnitOfWork, at: datetime) -> bool:
    """Whether it is new; nobody to tell is nothing to plan."""
    if reader is None:
        return False
    key = f"{notice.key}:{reader.id}"
    owed = Owed(key=key, kind=Kind.NOTICE, recipient=reader.slack_id, due_at=at, member_id=reader.id)
    return bool(uow.deliveries.plan([owed]))


def _admin(uow: UnitOfWork) -> Member | None:
    return next(iter(_active(Role.ADMIN, uow)), None)


def _manager(gone: Member, uow: UnitOfWork) -> Member | None:
    own = [member for member in _active(None, uow) if member.id == uow.team.manager_id]
    leaders = [*own, *_active(Role.MANAGER, uow), *_active(Role.ADMIN, uow)]
    return next((member for member in leaders if member.id != gone.id), None)


def _active(role: Role | None, uow: UnitOfWork) -> list[Member]:
    return [member for member in uow.members.all() if member.active and role in (None, member.role)]
