"""The fake Slack as tests use it: start it, people it, break it, look at what it holds."""

import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from tests.fake_slack.faults import Fault, FaultPlan, Rates
from tests.fake_slack.server import SlackServer
from tests.fake_slack.state import State
from tests.fake_slack.things import ALL_SCOPES, Call, Channel, File, Message, User, View, Workspace

PATIENCE = 5.0
"""Seconds that a test waits for something that another thread is about to do."""


def machine_time() -> float:
    """The machine's time, looked up at each call so that freezegun can hold it."""
    return time.time()


class FakeSlack:
    """A strict Slack on loopback HTTP, for as long as the `with` block lasts.

    `clock` gives Slack's time in seconds since 1970 (default: the machine's, which freezegun may hold); it decides
    timestamps and the end of trigger_ids and response_urls. The first workspace is there from the start.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] | None = None,
        port: int = 0,
        signing_secret: str = "a-signing-secret",
    ) -> None:
        self.signing_secret = signing_secret
        self.state = State(clock or machine_time)
        self.faults = FaultPlan()
        self.workspace = self.add_workspace("Acme Sales", "xoxb-acme")
        self.channel = self.add_channel("general")
        self._server = SlackServer(port, self.state, self.faults)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.faults.clear()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # Where it is

    @property
    def url(self) -> str:
        """For SLACK_API_URL and slack_sdk's `base_url`."""
        return f"{self._server.address}api/"

    @property
    def address(self) -> str:
        return self._server.address

    @property
    def token(self) -> str:
        """The bot's token in the first workspace."""
        return self.workspace.bot_token

    # Who is there

    def add_workspace(self, name: str, bot_token: str) -> Workspace:
        with self.state.change():
            return self.state.add_workspace(name, bot_token)

    def add_user(self, name: str, *, workspace: Workspace | None = None, **traits: Any) -> User:
        """A user; traits are fields of User: real_name, locale, tz, is_admin, deleted..."""
        with self.state.change():
            user = self.state.add_user(workspace or self.workspace, name, **traits)
            for channel in (workspace or self.workspace).channels.values():
                if not channel.im_with and not channel.is_private:
                    channel.members.add(user.id)
            return user

    def add_channel(
        self,
        name: str,
        *,
        workspace: Workspace | None = None,
        members: Iterable[User] | None = None,
        **traits: Any,
    ) -> Channel:
        """A channel; traits are fields of Channel: is_private, is_archived, bot_is_member."""
        ids = None if members is None else [user.id for user in members]
        with self.state.change():
            return self.state.add_channel(workspace or self.workspace, name, ids, **traits)

    def grant(self, token: str, scopes: Iterable[str], *, workspace: Workspace | None = None) -> None:
        """A token with these scopes only. Granting the bot's own token again narrows it."""
        self.state.grants[token] = ((workspace or self.workspace).id, frozenset(scopes))

    def grant_all_but(self, *scopes: str) -> None:
        """Takes scopes away from the first workspace's bot."""
        self.grant(self.token, ALL_SCOPES - set(scopes))

    # What goes wrong

    def fail(self, method: str, fault: Fault, times: int = 1) -> None:
        """The next calls of a method (`*`: any; `response_url`, `upload`) fail in this way."""
        self.faults.queue(method, fault, times)

    def fail_at_random(self, seed: int, rates: Rates) -> None:
        """From now on calls fail by chance, the same for the same seed."""
        self.faults.at_random(seed, rates)

    # What it holds

    @property
    def calls(self) -> list[Call]:
        """Every request so far, oldest first."""
        with self.state.changed:
            return list(self.state.calls)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    @property
    def refusals(self) -> list[Call]:
        """The calls that Slack refused by its own rules, not by a planned fault. A sound test leaves none."""
        return [call for call in self.calls if call.error]

    def messages(self, where: Channel | User | str) -> list[Message]:
        """What all may see in a channel, or in the direct messages with a user, oldest first."""
        with self.state.changed:
            channel = self._channel_id(where)
            return [
                message
                for message in self.state.messages
                if message.channel == channel and not message.is_ephemeral and not message.deleted
            ]

    def ephemerals(self, user: User) -> list[Message]:
        """What only this user saw, in whatever channel, oldest first."""
        with self.state.changed:
            return [each for each in self.state.messages if each.only_for == user.id and not each.deleted]

    def home(self, user: User) -> View | None:
        """The user's Home, if one was published."""
        with self.state.changed:
            return self.state.homes.get((user.team_id, user.id))

    def open_views(self, user: User) -> list[View]:
        """The dialogs on the user's screen, the one on top last."""
        with self.state.changed:
            return list(self.state.stack(user.team_id, user.id))

    @property
    def files(self) -> list[File]:
        with self.state.changed:
            return list(self.state.files.values())

    def wait_for(self, happened: Callable[[], Any], seconds: float = PATIENCE) -> bool:
        """Waits, without polling, until something is so; False when it was not within so many seconds."""
        with self.state.changed:
            return bool(self.state.changed.wait_for(happened, seconds))

    def _channel_id(self, where: Channel | User | str) -> str:
        if isinstance(where, User):
            return self.state.im(self.state.workspaces[where.team_id], where.id).id
        return where if isinstance(where, str) else where.id
