"""One call of a method: who calls, with what; and the helpers that every family needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fake_slack.errors import SlackError
from tests.fake_slack.state import State
from tests.fake_slack.things import Channel, User, Workspace


@dataclass(frozen=True)
class Request:
    """An authenticated call. `args` has JSON already read, whether it came as JSON or as a form."""

    state: State
    workspace: Workspace
    scopes: frozenset[str]
    args: dict[str, Any]
    base_url: str

    def need(self, name: str) -> Any:
        """A required argument. Raises SlackError: invalid_arguments."""
        if self.args.get(name) in (None, ""):
            raise SlackError("invalid_arguments", [f"missing required field: {name} [json-pointer:/{name}]"])
        return self.args[name]

    def flag(self, name: str) -> bool:
        """A boolean argument in any of the forms that clients send."""
        return str(self.args.get(name, "")).lower() in {"1", "true"}

    def user(self, user_id: str) -> User:
        """Raises SlackError: user_not_found."""
        if user_id not in self.workspace.users:
            raise SlackError("user_not_found")
        return self.workspace.users[user_id]

    def channel(self, channel_id: str) -> Channel:
        """A channel of this workspace that the bot can see. Raises SlackError: channel_not_found."""
        channel = self.workspace.channels.get(channel_id)
        if channel is None or (channel.is_private and not channel.bot_is_member):
            raise SlackError("channel_not_found")
        return channel


@dataclass(frozen=True)
class Method:
    """A method: what it does, and the scopes of which its token needs one (none: any token will do)."""

    run: Callable[[Request], dict[str, Any]]
    scopes: tuple[str, ...] = ()


def page(items: list[Any], request: Request, most: int, default: int) -> tuple[list[Any], str]:
    """One page of a list, and the cursor of the next (empty at the end). Raises SlackError: invalid_cursor."""
    size = min(int(request.args.get("limit") or default), most)
    cursor = request.args.get("cursor") or "after:0"
    head, _, start = str(cursor).partition(":")
    if head != "after" or not start.isdigit():
        raise SlackError("invalid_cursor")
    end = int(start) + size
    return items[int(start) : end], f"after:{end}" if end < len(items) else ""
