"""A team's channel, its weekly digest and who leads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.usecases.change import Act, once
from bot.usecases.change_role import only_for_leaders
from playbooks.calendar import Calendar
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused
from playbooks.rhythm import next_digest_at
from playbooks.team import Member, Team


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """`members` are those who may lead the team; `zone` is the workspace's, whose clock the digest goes by."""

    team: Team
    members: tuple[Member, ...]
    zone: str
    next_digest_at: datetime

    @property
    def manager(self) -> Member | None:
        """Who leads the team now, and works here still."""
        return next((member for member in self.members if member.id == self.team.manager_id), None)


@dataclass(frozen=True, slots=True)
class ChangeTeam:
    """`channel` is Slack's id or None: no digest; `manager` is the Slack id of a member, or None.

    `open_slices` None leaves that as it is.
    """

    channel: str | None
    digest_weekday: int
    digest_at: time
    manager: str | None
    open_slices: bool | None = None


def look_at_team(uow: UnitOfWork, act: Act) -> TeamSettings:
    """How it is now. Raises `Refused(LEADERS_ONLY)`."""
    with uow:
        only_for_leaders(uow, act.member.id)
        return _settings(uow, act)


def change_team(command: ChangeTeam, uow: UnitOfWork, act: Act) -> TeamSettings:
    """Keeps a team's settings. Raises `Refused(LEADERS_ONLY)`, `Refused(MEMBER_UNKNOWN)` for who left."""
    with uow:
        once(uow, act)
        only_for_leaders(uow, act.member.id)
        team = replace(
            uow.team,
            channel=command.channel,
            digest_weekday=command.digest_weekday,
            digest_at=command.digest_at,
            manager_id=_manager(command, uow),
            open_slices=uow.team.open_slices if command.open_slices is None else command.open_slices,
        )
        if team != uow.team:
            uow.update_team(team)
        uow.inbox.keep(act.request, at=act.at, journey_id=None, change=None)
        after = _settings(uow, act)
        uow.commit()
        return after


def _manager(command: ChangeTeam, uow: UnitOfWork) -> int | None:
    if command.manager is None:
        return None
    manager = uow.members.by_slack_id(command.manager)
    if manager is None or not manager.active:
        raise Refused(Refusal.MEMBER_UNKNOWN, said=manager.name if manager else command.manager)
    return manager.id


def _settings(uow: UnitOfWork, act: Act) -> TeamSettings:
    team, zone = uow.team, uow.workspace.zone
    members = tuple(member for member in uow.members.all() if member.active)
    return TeamSettings(team, members, zone, next_digest_at(team, Calendar(zone), act.at))
