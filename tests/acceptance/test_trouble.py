"""When Slack is slow, when something breaks, when somebody sends what nobody knows: one clear sentence."""

from __future__ import annotations

import pytest
from slack_bolt import App

from bot.handlers import build_router
from bot.handlers.edge import Edge
from bot.handlers.reception import Reception
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.slack.client import web_client
from bot.slack.installations import KnownTokens
from bot.slack.manifest import SCOPES
from bot.slack.messenger import SlackMessenger
from bot.slack.profiles import fetch_profile
from bot.views.ids import Action, Callback
from bot.views.limits import BlockMode
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import said, tracked
from tests.fake_slack import FakeSlack, Person, faults, payloads
from tests.fake_slack.signing import JSON, sign
from tests.fake_slack.transport import deliver


def member(bot: Bot, person: Person):
    with bot.store.reading(bot.slack.workspace.id) as uow:
        return uow.members.by_slack_id(person.user.id)


def test_a_new_face_that_slack_does_not_know_in_time_is_served_and_learned_later(
    bot: Bot, slack: FakeSlack
) -> None:
    bram = bot.person("bram", locale="nl-NL")
    hanging = faults.Hang(seconds=30)
    slack.fail("users.info", hanging)
    first = bram.types("/prospect add Acme BV")
    hanging.release.set()
    assert first.came_in_time
    assert "starts in step 1" in first.text
    assert "Tijdlijn" in bram.types("/prospect").text
    assert member(bot, bram).name == "bram"


def test_a_profile_that_slack_does_not_tell_forgets_nothing(bot: Bot, slack: FakeSlack, anna: Person) -> None:
    anna.types("/prospect")
    known = member(bot, anna)
    slack.fail("users.info", faults.ServerError())
    told = {"type": "user_change", "user": {"id": anna.user.id}, "event_ts": "1.1"}
    sent = sign(slack.signing_secret, payloads.event(slack.workspace, "Ev1", 1, told), JSON)
    assert deliver(sent, bot.app.dispatch).status == 200
    assert member(bot, anna) == known


@pytest.mark.parametrize("fault", [faults.ServerError(), faults.DroppedBefore(), faults.RateLimited()])
def test_a_slack_that_does_not_confirm_the_token_loses_nothing(bot: Bot, slack: FakeSlack, fault) -> None:
    slack.fail("auth.test", fault)
    assert "starts in step 1" in bot.person("anna").types("/prospect add Acme BV").text


@pytest.mark.parametrize("fault", [faults.ServerError(), faults.DroppedBefore(), faults.DroppedAfter()])
def test_a_dialog_that_slack_does_not_open_gives_back_what_was_typed(
    anna: Person, slack: FakeSlack, fault
) -> None:
    anna.types("/prospect add Acme BV")
    slack.fail("views.open", fault)
    answer = anna.types("/prospect advance Acme next:friday")
    text = answer.messages[-1].text
    assert "too slow to open the dialog" in text
    assert "/prospect advance Acme next:friday" in text


@pytest.mark.parametrize("fault", [faults.ServerError(), faults.DroppedBefore(), faults.DroppedAfter()])
def test_an_answer_that_slack_does_not_take_is_no_error_of_the_click(
    bot: Bot, anna: Person, slack: FakeSlack, fault
) -> None:
    anna.types("/prospect add Acme BV")
    logged = anna.types("/prospect log Acme talked")
    slack.fail("response_url", fault)
    assert anna.clicks("Undo", on=logged).status == 200
    assert tracked(bot).journey.next_action is not None
    assert "Talked" not in str(tracked(bot).journey.history[-1])


def test_a_command_that_is_not_ours_is_answered_with_ours(anna: Person) -> None:
    text = anna.types("/prospects Acme").text
    assert "/prospects is not a command of mine" in text.replace("`", "")
    assert "/prospect" in text


def test_with_a_prefix_the_commands_have_it(slack: FakeSlack, bot: Bot) -> None:
    prefixed = PrefixedBot(slack, bot.store, bot.clock)
    person = prefixed.person("anna")
    assert "starts in step 1" in person.types("/ns-prospect add Acme BV").text
    assert "/ns-prospect" in person.types("/ns-nothing").text


class PrefixedBot(Bot):
    @property
    def settings(self):
        return super().settings.model_copy(update={"command_prefix": "ns-"})


def test_the_scopes_of_the_manifest_are_enough(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    slack.grant(slack.token, SCOPES)
    added = anna.types("/prospect add Acme BV")
    dialog = anna.clicks("Log a contact", on=added)
    anna.submits(dialog.view, {"outcome": "Talked"})
    anna.opens_home()
    assert slack.refusals == []


class Broken:
    """A handler with a mistake in it."""

    def __call__(self, *_: object) -> Reply:
        raise ZeroDivisionError("a mistake of ours")


@pytest.fixture
def broken(bot: Bot, slack: FakeSlack) -> Person:
    """Somebody whose `/prospect` and dialog *add* run into it; a button *log* that opens the dialog works."""
    router = Router()
    router.commands["prospect"] = Broken()
    router.commands["script"] = build_router().commands["script"]
    router.clicks[Action.ADD] = build_router().clicks[Action.ADD]
    router.shortcuts[Callback.ADD] = build_router().shortcuts[Callback.ADD]
    router.submissions[Callback.ADD] = Broken()
    reception = Reception(router, bot.store, bot.starters, BlockMode.FULL, dict)
    app = App(
        process_before_response=True,
        client=web_client(slack.url, slack.token),
        signing_secret=slack.signing_secret,
    )
    messenger = SlackMessenger(slack.url, KnownTokens(bot.tokens))
    Edge(reception, bot.store.saved, bot.clock, fetch_profile, lambda work: work(), messenger).register(app)
    return Person(slack, slack.add_user("anna", locale="en-GB"), app.dispatch)


def test_a_mistake_of_ours_is_said_with_a_reference_and_what_was_typed(
    broken: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    text = broken.types("/prospect add Acme BV next:friday").text
    assert "Something went wrong on our side, and nothing was changed" in text
    assert "/prospect add Acme BV next:friday" in text
    assert "ZeroDivisionError" not in text
    assert "ZeroDivisionError" in "".join(capsys.readouterr())


def test_a_mistake_of_ours_leaves_the_dialog_open_with_what_was_typed(broken: Person) -> None:
    dialog = broken.uses_shortcut("add_prospect")
    submitted = broken.submits(dialog.view, {"name": "Acme BV"})
    assert "Something went wrong on our side" in submitted.errors["name"]


def test_a_button_of_an_earlier_release_says_so(bot: Bot, anna: Person, broken: Person) -> None:
    old = Person(bot.slack, anna.user, broken._client.app)
    added = anna.types("/prospect add Acme BV")
    assert "earlier version of me" in said(old.clicks("Log a contact", on=added))


def test_a_shortcut_of_an_earlier_release_says_so(anna: Person) -> None:
    assert "earlier version of me" in said(anna.uses_shortcut("gone"))


def test_a_dialog_of_an_earlier_release_keeps_what_was_typed(bot: Bot, anna: Person) -> None:
    dialog = anna.types("/prospect add")
    dialog.view.body["callback_id"] = "gone"
    submitted = anna.submits(dialog.view, {"name": "Acme BV"})
    assert "earlier version of me" in submitted.errors["name"]


def test_metadata_that_nobody_can_read_is_answered(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect lost Acme")
    dialog.view.body["private_metadata"] = "{"
    submitted = anna.submits(dialog.view, {"reason": "Price"})
    assert submitted.errors["reason"]
    assert tracked(bot).journey.is_open
