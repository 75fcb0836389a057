"""`/prospect not-now`: back to marketing, with a date."""

from __future__ import annotations

import pytest

from bot.views.limits import BlockMode
from playbooks.history import Status
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import field, said, tracked
from tests.fake_slack import Person


def test_not_now_is_answered_with_the_date_it_comes_back(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types("/prospect not-now Acme 1 september new budget")
    assert "*Acme BV*: not now. It goes back to marketing and comes back on Tue 1 Sept." in answer.text
    assert "Note: new budget" in answer.text
    assert tracked(bot).journey.status is Status.NOT_NOW


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_the_menu_opens_the_dialog_and_the_dialog_closes(bot: Bot, blocks: BlockMode) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=blocks).person("anna")
    dialog = anna.chooses("more", "Not now", on=anna.types("/prospect add Acme BV"))
    assert dialog is not None
    done = anna.submits(dialog, {"until": "2026-09-01", "note": "New budget"})
    assert "comes back on Tue 1 Sept" in said(done)


def test_without_a_date_the_dialog_opens_with_the_words(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    assert field(anna.types("/prospect not-now Acme new budget"), "note")["initial_value"] == "new budget"


def test_today_is_refused_beside_the_field(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    refused = anna.submits(anna.types("/prospect not-now Acme"), {"until": "2026-03-02"})
    assert "later date" in refused.errors["until"]
    assert tracked(bot).journey.is_open


def test_undo_opens_it_again(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    anna.clicks("Undo", on=anna.types("/prospect not-now Acme 1 september"))
    assert tracked(bot).journey.is_open


def test_a_replay_closes_once_and_says_when(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    again = anna.replays(anna.types("/prospect not-now Acme 1 september"))
    assert "already done" in again.text
    assert "closed: not now" in again.text
