"""A picture beside an answer: sent once, also when Slack first says that it is too soon."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.handlers.replies import Sends
from bot.handlers.sending import send
from bot.usecases.deliver import Post
from bot.views import kit
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.deliveries import Faulty, Limited, LookUp, Outcome, Sent, Uncertain
from playbooks.ports import Request

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
READER = Reader(Words(), BlockMode.FULL, AT.date())
ASKED = Request(slack_team="T1", slack_user="U1", id="42", kind="click", body={}, at=AT)
REPLY = Sends(kit.message("In a moment."), lambda: Post("The chart"))
TAKEN = Sent("D1", "1.0")
TOO_SOON = Limited(timedelta(seconds=3))


@dataclass
class Answers:
    """A `Messenger` that gives these outcomes, one after the other, and remembers whom it was to reach."""

    outcomes: list[Outcome]
    reached: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:
        self.reached.append((slack_team, recipient, key))
        return self.outcomes.pop(0)

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        raise NotImplementedError(key)


def test_a_picture_goes_to_who_asked() -> None:
    messenger = Answers([TAKEN])
    assert send(REPLY, ASKED, READER, messenger) == TAKEN
    assert messenger.reached == [("T1", "U1", "asked-42")]


def test_what_comes_too_soon_for_slack_waits_as_long_as_it_says() -> None:
    rests: list[float] = []
    assert send(REPLY, ASKED, READER, Answers([TOO_SOON, TOO_SOON, TAKEN]), rests.append) == TAKEN
    assert rests == [3.0, 3.0]


def test_somebody_who_waits_for_it_does_not_wait_for_ever() -> None:
    rests: list[float] = []
    outcome = send(REPLY, ASKED, READER, Answers([Limited(timedelta(minutes=5))] * 4), rests.append)
    assert isinstance(outcome, Limited)
    assert rests == [10.0, 10.0, 10.0]


@pytest.mark.parametrize("outcome", [Uncertain("timeout"), Faulty("500")])
def test_what_may_have_arrived_or_failed_is_not_sent_again(outcome: Outcome) -> None:
    messenger = Answers([outcome])
    assert send(REPLY, ASKED, READER, messenger) == outcome
    assert len(messenger.reached) == 1
