"""Socket Mode: the same app answers, without signatures or an address that Slack can reach."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest

import storage
from bot.settings import Settings
from tests.acceptance.conftest import Bot, Clock
from tests.fake_slack import FakeSlack, Person


class SocketBot(Bot):
    """A bot that was given an app token and no signing secret."""

    @property
    def settings(self) -> Settings:
        return Settings(SLACK_BOT_TOKEN=self.slack.token, SLACK_APP_TOKEN="xapp-1", SLACK_API_URL=self.slack.url)

    def receives(self, request: BoltRequest) -> BoltResponse:
        """What Slack would have sent over HTTP, as it comes through the socket: the payload alone."""
        return run_bolt_app(self.app, SocketModeRequest("interactive", "envelope-1", _payload(request)))


def _payload(request: BoltRequest) -> dict[str, Any]:
    if request.raw_body.startswith("{"):
        event: dict[str, Any] = json.loads(request.raw_body)
        return event
    form: dict[str, Any] = dict(parse_qsl(request.raw_body, keep_blank_values=True))
    return json.loads(form["payload"]) if "payload" in form else form


@pytest.fixture
def bot(slack: FakeSlack, store: storage.Store) -> Bot:
    return SocketBot(slack, store, Clock())


@pytest.fixture
def anna(bot: SocketBot) -> Person:
    return Person(bot.slack, bot.slack.add_user("anna", locale="en-GB"), bot.receives)


def test_commands_buttons_dialogs_and_home_are_answered_through_the_socket(anna: Person) -> None:
    added = anna.types("/prospect add Acme BV")
    assert "starts in step 1" in added.text
    dialog = anna.clicks("Log a contact", on=added)
    assert not anna.submits(dialog.view, {"outcome": "Talked"}).errors
    assert anna.uses_shortcut("add_prospect").view.blocks
    assert "Acme BV" in str(anna.opens_home().view.blocks)
