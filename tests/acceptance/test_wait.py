"""`/prospect wait`: the prospect named a date, and the clock stands still until then."""

from __future__ import annotations

from datetime import date

import pytest

from bot.views.limits import BlockMode
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import field, said, tracked
from tests.fake_slack import Person


def test_waiting_is_said_with_its_date_and_what_it_means(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types("/prospect wait Acme 1 april budget round")
    assert "*Acme BV* waits until Wed 1 Apr, as they asked." in answer.text
    assert "Note: budget round" in answer.text
    assert "clock stands still" in answer.text
    assert "1 of 1 wait used" in answer.text
    assert "Next action:* Pick it up again, as agreed, Wed 1 Apr" in answer.text


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_the_menu_opens_the_dialog_and_the_dialog_waits(bot: Bot, blocks: BlockMode) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=blocks).person("anna")
    dialog = anna.chooses("more", "They want to wait", on=anna.types("/prospect add Acme BV"))
    assert dialog is not None
    assert "0 of 1 wait used in this step, up to 30 working days." in said(dialog)
    done = anna.submits(dialog, {"until": "2026-03-20", "note": "Board meets on the 19th"})
    assert "waits until Fri 20 Mar" in said(done)
    assert tracked(bot).journey.waits_on(date(2026, 3, 19))


def test_without_a_date_the_dialog_opens_with_the_reason(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    assert field(anna.types("/prospect wait Acme budget round"), "note")["initial_value"] == "budget round"


def test_a_date_beyond_the_steps_limit_is_asked_again_with_the_reason_kept(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect wait Acme 1 december budget round")
    assert "may wait until" in said(dialog)
    assert field(dialog, "note")["initial_value"] == "budget round"
    refused = anna.submits(dialog, {"until": "2026-12-01"})
    assert "may wait until" in refused.errors["until"]
    assert tracked(bot).journey.waits == ()


def test_once_more_than_the_step_allows_offers_a_decision_instead(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect wait Acme 1 april")
    answer = anna.types("/prospect wait Acme 8 april")
    assert "may wait only once" in answer.text
    assert anna.clicks("Force a decision", on=answer).view.title == "Force a decision"
    assert len(tracked(bot).journey.waits) == 1


def test_no_dialog_opens_that_could_only_be_refused(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    waiting = anna.types("/prospect wait Acme 1 april")
    answer = anna.chooses("more", "They want to wait", on=waiting)
    assert answer is not None
    assert "may wait only once" in answer.text


def test_a_replay_waits_once(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    once = anna.types("/prospect wait Acme 1 april")
    assert "already done" in anna.replays(once).text
    assert len(tracked(bot).journey.waits) == 1


def test_a_contact_during_a_wait_says_that_they_still_wait(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect wait Acme 16 march board meets")
    assert "waiting until Mon 16 Mar" in said(anna.types("/prospect log Acme talked"))
