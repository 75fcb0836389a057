"""What a Slack holds: workspaces, users, channels, messages, views, files, as Slack tells of them in JSON."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

APP_ID = "A0NEXTSTEP"

ALL_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "team:read",
        "users:read",
        "users:read.email",
    }
)


@dataclass(eq=False)
class User:
    """Someone in a workspace. Change a field to change what Slack says of them: `anna.deleted = True`."""

    id: str
    team_id: str
    name: str
    real_name: str
    locale: str = "en-US"
    tz: str = "Europe/Amsterdam"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    deleted: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@example.com"

    def as_json(self, *, now: float, include_locale: bool, include_email: bool) -> dict[str, Any]:
        """The user object of users.info; `now` (seconds) decides the zone's offset."""
        offset = datetime.fromtimestamp(now, ZoneInfo(self.tz)).utcoffset()
        profile = {"real_name": self.real_name, "display_name": self.name}
        if include_email:
            profile["email"] = self.email
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.deleted,
            "tz": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_bot": self.is_bot,
            "profile": profile,
            **({"locale": self.locale} if include_locale else {}),
        }


@dataclass(eq=False)
class Channel:
    """A channel, or with `im_with` the direct messages between the bot and one user."""

    id: str
    team_id: str
    name: str
    im_with: str | None = None
    is_private: bool = False
    is_archived: bool = False
    bot_is_member: bool = True
    members: set[str] = field(default_factory=set)

    def as_json(self) -> dict[str, Any]:
        """The channel object of conversations.info."""
        if self.im_with:
            return {"id": self.id, "is_im": True, "user": self.im_with, "is_archived": self.is_archived}
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": True,
            "is_im": False,
            "is_private": self.is_private,
            "is_archived": self.is_archived,
            "is_member": self.bot_is_member,
            "num_members": len(self.members),
        }


@dataclass(eq=False)
class Workspace:
    """A Slack team where the app is installed, with the token of its bot."""

    id: str
    name: str
    bot_token: str
    bot_user_id: str
    bot_id: str
    active: bool = True
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)


@dataclass(eq=False)
class Message:
    """A message as it stands now; updating changes this object, deleting marks it."""

    ts: str
    team_id: str
    channel: str
    text: str
    blocks: list[dict[str, Any]]
    user: str
    metadata: dict[str, Any] | None = None
    only_for: str | None = None
    thread_ts: str | None = None
    edited: int = 0
    deleted: bool = False
    by_user: bool = False

    @property
    def is_ephemeral(self) -> bool:
        return self.only_for is not None

    def as_json(self, *, with_metadata: bool = False) -> dict[str, Any]:
        """The message object of conversations.history; metadata only when asked for, as Slack does."""
        body: dict[str, Any] = {"type": "message", "ts": self.ts, "team": self.team_id, "text": self.text}
        body["user"] = self.user
        if not self.by_user:
            body |= {"bot_id": f"B{self.user[1:]}", "app_id": APP_ID}
        if self.blocks:
            body["blocks"] = self.blocks
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.edited:
            body["edited"] = {"user": self.user, "ts": self.ts}
        if self.metadata and with_metadata:
            body["metadata"] = self.metadata
        return body


@dataclass(eq=False)
class View:
    """A dialog or a Home as it stands now, with what its user has filled in so far."""

    id: str
    team_id: str
    user: str
    body: dict[str, Any]
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    trigger_id: str | None = None
    state: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    version: int = 1

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return list(self.body["blocks"])

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata", ""))

    @property
    def title(self) -> str:
        """The dialog's title; empty for a Home."""
        return str(self.body.get("title", {}).get("text", ""))

    def as_json(self, bot_id: str) -> dict[str, Any]:
        """The view object of a views method and of an interaction's payload."""
        unset = {"private_metadata": "", "callback_id": "", "external_id": "", "close": None, "submit": None}
        flags = {"clear_on_close": False, "notify_on_close": False}
        return {
            **unset,
            **flags,
            **self.body,
            "id": self.id,
            "team_id": self.team_id,
            "state": {"values": self.state},
            "hash": self.hash,
            "root_view_id": self.root_view_id,
            "previous_view_id": self.previous_view_id,
            "app_id": APP_ID,
            "bot_id": bot_id,
        }


@dataclass(eq=False)
class File:
    """An uploaded file. It is ready after `polls_left` more looks at it with files.info."""

    id: str
    team_id: str
    name: str
    length: int
    polls_left: int = 0
    content: bytes = b""
    completed: bool = False
    title: str = ""
    channels: list[str] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return self.completed and self.polls_left <= 0


@dataclass(frozen=True)
class Call:
    """One request to a Web API method: what was asked, and what came of it (`error` is None when it worked)."""

    method: str
    payload: dict[str, Any]
    team_id: str | None
    error: str | None = None
    fault: str | None = None
