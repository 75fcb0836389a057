"""A member sees only their own workspace, whatever a button or a dialog carries."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from slack_bolt import BoltRequest, BoltResponse

from playbooks.ports import Tracked
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import said
from tests.fake_slack import FakeSlack, Person
from tests.fake_slack.signing import FORM, sign
from tests.fake_slack.things import Workspace


@pytest.fixture
def rival(slack: FakeSlack, bot: Bot) -> Workspace:
    """Another workspace that installed the same app."""
    workspace = slack.add_workspace("Rival Sales", "xoxb-rival")
    bot.tokens[workspace.id] = workspace.bot_token
    return workspace


@pytest.fixture
def theirs(slack: FakeSlack, bot: Bot, rival: Workspace) -> Person:
    """Somebody there with the same name."""
    return Person(slack, slack.add_user("anna", workspace=rival, locale="en-GB"), bot.app.dispatch)


def journey_in(bot: Bot, workspace: Workspace) -> Tracked:
    with bot.store.reading(workspace.id) as uow:
        (known,) = uow.prospects.all()
        found = uow.journeys.latest(known.id)
    assert found is not None
    return found


def payload_of(request: BoltRequest) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(parse_qs(request.raw_body)["payload"][0])
    return payload


class Forger:
    """Sends what the person does with another journey in it, rightly signed: as if Slack itself were fooled."""

    def __init__(self, bot: Bot, own: Tracked, other: Tracked) -> None:
        self.bot = bot
        self.swap = (f'"journey":{own.id}', f'"journey":{other.id}')

    def __call__(self, request: BoltRequest) -> BoltResponse:
        forged = json.loads(json.dumps(payload_of(request)), object_hook=self._swapped)
        sent = sign(self.bot.slack.signing_secret, urlencode({"payload": json.dumps(forged)}), FORM)
        return self.bot.app.dispatch(BoltRequest(body=sent.body, headers=dict(sent.headers)))

    def _swapped(self, part: dict[str, Any]) -> dict[str, Any]:
        return {
            key: value.replace(*self.swap)
            if key in {"value", "private_metadata"} and isinstance(value, str)
            else value
            for key, value in part.items()
        }


def test_the_same_name_in_two_workspaces_is_two_prospects(
    bot: Bot, anna: Person, theirs: Person, rival: Workspace, slack: FakeSlack
) -> None:
    anna.types("/prospect add Acme BV source:fair")
    assert "starts in step 1" in theirs.types("/prospect add Acme BV").text
    anna.types("/prospect lost Acme price")
    assert not journey_in(bot, slack.workspace).journey.is_open
    assert journey_in(bot, rival).journey.is_open


def test_the_same_user_id_in_two_workspaces_is_two_members(
    bot: Bot, anna: Person, slack: FakeSlack, rival: Workspace
) -> None:
    with slack.state.change():
        double = replace(anna.user, team_id=rival.id)
        rival.users[double.id] = double
    stranger = Person(slack, double, bot.app.dispatch)
    anna.types("/prospect add Acme BV")
    assert "no open prospects" in stranger.types("/prospect").text


def test_nothing_of_another_workspace_is_found_or_listed(anna: Person, theirs: Person) -> None:
    anna.types("/prospect add Acme BV")
    theirs.types("/prospect add Globex")
    for typed in ("/prospect show Acme", "/prospect log Acme talked", "/script Acme", "/prospect lost Acme price"):
        assert "Acme BV" not in theirs.types(typed).text
    assert "Acme BV" not in theirs.types("/prospect list").text
    assert "Acme BV" not in str(theirs.opens_home().view.blocks)


@pytest.mark.parametrize("button", ["Undo", "They decided", "Log a contact", "Script"])
def test_a_forged_button_reaches_no_other_workspace(
    bot: Bot, anna: Person, theirs: Person, rival: Workspace, button: str
) -> None:
    theirs.types("/prospect add Globex")
    added = anna.types("/prospect add Acme BV")
    own, other = journey_in(bot, bot.slack.workspace), journey_in(bot, rival)
    forger = Person(bot.slack, anna.user, Forger(bot, own, other))
    answer = forger.clicks(button, on=added)
    assert "not in this workspace" in said(answer)
    assert journey_in(bot, rival).journey == other.journey
    assert journey_in(bot, bot.slack.workspace).journey == own.journey


def test_a_forged_dialog_reaches_no_other_workspace(
    bot: Bot, anna: Person, theirs: Person, rival: Workspace, slack: FakeSlack
) -> None:
    theirs.types("/prospect add Globex")
    anna.types("/prospect add Acme BV")
    own, other = journey_in(bot, slack.workspace), journey_in(bot, rival)
    dialog = anna.types("/prospect lost Acme")
    forger = Person(slack, anna.user, Forger(bot, own, other))
    answer = forger.submits(dialog.view, {"reason": "Price"})
    assert "not in this workspace" in answer.errors["reason"]
    assert journey_in(bot, rival).journey == other.journey


def test_a_workspace_without_a_token_hears_that_it_is_not_installed(bot: Bot, slack: FakeSlack) -> None:
    elsewhere = slack.add_workspace("Elsewhere", "xoxb-elsewhere")
    person = Person(slack, slack.add_user("eve", workspace=elsewhere), bot.app.dispatch)
    assert "not installed in this workspace" in person.types("/prospect add Acme BV").text
    assert bot.store.workspace(elsewhere.id) is None


def test_a_token_that_was_withdrawn_is_told(bot: Bot, slack: FakeSlack, theirs: Person, rival: Workspace) -> None:
    rival.active = False
    assert "not installed in this workspace" in theirs.types("/prospect").text
    assert bot.store.workspace(rival.id) is None
    slack.state.calls.clear()  # Slack refused the token, as it should
