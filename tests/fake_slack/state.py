"""Everything that this Slack remembers, behind one lock, with a bell that rings at every change."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.fake_slack.errors import SlackError
from tests.fake_slack.forms import carried_over, with_ids
from tests.fake_slack.limits import limit
from tests.fake_slack.things import ALL_SCOPES, Call, Channel, File, Message, User, View, Workspace

MICROSECONDS = 1_000_000


@dataclass
class Trigger:
    """A trigger_id: whose, since when (seconds of Slack's clock), and whether it was exchanged for a view."""

    team_id: str
    user: str
    at: float
    exchanged: bool = False


@dataclass
class ResponseUrl:
    """Where an interaction may still be answered: in which channel, to whom, about which message."""

    team_id: str
    user: str
    channel: str
    at: float
    original: Message | None = None
    uses: int = 0
    posted: list[Message] = field(default_factory=list)


class State:
    """The memory of a fake Slack. `clock` gives seconds since 1970; tests may hold and turn it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.changed = threading.Condition(threading.RLock())
        self.workspaces: dict[str, Workspace] = {}
        self.grants: dict[str, tuple[str, frozenset[str]]] = {}
        self.messages: list[Message] = []
        self.stacks: dict[tuple[str, str], list[View]] = {}
        self.closed_views: dict[str, View] = {}
        self.homes: dict[tuple[str, str], View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, File] = {}
        self.polls_until_ready = 0
        self.calls: list[Call] = []
        self._serial = count(1)
        self._last_ts = 0

    @contextmanager
    def change(self) -> Iterator[None]:
        """Holds the lock for one change and wakes whoever waits for it."""
        with self.changed:
            yield
            self.changed.notify_all()

    def new_id(self, prefix: str) -> str:
        """An id of Slack's form that no other thing has, in any workspace: `U000007`."""
        return f"{prefix}{next(self._serial):06d}"

    def new_ts(self) -> str:
        """A message's timestamp: now, and always later than the one before, also when the clock is held."""
        self._last_ts = max(int(self.clock() * MICROSECONDS), self._last_ts + 1)
        return f"{self._last_ts // MICROSECONDS}.{self._last_ts % MICROSECONDS:06d}"

    # Workspaces

    def add_workspace(self, name: str, bot_token: str) -> Workspace:
        """Installs the app in a new workspace, with every scope that it may ask for."""
        team_id, bot = self.new_id("T"), self.new_id("U")
        workspace = Workspace(team_id, name, bot_token, bot_user_id=bot, bot_id=f"B{bot[1:]}")
        workspace.users[bot] = User(bot, team_id, "nextstep", "Nextstep", is_bot=True)
        self.workspaces[team_id] = workspace
        self.grants[bot_token] = (team_id, ALL_SCOPES)
        return workspace

    def add_user(self, workspace: Workspace, name: str, **traits: Any) -> User:
        """A new member of a workspace; traits are the fields of User."""
        traits.setdefault("real_name", name.title())
        user = User(self.new_id("U"), workspace.id, name, **traits)
        workspace.users[user.id] = user
        return user

    def add_channel(
        self, workspace: Workspace, name: str, members: Iterable[str] | None = None, **traits: Any
    ) -> Channel:
        """A new channel, with everyone now in the workspace unless `members` (user ids) says who."""
        everyone = set(workspace.users) if members is None else set(members)
        channel = Channel(self.new_id("C"), workspace.id, name, members=everyone, **traits)
        workspace.channels[channel.id] = channel
        return channel

    def user(self, user_id: str) -> User:
        """The user with this id in whatever workspace. KeyError when nobody has it."""
        for workspace in self.workspaces.values():
            if user_id in workspace.users:
                return workspace.users[user_id]
        raise KeyError(user_id)

    def im(self, workspace: Workspace, user_id: str) -> Channel:
        """The direct messages between the bot and a user; made at first use."""
        for channel in workspace.channels.values():
            if channel.im_with == user_id:
                return channel
        channel = Channel(self.new_id("D"), workspace.id, "directmessage", im_with=user_id, members={user_id})
        workspace.channels[channel.id] = channel
        return channel

    # Messages

    def post(self, workspace: Workspace, channel: str, payload: dict[str, Any], **more: Any) -> Message:
        """Keeps a message of the bot. The payload was checked before."""
        message = Message(
            ts=self.new_ts(),
            team_id=workspace.id,
            channel=channel,
            text=payload.get("text") or "",
            blocks=with_ids(payload.get("blocks") or [], self.new_id),
            metadata=payload.get("metadata"),
            thread_ts=payload.get("thread_ts"),
            **{"user": workspace.bot_user_id, **more},
        )
        self.messages.append(message)
        return message

    def edit(self, message: Message, payload: dict[str, Any]) -> None:
        """Replaces a message's text and blocks; its metadata only when the payload brings some, as Slack does."""
        message.text = payload.get("text") or ""
        message.blocks = with_ids(payload.get("blocks") or [], self.new_id)
        message.metadata = payload.get("metadata", message.metadata)
        message.edited += 1

    def message(self, channel: str, ts: str) -> Message | None:
        """A message that is still there for all to see."""
        for message in self.messages:
            there = not message.deleted and not message.is_ephemeral
            if there and message.channel == channel and message.ts == ts:
                return message
        return None

    # Interactions

    def new_trigger(self, team_id: str, user: str) -> str:
        trigger_id = f"{next(self._serial)}.{team_id[1:]}.{self.new_id('x')}"
        self.triggers[trigger_id] = Trigger(team_id, user, self.clock())
        return trigger_id

    def exchange_trigger(self, trigger_id: str, team_id: str) -> Trigger:
        """Uses a trigger_id up. Raises SlackError: invalid_, expired_ or exchanged_trigger_id."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None or trigger.team_id != team_id:
            raise SlackError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        if self.clock() - trigger.at > limit("trigger_id.seconds"):
            raise SlackError("expired_trigger_id")
        trigger.exchanged = True
        return trigger

    # Views

    def stack(self, team_id: str, user: str) -> list[View]:
        """The open dialogs of a user, the one on top last."""
        return self.stacks.setdefault((team_id, user), [])

    def new_view(self, team_id: str, user: str, body: dict[str, Any], trigger_id: str | None = None) -> View:
        """A view that is on no screen yet."""
        body = {**body, "blocks": with_ids(body["blocks"], self.new_id)}
        view_id = self.new_id("V")
        view = View(view_id, team_id, user, body, self.new_id("h"), root_view_id=view_id, trigger_id=trigger_id)
        view.state = carried_over({}, body["blocks"])
        return view

    def change_view(self, view: View, body: dict[str, Any]) -> None:
        """Redraws a view. What was typed stays in fields that keep their block_id and action_id, as in Slack."""
        view.body = {**body, "blocks": with_ids(body["blocks"], self.new_id)}
        view.state = carried_over(view.state, view.body["blocks"])
        view.hash = self.new_id("h")
        view.version += 1

    def open_view(self, view_id: str) -> View | None:
        """An open dialog or a published Home by its id."""
        opened = [view for stack in self.stacks.values() for view in stack]
        return next((view for view in [*opened, *self.homes.values()] if view.id == view_id), None)
