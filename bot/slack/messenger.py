"""Sends deliveries to Slack and looks them up there: never twice, never waiting, every failure told apart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.slack.installations import Installations
from bot.slack.line import Line
from bot.slack.looking_up import Conversation, carries_metadata, metadata
from bot.slack.pace import Pace, Place
from bot.slack.pictures import Pictures, blocks_with
from bot.slack.troubles import Trouble, nothing_sent, trouble_of
from bot.slack_failures import SLACK_FAILED
from bot.usecases.deliver import Post
from playbooks.deliveries import (
    USUAL,
    Faulty,
    Limited,
    LookUp,
    LookUpAgain,
    LookUpFailed,
    Outcome,
    Refused,
    Sent,
    Timing,
    Uncertain,
)

log = structlog.get_logger()

CLOCKS_DIFFER: Final = timedelta(minutes=2)
"""How far our clock may be ahead of Slack's, whose timestamps the look-up goes by."""

_PREPARING: Final = 0.6
"""The share of `http_timeout` for what comes before the message itself: the conversation, the picture."""
_LOOKING: Final = 2.0
"""How many times `http_timeout` a whole look-up may take: it and the message fit in a lease."""

_OPEN: Final = "conversations.open"
_HISTORY: Final = "conversations.history"
_NOT_INSTALLED: Final = "not_installed"
_INVALID_BLOCKS: Final = "invalid_blocks"
_MEMBERS: Final = ("U", "W")
"""What the ids of people begin with; those of conversations begin with C, D or G."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message on its way to a conversation that is open."""

    slack_team: str
    channel: str
    post: Post
    key: str


class SlackMessenger:
    """The `Messenger` of `bot.usecases.deliver`, for any number of threads.

    All that one `send` does ends within `http_timeout`: the lease was found long enough for that. `stopwatch`
    gives seconds that only go forward, `pause` waits some while Slack looks at a picture.
    """

    def __init__(
        self,
        api_url: str,
        installations: Installations,
        *,
        timing: Timing = USUAL,
        stopwatch: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._api_url = api_url
        self._installations = installations
        self._seconds = timing.http_timeout.total_seconds()
        self._stopwatch = stopwatch
        self._pace = Pace(stopwatch)
        self._pictures = Pictures(stopwatch, pause)
        self._lock = threading.Lock()
        self._conversations: dict[tuple[str, str], str] = {}
        self._bots: dict[str, str] = {}
        self._keep_metadata: set[str] = set()
        self._pictures_too_slow: set[tuple[str, str]] = set()

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:
        """Sends once; see `Messenger.send`."""
        token = self._installations.token(slack_team)
        if token is None:
            return Refused(_NOT_INSTALLED)
        preparing, writing = self._line(token, _PREPARING), self._line(token, 1)
        channel = self._conversation(slack_team, recipient, preparing)
        if not isinstance(channel, str):
            return channel
        if wait := self._pace.take((slack_team, channel)):
            return Limited(wait)
        return self._write(_Letter(slack_team, channel, post, key), preparing, writing)

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        """Looks a message up; see `Messenger.find`."""
        token = self._installations.token(slack_team)
        if token is None:
            return LookUpFailed(_NOT_INSTALLED)
        if wait := self._pace.wait((slack_team, _HISTORY)):
            return Limited(wait)
        line = self._line(token, _LOOKING)
        oldest = (since - CLOCKS_DIFFER).timestamp()
        channel = self._conversation(slack_team, recipient, line)
        if not isinstance(channel, str):
            return _as_look_up(channel)
        try:
            conversation = Conversation(line, channel, self._bot(slack_team, line))
            return conversation.look_up(key, oldest, keeps_metadata=slack_team in self._keep_metadata)
        except SLACK_FAILED as error:
            return _as_look_up(self._heeded(error, (slack_team, _HISTORY)))

    def _line(self, token: str, times: float) -> Line:
        """A line for so many times the time that one call may take."""
        until = self._stopwatch() + times * self._seconds
        return Line(self._api_url, token, self._stopwatch, until, self._seconds)

    def _conversation(self, slack_team: str, recipient: str, line: Line) -> str | Limited | Refused | Faulty:
        """The conversation's id, opened for a member once and remembered; or why there is none."""
        if not recipient.startswith(_MEMBERS):
            return recipient
        if known := self._conversations.get((slack_team, recipient)):
            return known
        if wait := self._pace.wait((slack_team, _OPEN)):
            return Limited(wait)
        try:
            opened = str(line.client.conversations_open(users=recipient)["channel"]["id"])
        except SLACK_FAILED as error:
            return nothing_sent(self._heeded(error, (slack_team, _OPEN)))
        with self._lock:
            self._conversations[slack_team, recipient] = opened
        return opened

    def _bot(self, slack_team: str, line: Line) -> str:
        """Our own user id there, by which our messages are known."""
        known = self._bots.get(slack_team)
        if known is None:
            known = str(line.client.auth_test()["user_id"])
            with self._lock:
                self._bots[slack_team] = known
        return known

    def _write(self, letter: _Letter, preparing: Line, writing: Line) -> Outcome:
        file = self._file(letter, preparing)
        outcome = self._post(letter, file, writing)
        if file is not None and outcome == Refused(_INVALID_BLOCKS):
            log.warning("picture_refused", key=letter.key)
            outcome = self._post(letter, None, writing)
        if isinstance(outcome, Sent):
            self._pictures_too_slow.discard((letter.slack_team, letter.key))
        return outcome

    def _file(self, letter: _Letter, line: Line) -> str | None:
        """The picture's file. One that took all the time there is for the message is left out next time."""
        mark = (letter.slack_team, letter.key)
        if letter.post.picture is None or mark in self._pictures_too_slow:
            return None
        file = self._pictures.upload(line, letter.post.picture)
        if self._stopwatch() >= line.until:
            with self._lock:
                self._pictures_too_slow.add(mark)
        return file

    def _post(self, letter: _Letter, file: str | None, line: Line) -> Outcome:
        try:
            said = line.client.chat_postMessage(
                channel=letter.channel,
                text=letter.post.text,
                blocks=blocks_with(letter.post, file),
                metadata=metadata(letter.key),
                unfurl_links=False,
                unfurl_media=False,
            )
        except SLACK_FAILED as error:
            trouble = self._heeded(error, (letter.slack_team, letter.channel))
            return replace(trouble, channel=letter.channel) if isinstance(trouble, Uncertain) else trouble
        if carries_metadata(said.get("message") or {}):
            with self._lock:
                self._keep_metadata.add(letter.slack_team)
        if not said.get("ts"):
            return Uncertain("an answer without ts", letter.channel)
        return Sent(letter.channel, str(said["ts"]))

    def _heeded(self, error: Exception, place: Place) -> Trouble:
        """What went wrong; a limit is kept by all threads from now on."""
        trouble = trouble_of(error)
        if isinstance(trouble, Limited):
            self._pace.hold(place, trouble.retry_after)
        log.info("slack_failed", place=place, trouble=str(trouble))
        return trouble


def _as_look_up(trouble: Trouble) -> LookUp:
    match trouble:
        case Limited():
            return trouble
        case Refused(word):
            return LookUpFailed(word)
        case Faulty(said) | Uncertain(said):
            return LookUpAgain(said)
