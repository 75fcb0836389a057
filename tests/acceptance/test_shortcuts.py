"""Shortcuts: a prospect from anywhere, a contact from a message."""

from __future__ import annotations

from tests.acceptance.conftest import Bot
from tests.acceptance.reading import words_of
from tests.fake_slack import Person


def test_a_prospect_can_be_added_from_anywhere(anna: Person) -> None:
    dialog = anna.uses_shortcut("add_prospect")
    answer = anna.submits(dialog, {"Company": "Acme BV"})
    assert "starts in step 1" in words_of(answer.view)


def test_a_contact_is_logged_from_a_message_that_names_the_prospect(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Beta")
    anna.types("/prospect add Acme BV")
    message = anna.says("Just off the phone with ACME: they want a demo & a price", channel=bot.slack.channel)
    which = anna.uses_message_shortcut("log_contact", message)
    assert "The message names Acme BV." in words_of(which.view)
    dialog = anna.submits(which)
    assert "Acme BV" in words_of(dialog.view)
    anna.submits(dialog, {"outcome": "Talked"})
    assert "they want a demo &amp; a price" in anna.types("/prospect show Acme").text


def test_a_message_that_names_nobody_asks_with_whom(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    message = anna.says("What a day", channel=bot.slack.channel)
    which = anna.uses_message_shortcut("log_contact", message)
    dialog = anna.submits(which, {"prospect": "Acme BV"})
    assert "Acme BV" in words_of(dialog.view)


def test_without_prospects_the_message_shortcut_says_how_to_begin(bot: Bot, anna: Person) -> None:
    message = anna.says("Hello", channel=bot.slack.channel)
    answer = anna.uses_message_shortcut("log_contact", message)
    assert "You have no open prospects" in words_of(answer.view)
