"""What a member may do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.usecases.change import Act, once
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused
from playbooks.team import Member, Role


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """`member` is a member id."""

    member: int
    role: Role


def change_role(command: ChangeRole, uow: UnitOfWork, act: Act) -> Member:
    """Gives a member a role.

    Raises `Refused(ADMINS_ONLY)` for everybody else, `Refused(LAST_ADMIN)` when nobody would be admin any more.
    """
    with uow:
        once(uow, act)
        only_for_admins(uow, act.member.id)
        member = uow.members.get(command.member)
        others = [admin for admin in admins(uow) if admin.id != member.id]
        if command.role is not Role.ADMIN and not others:
            raise Refused(Refusal.LAST_ADMIN, member=member.name)
        changed = replace(member, role=command.role)
        uow.members.update(changed)
        uow.inbox.keep(act.request, at=act.at, journey_id=None, change=None)
        uow.commit()
        return changed


def only_for_admins(uow: UnitOfWork, member_id: int) -> None:
    """Raises `Refused(ADMINS_ONLY)` when this member is no admin now."""
    if uow.members.get(member_id).role is not Role.ADMIN:
        raise Refused(Refusal.ADMINS_ONLY, admins=[admin.name for admin in admins(uow)])


def only_for_leaders(uow: UnitOfWork, member_id: int) -> None:
    """Raises `Refused(LEADERS_ONLY)` when this member is neither manager nor admin now."""
    if not uow.members.get(member_id).leads:
        raise Refused(Refusal.LEADERS_ONLY, leaders=[leader.name for leader in leaders(uow)])


def leaders(uow: UnitOfWork) -> list[Member]:
    """Managers and admins who can still act."""
    return [member for member in uow.members.all() if member.active and member.leads]


def admins(uow: UnitOfWork) -> list[Member]:
    """Those who can still act: who left Slack is no admin."""
    return [member for member in uow.members.all() if member.active and member.role is Role.ADMIN]
