"""`/prospect lost`: closed, with a reason."""

from __future__ import annotations

import pytest

from bot.views.limits import BlockMode
from playbooks.history import Status
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import field, said, tracked
from tests.fake_slack import Person


def test_a_loss_is_answered_with_its_reason_and_an_undo(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types("/prospect lost Acme price twice what they had in mind")
    assert "*Acme BV* is lost in step 1 of 7, Interest: Price." in answer.text
    assert "Note: twice what they had in mind" in answer.text
    assert tracked(bot).journey.status is Status.LOST
    anna.clicks("Undo", on=answer)
    assert tracked(bot).journey.is_open


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_the_menu_opens_the_dialog_and_the_dialog_closes(bot: Bot, blocks: BlockMode) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=blocks).person("anna")
    dialog = anna.chooses("more", "Lost", on=anna.types("/prospect add Acme BV"))
    assert dialog is not None
    done = anna.submits(dialog, {"reason": "Chose another product"})
    assert "is lost in step 1 of 7, Interest: Chose another product." in said(done)
    assert tracked(bot).journey.reason == "competitor"


def test_a_reason_that_is_not_known_opens_the_dialog_with_the_words(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect lost Acme they moved away")
    assert field(dialog, "note")["initial_value"] == "they moved away"
    assert "is lost" in said(anna.submits(dialog, {"reason": "Other"}))


def test_another_reason_needs_words_beside_the_field(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect lost Acme other")
    assert "Say in a few words" in said(dialog)
    assert field(dialog, "reason")["initial_option"]["value"] == "other"
    refused = anna.submits(dialog)
    assert refused.errors == {"note": "Say in a few words what the other reason is."}
    assert tracked(bot).journey.is_open
    assert "Note: moved away" in said(anna.submits(dialog, {"note": "moved away"}))


def test_other_with_words_closes_at_once(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    assert "Note: moved away" in anna.types("/prospect lost Acme other:moved away").text
    assert tracked(bot).journey.status is Status.LOST


def test_a_replay_closes_once_and_says_when(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    once = anna.types("/prospect lost Acme price")
    again = anna.replays(once)
    assert "already done" in again.text
    assert "closed: lost" in again.text


def test_an_old_button_on_a_lost_prospect_says_what_happened(anna: Person) -> None:
    added = anna.types("/prospect add Acme BV")
    anna.types("/prospect lost Acme price")
    late = anna.chooses("more", "Lost", on=added)
    assert late is not None
    assert "has changed since" in late.text
    assert "closed: lost" in late.text


def test_two_people_who_close_the_same_prospect_close_it_once(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    carla = bot.person("carla")
    hers, his = carla.types("/prospect lost Acme"), anna.types("/prospect lost Acme")
    carla.submits(hers, {"reason": "Price"})
    late = anna.submits(his, {"reason": "Other", "note": "moved"})
    assert "has changed since" in said(late)
    assert tracked(bot).journey.reason == "price"
