from dataclasses import replace

import pytest

from playbooks import next_action
from playbooks.calendar import DaysOff
from playbooks.model import Channel
from tests.unit.journey.builders import MONDAY, WEEK, Story, action, moment, playbook, step, working_day


def after(story: Story, outcome: str = "talked", **details):
    known = story.journey.playbook.outcome(outcome)
    assert known
    return next_action.after_contact(story.journey, known, WEEK, story.today, **details)


def entered(**changes) -> Story:
    """A story whose first next action is the step's first moment."""
    return Story(playbook(**changes)).plan(moment="call")


def test_a_step_begins_with_its_first_moment():
    first = next_action.on_entering(step(1), WEEK, MONDAY)
    assert first == action(working_day(2), "Call", "call")


def test_a_first_moment_never_comes_after_the_decision_is_due():
    late = step(1, moments=(moment("call", after=30),))
    assert next_action.on_entering(late, WEEK, MONDAY).on == working_day(10)


def test_after_a_contact_comes_the_next_moment():
    assert after(entered()) == action(working_day(2), "Mail", "mail")


@pytest.mark.parametrize("outcome", ["no_answer", "voicemail", "sent"])
def test_after_an_attempt_the_same_moment_is_tried_again(outcome):
    assert after(entered(), outcome) == action(working_day(1), "Call", "call")


def test_after_a_no_show_the_visit_stays_to_be_had():
    assert after(Story().plan(moment="visit"), "no_show") == action(working_day(1), "Visit", "visit")


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.CHAT, Channel.LETTER])
def test_what_is_written_is_done_once_it_is_sent(channel):
    story = entered(moments=(moment("call", channel), moment("visit")))
    assert after(story, "sent") == action(working_day(2), "Visit", "visit")


@pytest.mark.parametrize("outcome", ["sent", "talked"])
def test_a_written_last_moment_is_followed_up(outcome):
    story = entered(moments=(moment("call", Channel.EMAIL),))
    assert after(story, outcome) == action(working_day(3), "Call", "call")


def test_after_the_last_moment_comes_a_follow_up():
    assert after(Story().plan(moment="visit"), "met") == action(working_day(3), "Visit", "visit")


def test_the_moment_that_was_had_decides_and_not_the_planned_one():
    assert after(entered(), moment="mail").moment == "visit"


def test_a_next_action_in_own_words_keeps_the_place_in_the_step():
    story = entered().log(next_action=action(working_day(1), "Mail", "mail"))
    assert after(story.plan(what="Send the brochure")).moment == "visit"


def test_a_place_in_an_earlier_step_says_nothing():
    story = Story().plan(moment="mail").advance()
    assert after(story, "voicemail").moment == "call"


def test_what_was_undone_says_nothing():
    story = entered()
    story.log(next_action=story.next_action(moment="mail")).undo()
    assert after(story).moment == "mail"


def test_a_proposal_does_not_come_after_the_day_the_decision_is_due():
    story = Story().plan(moment="mail").on(working_day(9))
    assert after(story).on == working_day(10)


def test_when_the_decision_is_due_already_we_act_on_the_next_working_day():
    story = Story().plan(on=working_day(9), moment="mail").on(working_day(10))
    assert after(story).on == working_day(11)
    assert after(story.on(working_day(14))).on == working_day(15)


def test_a_forced_decision_is_kept_in_view():
    story = Story().plan(moment="visit").force(working_day(2))
    assert after(story).on == working_day(2)


def test_a_prospect_that_waits_is_left_alone_until_its_date():
    story = entered().wait(working_day(7)).later()
    assert after(story, "voicemail") == action(working_day(7), "Call", "call")


def test_a_proposal_falls_on_a_working_day():
    away = replace(WEEK, away=(DaysOff(working_day(1), working_day(6)),))
    story = entered()
    outcome = story.journey.playbook.outcome("voicemail")
    assert next_action.after_contact(story.journey, outcome, away, MONDAY).on == working_day(7)


def test_a_draft_without_moments_still_gets_a_proposal():
    bare = step(1, moments=())
    assert next_action.on_entering(bare, WEEK, MONDAY) == action(working_day(1), "Step 1")
    assert after(Story(playbook(moments=()))) == action(working_day(1), "Step 1")
