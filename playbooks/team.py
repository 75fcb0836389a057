"""Who works here: the workspace, its teams and its members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from playbooks.calendar import MONDAY_TO_FRIDAY


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
    """Members with a manager and a channel; a workspace starts with one.

    The weekly digest goes to the `channel` (Slack's id) on `digest_weekday` (Monday is 0) at `digest_at`, in the
    workspace's zone. `manager_id` is who hears of what reps leave unanswered. `open_slices`: everybody sees each
    rep's own numbers, not that rep and the managers alone.
    """

    id: int
    workspace_id: int
    name: str
    channel: str | None = None
    digest_weekday: int = 0
    digest_at: time = time(9)
    manager_id: int | None = None
    open_slices: bool = False


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


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When Nextstep speaks to a member, in the member's own zone.

    `weekdays` are the working ones (Monday is 0). `country` (`NL`) and `region` (a subdivision that `holidays`
    knows, as `BY` of `DE`) bring the public holidays; without a country there are none. Nothing is sent up to
    and including `paused_until`. `selling_minutes` are those a week that are there for selling; None: not said.
    """

    daily_at: time = time(8, 30)
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    country: str | None = None
    region: str | None = None
    paused_until: date | None = None
    selling_minutes: int | None = None
