"""`/prospect next`: the one dated next action."""

from __future__ import annotations

from tests.acceptance.conftest import Bot
from tests.acceptance.screens import field, said, tracked
from tests.fake_slack import Person


def test_the_date_understood_is_answered(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types("/prospect next Acme friday call back")
    assert "Next action for *Acme BV*: call back, Fri 6 Mar (in 4 days)." in answer.text


def test_another_date_keeps_the_words_and_the_moment(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect next Acme friday")
    action = tracked(bot).journey.next_action
    assert action is not None
    assert (action.what, action.moment) == ("First call", "first_call")


def test_without_a_date_the_dialog_opens_with_what_there_is(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect next Acme call the owner")
    assert field(dialog, "next_what")["initial_value"] == "call the owner"
    done = anna.submits(dialog, {"next_date": "2026-03-10"})
    assert "call the owner, Tue 10 Mar" in said(done)


def test_the_button_under_an_answer_moves_the_date_and_keeps_the_moment(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.clicks("Change next action", on=anna.types("/prospect log Acme no answer"))
    anna.submits(dialog, {"next_date": "2026-03-10"})
    action = tracked(bot).journey.next_action
    assert action is not None
    assert (action.on.isoformat(), action.moment) == ("2026-03-10", "first_call")


def test_the_same_plan_again_changes_nothing_and_says_so(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect next Acme friday call back")
    version = tracked(bot).journey.version
    assert "Nothing changed" in anna.types("/prospect next Acme friday call back").text
    assert tracked(bot).journey.version == version


def test_a_date_in_the_past_is_refused_beside_the_field(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    refused = anna.submits(anna.types("/prospect next Acme"), {"next_date": "2026-02-27"})
    assert "is in the past" in refused.errors["next_date"]


def test_a_date_too_far_away_is_asked_again_with_the_words_kept(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect next Acme 2027-06-01 call back")
    assert "too far away" in said(dialog)
    assert field(dialog, "next_what")["initial_value"] == "call back"


def test_an_overdue_action_is_planned_anew_from_an_empty_date(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    bot.clock.forward(days=9)
    assert "initial_date" not in field(anna.types("/prospect next Acme"), "next_date")


def test_a_replay_plans_once(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    once = anna.types("/prospect next Acme friday call back")
    anna.types("/prospect next Acme thursday")
    assert "already done" in anna.replays(once).text
    action = tracked(bot).journey.next_action
    assert action is not None
    assert action.on.isoformat() == "2026-03-05"
