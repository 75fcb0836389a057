"""What a person sees after doing something: messages, dialogs, complaints in the dialog."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fake_slack.errors import SlackRefusedError
from tests.fake_slack.finding import texts_of
from tests.fake_slack.limits import limit

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack
    from tests.fake_slack.signing import Sent
    from tests.fake_slack.things import Message, User, View
    from tests.fake_slack.transport import Acknowledged

SOON = 3.0
"""Seconds an answer may take before there is none: a trigger_id lives no longer."""


@dataclass
class Window:
    """Which of Slack's messages appeared after one action of a person and before the next."""

    start: int
    end: int | None = None


@dataclass(frozen=True, eq=False)
class Occasion:
    """What a person did, and where: enough to know what came of it."""

    kind: str
    trigger_id: str | None = None
    response_key: str = ""
    channel: str = ""
    original: Message | None = None
    edited_before: int = 0
    view: View | None = None
    version_before: int = 0
    home_before: int | None = None


@dataclass(eq=False)
class Answer:
    """The app's answer to one thing a person did, as it stands now.

    `text`, `blocks`, `message` and `view` wait for up to three seconds while there is nothing to see yet;
    `messages`, `views` and `errors` tell what there is. `errors` are a dialog's complaints by block_id; `options`
    what an external select was offered; `closed` says that the dialog went away.
    """

    slack: FakeSlack
    user: User
    occasion: Occasion
    sent: Sent
    acknowledged: Acknowledged
    window: Window
    acknowledged_message: Message | None = None
    errors: dict[str, str] = field(default_factory=dict)
    options: list[dict[str, Any]] = field(default_factory=list)
    closed: bool = False

    @property
    def status(self) -> int:
        """The HTTP status of the acknowledgement."""
        return self.acknowledged.status

    @property
    def seconds(self) -> float:
        """How long the acknowledgement took."""
        return self.acknowledged.seconds

    @property
    def came_in_time(self) -> bool:
        """Whether Slack would have waited for it."""
        return self.seconds <= limit("acknowledgement.seconds")

    @property
    def messages(self) -> list[Message]:
        """What the person saw appear, oldest first: the acknowledgement's text, response_url posts, what the bot
        posted meanwhile in this channel or in their direct messages.
        """
        with self.slack.state.changed:
            since = self.slack.state.messages[self.window.start : self.window.end]
            url = self.slack.state.response_urls.get(self.occasion.response_key)
            posted = url.posted if url else []
            mine = [each for each in since if self._is_seen(each)]
            mine += [each for each in posted if each not in mine]
            if self.acknowledged_message:
                mine = [self.acknowledged_message, *[m for m in mine if m is not self.acknowledged_message]]
            return [message for message in mine if not message.deleted]

    def _is_seen(self, message: Message) -> bool:
        if message.by_user:
            return False
        if message.is_ephemeral:
            return message.only_for == self.user.id
        im = self.slack.state.im(self.slack.state.workspaces[self.user.team_id], self.user.id)
        return message.channel in (self.occasion.channel, im.id)

    @property
    def views(self) -> list[View]:
        """The dialogs and Homes that came of it and are still there."""
        happened = self.occasion
        with self.slack.state.changed:
            dialogs = [
                view
                for view in self.slack.state.stack(self.user.team_id, self.user.id)
                if view.trigger_id == happened.trigger_id
                or (view is happened.view and (self.errors or view.version > happened.version_before))
            ]
            home = self.slack.home(self.user)
            before = happened.home_before
            if home is happened.view and home is not None:
                before = happened.version_before
            shows_home = home is not None and before is not None and home.version > before
            return dialogs + ([home] if home is not None and shows_home else [])

    @property
    def shows_view(self) -> bool:
        """Whether the answer is a dialog or a Home rather than a message. Waits for one of them."""
        self._settle()
        return bool(self.views)

    @property
    def message(self) -> Message:
        """The newest message of it, or the message it changed in place. AssertionError when there is neither."""
        self._settle()
        if self.messages:
            return self.messages[-1]
        if self.occasion.original is not None and self._was_edited():
            return self.occasion.original
        raise AssertionError(f"no message was shown {self._told()}")

    @property
    def text(self) -> str:
        """All that the newest message says: its text, then the words in its blocks, a line each."""
        return "\n".join([self.message.text, *texts_of(self.message.blocks)])

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks of the newest message, or of the dialog when that is the answer."""
        return self.view.blocks if self.shows_view else self.message.blocks

    @property
    def view(self) -> View:
        """The dialog or Home that came of it. AssertionError when none did."""
        self._settle(view_only=True)
        if not self.views:
            seen = f", but a message: {self.messages[-1].text!r}" if self.messages else ""
            raise AssertionError(f"no dialog was opened {self._told()}{seen}")
        return self.views[-1]

    def _told(self) -> str:
        return f"(HTTP {self.status} {self.acknowledged.body!r}, errors {self.errors}, closed {self.closed})"

    def _was_edited(self) -> bool:
        original = self.occasion.original
        return original is not None and original.edited > self.occasion.edited_before

    def _settle(self, *, view_only: bool = False) -> None:
        """Waits while nothing has come yet. Raises SlackRefusedError when the app answered with an HTTP error."""
        if self.status != 200:
            raise SlackRefusedError(f"the app did not respond: HTTP {self.status} {self.acknowledged.body}")
        self.slack.wait_for(lambda: self.views or (not view_only and (self.messages or self._was_edited())), SOON)
