"""The sending half of a Slack client: makes triggers and response_urls, signs, delivers, shows what came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fake_slack.acknowledgements import show_acknowledgement
from tests.fake_slack.answers import Answer, Occasion, Window
from tests.fake_slack.errors import ClientRefusedError
from tests.fake_slack.payloads import on_message, on_view
from tests.fake_slack.signing import FORM, JSON, Sent, Signature, sign
from tests.fake_slack.state import ResponseUrl
from tests.fake_slack.things import Channel, Message, User, View
from tests.fake_slack.transport import Dispatch, deliver

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack


@dataclass(frozen=True)
class Ticket:
    """What an interaction carries so that the app can answer it: the ids, and the address that goes with one."""

    trigger_id: str
    response_key: str = ""
    response_url: str = ""


class Client:
    """One user's connection to an app."""

    def __init__(self, slack: FakeSlack, user: User, app: Dispatch | str) -> None:
        self.slack = slack
        self.state = slack.state
        self.user = user
        self.app = app
        self.workspace = slack.state.workspaces[user.team_id]
        self._window = Window(0)

    def im(self) -> Channel:
        """The direct messages with the bot."""
        with self.state.change():
            return self.state.im(self.workspace, self.user.id)

    def now(self) -> str:
        """An action_ts or event_ts: never the same twice."""
        with self.state.change():
            return self.state.new_ts()

    def ticket(self, channel: Channel | None = None, original: Message | None = None) -> Ticket:
        """A fresh trigger_id, and with a channel also a response_url for it."""
        with self.state.change():
            trigger_id = self.state.new_trigger(self.workspace.id, self.user.id)
            if channel is None:
                return Ticket(trigger_id)
            key = self.state.new_id("r")
            self.state.response_urls[key] = ResponseUrl(
                self.workspace.id, self.user.id, channel.id, self.state.clock(), original
            )
        return Ticket(trigger_id, key, f"{self.slack.address}respond/{key}")

    def send(self, occasion: Occasion, body: str, signed: Signature) -> Answer:
        """Signs and delivers a payload."""
        kind = JSON if occasion.kind == "event" else FORM
        return self.deliver(occasion, sign(self.slack.signing_secret, body, kind, signed))

    def deliver(self, occasion: Occasion, sent: Sent) -> Answer:
        """Delivers these exact bytes, and shows what the app acknowledges.

        Raises SlackRefusedError when the acknowledgement is something that Slack would not show.
        """
        window = self._new_window()
        acknowledged = deliver(sent, self.app)
        answer = Answer(self.slack, self.user, occasion, sent, acknowledged, window)
        if acknowledged.status == 200:
            with self.state.change():
                show_acknowledgement(self.state, self.user, answer)
        return answer

    def _new_window(self) -> Window:
        """What appears from now on belongs to this action, until the person does something else."""
        with self.state.changed:
            self._window.end = len(self.state.messages)
            self._window = Window(len(self.state.messages))
            return self._window

    def place(self, on: Answer | Message | View) -> dict[str, Any]:
        """The part of a payload that tells where on the screen something happened."""
        message, view = message_of(on), view_of(on)
        if message:
            return on_message(message, self.workspace.channels[message.channel])
        if view is None:
            raise ClientRefusedError("nothing there to act on")
        return on_view(view, self.workspace)

    def top(self, on: Answer | View) -> View:
        """The dialog meant, which must be the one on top of the user's screen."""
        view = on if isinstance(on, View) else on.view
        stack = self.slack.open_views(self.user)
        if not stack or stack[-1] is not view:
            raise ClientRefusedError(f"dialog {view.title!r} is not the one on this user's screen")
        return view


def blocks_of(on: Answer | Message | View) -> list[dict[str, Any]]:
    """What is on this part of the screen: for an answer its dialog when it opened one, else its message."""
    screen = view_of(on) or message_of(on)
    return screen.blocks if screen else []


def view_of(on: Answer | Message | View) -> View | None:
    if isinstance(on, Answer):
        return on.view if on.shows_view else None
    return on if isinstance(on, View) else None


def message_of(on: Answer | Message | View) -> Message | None:
    if isinstance(on, Answer):
        return None if on.shows_view else on.message
    return on if isinstance(on, Message) else None
