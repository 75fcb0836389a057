"""Who works here: the workspace, its teams and its members."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    REP = "rep"
    MANAGER = "manager"
    MARKETING = "marketing"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack team. `zone` is an IANA name: the days of its numbers are days there."""

    id: int
    slack_id: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Team:
    """Members with a manager and a channel; a workspace starts with one."""

    id: int
    workspace_id: int
    name: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A Slack user of this workspace.

    `locale` is what Slack says (`nl-NL`), `language` the member's own choice (`nl`, `en`) over it,
    `zone` an IANA name.
    """

    id: int
    workspace_id: int
    team_id: int
    slack_id: str
    name: str
    role: Role
    locale: str
    zone: str
    language: str | None = None
    active: bool = True

    @property
    def reads(self) -> str:
        """The locale to write in to this member."""
        return self.language or self.locale

    @property
    def leads(self) -> bool:
        """Whether this member may do what only managers may."""
        return self.role in (Role.MANAGER, Role.ADMIN)
