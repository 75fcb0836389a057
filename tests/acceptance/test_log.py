"""`/prospect log`: a contact and its outcome, what it adds up to, and what comes next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.views.limits import BlockMode
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import field, options, said, tracked
from tests.fake_slack import Person

FAMILY = "👩‍👩‍👧‍👦"
HARD_NAMES = ["Wide " + "x" * 195, f"{FAMILY * 12} Zorg", "شركة النور للتجارة", "A & B <BV>", "*Sterk* _BV_"]


def test_a_contact_is_logged_with_everything_that_was_typed(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types("/prospect log Acme talked liked the idea next:friday send the case min:20 script:B")
    assert "Logged for Acme BV: Talked, First call, script B, 20 min." in answer.text
    assert "Note: liked the idea" in answer.text
    assert "1 of 3 contacts without progress · 20 min since the last progress" in answer.text
    assert "Next action:* send the case, Fri 6 Mar (in 4 days)" in answer.text
    assert tracked(bot).journey.spent.minutes == 20


def test_without_a_date_the_next_action_is_the_playbooks_by_the_outcome(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    assert "First call, Tue 3 Mar (tomorrow)" in anna.types("/prospect log Acme no answer").text
    assert "Mail after the first call, Tue 3 Mar (tomorrow)" in anna.types("/prospect log Acme talked").text


def test_attempts_are_no_contacts(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect log Acme voicemail")
    answer = anna.types("/prospect log Acme sent")
    assert "0 of 3 contacts without progress · 2 of 8 attempts without a contact" in answer.text


def test_at_the_limit_of_contacts_a_decision_is_offered(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect log Acme talked")
    assert "as this step allows" not in anna.types("/prospect log Acme talked").text
    third = anna.types("/prospect log Acme met")
    assert "as many contacts as this step allows" in third.text
    assert anna.clicks("Force a decision", on=third).view.title == "Force a decision"


def test_at_the_limit_of_attempts_a_decision_is_offered(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    answers = [anna.types("/prospect log Acme no answer") for _ in range(8)]
    assert "as many attempts as this step allows" not in answers[6].text
    assert "as many attempts as this step allows" in answers[7].text


def test_whoever_was_asked_to_decide_is_not_offered_it_again(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.submits(anna.types("/prospect decide Acme"))
    for _ in range(3):
        answer = anna.types("/prospect log Acme talked")
    assert "3 of 3 contacts" in answer.text
    assert "ask for the decision" not in answer.text


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_the_button_opens_the_dialog_and_the_dialog_logs(bot: Bot, blocks: BlockMode) -> None:
    bot = Bot(bot.slack, bot.store, bot.clock, blocks=blocks)
    anna = bot.person("anna")
    dialog = anna.clicks("Log a contact", on=anna.types("/prospect add Acme BV"))
    assert options(dialog, "moment")[0] == "First call"
    assert "Planned: First call." in said(dialog)
    assert "After a contact: Mail after the first call, Tue 3 Mar" in said(dialog)
    done = anna.submits(dialog, {"outcome": "Met", "minutes": "45", "script": "A", "note": "They like it"})
    assert "Logged for *Acme BV*: Met, First call, script A, 45 min." in said(done)
    assert "Mail after the first call" in said(done)


def test_what_is_not_clear_opens_the_dialog_with_all_that_was_understood(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect log Acme hello there next:friday call back min:15 script:b")
    assert field(dialog, "note")["initial_value"] == "hello there"
    assert field(dialog, "next_date")["initial_date"] == "2026-03-06"
    assert field(dialog, "next_what")["initial_value"] == "call back"
    assert field(dialog, "minutes")["initial_value"] == "15"
    assert field(dialog, "script")["initial_option"]["value"] == "B"
    assert "call back, Fri 6 Mar" in said(anna.submits(dialog, {"outcome": "Talked"}))


def test_what_a_command_got_wrong_is_said_in_the_dialog_that_keeps_the_rest(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect log Acme talked a nice talk min:20 script:Z")
    assert "This step has no script Z; it has: A and B." in said(dialog)
    assert field(dialog, "outcome")["initial_option"]["value"] == "talked"
    assert field(dialog, "note")["initial_value"] == "a nice talk"
    assert tracked(bot).journey.spent.contacts == 0
    assert "Talked, First call, 20 min" in said(anna.submits(dialog))


def test_words_after_the_letter_of_a_script_become_the_note(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect log Acme talked script:B went well")
    assert field(dialog, "script")["initial_option"]["value"] == "B"
    assert field(dialog, "note")["initial_value"] == "went well"


def test_too_many_minutes_are_refused_beside_the_field(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect log Acme")
    refused = anna.submits(dialog, {"outcome": "Talked", "minutes": "500"})
    assert refused.errors == {"minutes": "Minutes go from 0 to 480; try 20."}
    assert tracked(bot).journey.spent.contacts == 0


@pytest.mark.parametrize(("typed", "shown"), [("20 min", "20 min"), ("1,5 uur", "1 h 30 min")])
def test_minutes_are_read_as_people_write_them(bot: Bot, typed: str, shown: str) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=BlockMode.CORE).person("anna")
    anna.types("/prospect add Acme BV")
    done = anna.submits(anna.types("/prospect log Acme"), {"outcome": "Talked", "minutes": typed})
    assert shown in said(done)


def test_what_is_no_number_of_minutes_is_refused_beside_the_field(bot: Bot) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=BlockMode.CORE).person("anna")
    anna.types("/prospect add Acme BV")
    refused = anna.submits(anna.types("/prospect log Acme"), {"outcome": "Talked", "minutes": "a while"})
    assert "whole number" in refused.errors["minutes"]


def test_a_script_of_another_moment_is_refused_beside_the_field(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect log Acme")
    refused = anna.submits(dialog, {"outcome": "Talked", "moment": "Second call", "script": "B"})
    assert list(refused.errors) == ["script"]


def test_a_replayed_command_logs_once_and_says_so(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    once = anna.types("/prospect log Acme talked")
    assert "already done" in anna.replays(once).text
    assert tracked(bot).journey.spent.contacts == 1


def test_a_replayed_dialog_logs_once_and_says_so(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    once = anna.submits(anna.types("/prospect log Acme"), {"outcome": "Talked"})
    assert "already done" in said(anna.replays(once))
    assert tracked(bot).journey.spent.contacts == 1


def test_a_dialog_about_an_earlier_step_logs_nothing(anna: Person, bot: Bot) -> None:
    added = anna.types("/prospect add Acme BV")
    dialog = anna.clicks("Log a contact", on=added)
    carla = bot.person("carla")
    carla.types("/prospect lost Acme price")
    late = anna.submits(dialog, {"outcome": "Talked"})
    assert "has changed since" in said(late)
    assert "closed: lost" in said(late)


def test_a_wait_goes_on_when_a_contact_is_logged(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect wait Acme 1 april")
    anna.types("/prospect log Acme talked")
    journey = tracked(bot).journey
    assert journey.waits_on(date(2026, 3, 31))
    assert journey.next_action is not None
    assert journey.next_action.on >= date(2026, 4, 1)


@pytest.mark.parametrize("name", HARD_NAMES)
def test_hard_names_are_logged_like_any_other(anna: Person, name: str) -> None:
    added = anna.types(f'/prospect add "{name}"')
    done = anna.submits(anna.clicks("Log a contact", on=added), {"outcome": "Talked", "note": f"{FAMILY} نعم"})
    assert "Talked, First call" in said(done)
    assert FAMILY in said(done)


def test_a_date_too_far_away_is_asked_again(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    far = date(2026, 3, 2) + timedelta(days=400)
    dialog = anna.types(f"/prospect log Acme talked next:{far.isoformat()} call back")
    assert "too far away" in said(dialog)
    assert "initial_date" not in field(dialog, "next_date")
    assert field(dialog, "next_what")["initial_value"] == "call back"
