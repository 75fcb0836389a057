"""`/prospect decide`: the forced decision, and what they said."""

from __future__ import annotations

import pytest

from bot.views.limits import BlockMode
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import field, said, tracked
from tests.acceptance.test_advance import advances
from tests.fake_slack import Answer, Person


def asked(person: Person, **fields: str) -> Answer:
    """Acme was asked to decide, by the day that is proposed unless said otherwise."""
    person.types("/prospect add Acme BV")
    return person.submits(person.types("/prospect decide Acme"), fields)


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_the_dialog_shows_the_decision_script_and_proposes_a_day(bot: Bot, blocks: BlockMode) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=blocks).person("anna")
    anna.types('/prospect add Acme BV person:"Jan Smit"')
    dialog = anna.types("/prospect decide Acme")
    assert "Hi Jan, anna from Clearmark" in said(dialog)
    assert "The one ask" in said(dialog)
    assert field(dialog, "until")["initial_date"] == "2026-03-05"
    assert "At the latest" in said(dialog)


def test_asking_sets_the_deadline_and_offers_each_answer(anna: Person, bot: Bot) -> None:
    answer = asked(anna)
    assert "*Acme BV* was asked to decide by Thu 5 Mar (in 3 days)." in said(answer)
    assert "Hear their decision, Thu 5 Mar" in said(answer)
    assert tracked(bot).journey.decision_due_on is not None


def test_yes_opens_the_evidence(anna: Person) -> None:
    dialog = anna.clicks("They decided", on=asked(anna).view)
    assert "is now in step 2" in said(advances(anna, dialog))


def test_no_asks_for_the_reason(anna: Person) -> None:
    dialog = anna.clicks("decided_no", on=asked(anna).view)
    assert "is lost in step 1 of 7" in said(anna.submits(dialog, {"reason": "Price"}))


def test_not_now_asks_for_a_date(anna: Person) -> None:
    dialog = anna.clicks("Not now", on=asked(anna).view)
    assert "comes back on" in said(anna.submits(dialog, {"until": "2026-09-01"}))


def test_a_date_in_the_command_is_the_deadline_and_what_follows_our_next_action(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect decide Acme friday call Jan")
    assert field(dialog, "until")["initial_date"] == "2026-03-06"
    assert field(dialog, "next_what")["initial_value"] == "call Jan"


def test_a_deadline_beyond_the_steps_own_is_refused_beside_the_field(anna: Person) -> None:
    refused = asked(anna, until="2026-06-01")
    assert "until" in refused.errors
    assert "choose that day or an earlier one" in refused.errors["until"]


def test_whoever_was_asked_already_is_heard_instead(anna: Person) -> None:
    asked(anna)
    answer = anna.types("/prospect decide Acme")
    assert "was asked already, and decides by Thu 5 Mar" in answer.text
    assert anna.clicks("decided_no", on=answer).view.title == "Lost"


def test_only_an_earlier_day_takes_the_place_of_the_first(anna: Person) -> None:
    asked(anna)
    dialog = anna.clicks("An earlier date", on=anna.types("/prospect decide Acme"))
    refused = anna.submits(dialog, {"until": "2026-03-09"})
    assert "asked already, and decide by Thu 5 Mar" in refused.errors["until"]
    assert "by Tue 3 Mar (tomorrow)" in said(anna.submits(dialog, {"until": "2026-03-03"}))


def test_once_the_day_has_passed_only_the_answer_counts(anna: Person, bot: Bot) -> None:
    asked(anna)
    bot.clock.forward(days=7)
    answer = anna.types("/prospect decide Acme monday")
    assert "should have decided by Thu 5 Mar" in answer.text
    assert "An earlier date" not in answer.text
    assert "is lost" in said(anna.submits(anna.clicks("decided_no", on=answer), {"reason": "Price"}))


def test_a_wait_that_runs_is_named_before_it_ends(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect wait Acme 1 april")
    assert "They asked to wait until Wed 1 Apr" in said(anna.types("/prospect decide Acme"))


def test_the_menu_opens_the_same_dialog(anna: Person) -> None:
    dialog = anna.chooses("more", "Force a decision", on=anna.types("/prospect add Acme BV"))
    assert dialog is not None
    assert dialog.view.title == "Force a decision"


def test_what_the_script_lacks_can_be_filled_in(anna: Person) -> None:
    asked(anna)
    again = anna.types("/prospect decide Acme")
    assert "Hi [first name]" in again.text
    assert "person" in {block.get("block_id") for block in anna.clicks("Fill in", on=again).view.blocks}


def test_a_replay_asks_once(anna: Person, bot: Bot) -> None:
    once = asked(anna)
    version = tracked(bot).journey.version
    assert "already done" in said(anna.replays(once))
    assert tracked(bot).journey.version == version
