from dataclasses import replace

import pytest

from playbooks.calendar import DaysOff
from playbooks.deadlines import Deadlines, Stall, deadlines, decision_is_due, stall
from tests.unit.journey.builders import COLLEAGUE, WEEK, Story, playbook, working_day


def test_limits_are_working_days_since_the_step_was_entered():
    assert deadlines(Story().journey, WEEK) == Deadlines(working_day(5), working_day(10))
    assert deadlines(Story().later(7).advance().journey, WEEK) == Deadlines(working_day(10), working_day(15))


def test_a_prospect_stalls_on_the_day_its_limit_is_reached():
    journey = Story().journey
    assert stall(journey, WEEK, working_day(4)) is None
    assert stall(journey, WEEK, working_day(5)) is Stall.TIME


def test_a_decision_is_due_on_its_day():
    journey = Story().journey
    assert not decision_is_due(journey, WEEK, working_day(9))
    assert decision_is_due(journey, WEEK, working_day(10))


def test_touches_do_not_move_the_limits():
    story = Story()
    before = deadlines(story.journey, WEEK)
    assert deadlines(story.log().plan(on=working_day(60)).tick("need1").journey, WEEK) == before


def test_days_off_of_the_owner_do_not_count():
    away = replace(WEEK, away=(DaysOff(working_day(2), working_day(4)),))
    assert deadlines(Story().journey, away).stalls_on == working_day(5 + 3)


def test_public_holidays_do_not_count():
    holiday = replace(WEEK, holidays=frozenset({working_day(1)}))
    assert deadlines(Story().journey, holiday).stalls_on == working_day(6)


def test_used_up_contacts_stall_a_prospect():
    story = Story(playbook(contacts_without_progress=2)).log()
    assert stall(story.journey, WEEK, story.today) is None
    assert stall(story.log().journey, WEEK, story.today) is Stall.CONTACTS


def test_attempts_have_a_limit_of_their_own():
    story = Story(playbook(attempts_without_contact=2, contacts_without_progress=1)).log("voicemail")
    assert stall(story.journey, WEEK, story.today) is None
    assert stall(story.log("no_answer").journey, WEEK, story.today) is Stall.ATTEMPTS


def test_progress_ends_a_stall():
    story = Story(playbook(contacts_without_progress=1)).log().advance()
    assert stall(story.journey, WEEK, story.today) is None


@pytest.mark.parametrize("close", ["lose", "close_undecided", "undo"])
def test_a_closed_prospect_is_never_nudged(close):
    journey = getattr(Story(), close)().journey
    assert stall(journey, WEEK, working_day(99)) is None
    assert not decision_is_due(journey, WEEK, working_day(99))


def test_a_won_prospect_is_never_nudged():
    journey = Story().advance().advance().advance().journey
    assert stall(journey, WEEK, working_day(99)) is None
    assert not decision_is_due(journey, WEEK, working_day(99))


def test_who_takes_over_gets_the_same_clock_on_their_own_days():
    journey = Story().on(working_day(3)).assign(COLLEAGUE).journey
    mondays = replace(WEEK, weekdays=frozenset({0}))
    assert deadlines(journey, WEEK).stalls_on == working_day(5)
    assert deadlines(journey, mondays).stalls_on == working_day(25)
