"""Teams: who leads them, where and when their digest goes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, insert, select, update

from playbooks.team import Team
from storage.repositories.members import ANEW
from storage.rows import TeamManagerRow, TeamRow
from storage.scope import HERE, Scope

TEAMS: Select[*tuple[Any, ...]] = (
    select(
        TeamRow.id,
        TeamRow.workspace_id,
        TeamRow.name,
        TeamRow.channel,
        TeamRow.digest_weekday,
        TeamRow.digest_at,
        TeamManagerRow.member_id,
        TeamRow.open_slices,
        TeamRow.next_digest_at,
    )
    .join(TeamManagerRow, TeamManagerRow.team_id == TeamRow.id, isouter=True)
    .where(TeamRow.workspace_id == HERE)
)
"""What `team_from` reads."""

_FIRST = TEAMS.order_by(TeamRow.id).limit(1)
_KEPT = ("name", "channel", "digest_weekday", "digest_at", "open_slices")
_UPDATE = (
    update(TeamRow)
    .where(TeamRow.workspace_id == bindparam("here"), TeamRow.id == bindparam("team"))
    .values({name: bindparam(name) for name in _KEPT})
    .values(next_digest_at=ANEW)
)
_FORGET_MANAGER = delete(TeamManagerRow).where(
    TeamManagerRow.workspace_id == bindparam("here"), TeamManagerRow.team_id == bindparam("team")
)


def team_from(row: Row[*tuple[Any, ...]]) -> Team:
    return Team(*row[:-1])


class Teams:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def first(self) -> Team:
        """The team that a workspace starts with."""
        return team_from(self._scope.read(_FIRST).one())

    def update(self, team: Team) -> None:
        this = {"here": self._scope.workspace.id, "team": team.id}
        self._scope.write(_UPDATE, this | {name: getattr(team, name) for name in _KEPT})
        self._scope.write(_FORGET_MANAGER, this)
        if team.manager_id is not None:
            leads = {"team_id": team.id, "workspace_id": self._scope.workspace.id, "member_id": team.manager_id}
            self._scope.write(insert(TeamManagerRow), leads)
