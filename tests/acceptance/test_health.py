"""`/nextstep health`: what Nextstep owes, what it could not send, and what nobody can tell about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playbooks.attempts import after_attempt, after_look_up
from playbooks.deliveries import USUAL, Kind, NoMetadata, Outcome, Owed, Refused, State, Uncertain
from playbooks.team import Role
from tests.acceptance.conftest import MONDAY_MORNING, Bot
from tests.fake_slack import Person


def owes(bot: Bot, key: str, outcome: Outcome | None = None, *, to: str = "U0SOMEONE") -> int:
    """A message of which one attempt ended so, and of an uncertain one no look-up can tell; gives its number."""
    ledger = bot.store.ledger()
    with bot.store.writing(bot.slack.workspace.id) as uow:
        uow.deliveries.plan([Owed(key, Kind.DAILY, to, MONDAY_MORNING - timedelta(days=1))])
        uow.commit()
    number = next(one.id for one in ledger.listed() if one.owed.key == key)
    if outcome is not None:
        claimed = ledger.claim(number, "a worker", USUAL)
        assert claimed is not None
        after = after_attempt(claimed, outcome, ledger.now(), 0)
        if after.uncertain:
            after = after_look_up(after, NoMetadata(), ledger.now(), 0)
        assert ledger.record(claimed, after)
    return number


@pytest.fixture
def admin(anna: Person) -> Person:
    """The first person who uses Nextstep."""
    anna.types("/nextstep")
    return anna


def test_when_all_was_sent_it_says_so(admin: Person) -> None:
    text = admin.types("/nextstep health").text
    assert "Everything works" in text
    assert "Every message was sent." in text


def test_what_waits_is_counted_and_no_trouble(bot: Bot, admin: Person) -> None:
    owes(bot, "one")
    text = admin.types("/nextstep health").text
    assert "Everything works" in text
    assert "1 message is to be sent." in text


def test_what_failed_needs_attention_and_says_where_to_look(bot: Bot, admin: Person) -> None:
    owes(bot, "one", Refused("is_archived"))
    owes(bot, "two", Refused("is_archived"))
    text = admin.types("/nextstep health").text
    assert "Something needs attention" in text
    assert "2 messages could not be sent: `nextstep deliveries --state failed` says why." in text


def test_a_message_that_nobody_can_tell_about_is_sent_anyway_with_one_click(bot: Bot, admin: Person) -> None:
    number = owes(bot, "one", Uncertain("HTTP 500"), to=admin.user.id)
    page = admin.types("/nextstep health")
    assert "1 message may have arrived, and Slack does not tell." in page.text
    assert f"*Daily message* to <@{admin.user.id}>, due" in page.text

    done = admin.clicks("Send anyway", on=page)

    assert f"Message {number} is sent now, whether it arrived before or not." in done.text
    delivery = bot.store.ledger().get(number)
    assert (delivery.state, delivery.uncertain) == (State.DUE, False)
    assert "Send anyway" not in done.text


def test_of_two_clicks_the_second_says_that_the_first_did_it(bot: Bot, admin: Person) -> None:
    number = owes(bot, "one", Uncertain("HTTP 500"))
    first, second = admin.types("/nextstep health"), admin.types("/nextstep health")
    admin.clicks("Send anyway", on=first)
    again = admin.clicks("Send anyway", on=second)
    assert f"Somebody was first: message {number} is being sent already." in again.text


def test_only_an_admin_sends_anyway(bot: Bot, admin: Person, bram: Person) -> None:
    """One who was an admin when the page was drawn, and is none now."""
    number = owes(bot, "one", Uncertain("HTTP 500"))
    bram.types("/nextstep")
    page = admin.types("/nextstep health")
    bot.has_role(bram, Role.ADMIN)
    bot.has_role(admin, Role.REP)
    assert "Only an admin" in admin.clicks("Send anyway", on=page).text
    assert bot.store.ledger().get(number).state is State.UNKNOWN


def test_of_many_only_the_newest_are_named(bot: Bot, admin: Person) -> None:
    for number in range(8):
        owes(bot, f"number {number}", Uncertain("HTTP 500"))
    text = admin.types("/nextstep health").text
    assert text.count("Send anyway") == 5
    assert "3 more: `nextstep deliveries --state unknown`." in text
