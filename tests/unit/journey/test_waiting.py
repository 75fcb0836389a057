from dataclasses import replace
from datetime import timedelta

import pytest

from playbooks.calendar import DaysOff
from playbooks.deadlines import deadlines, decision_is_due, stall
from playbooks.history import Wait
from playbooks.model import Waiting
from playbooks.refusal import Refusal
from tests.unit.journey.builders import MONDAY, WEEK, Story, playbook, refused, working_day

FRIDAY = working_day(4)
SUNDAY = FRIDAY + timedelta(days=2)


def allowing(days: int, times: int = 2) -> Story:
    return Story(playbook(waiting=Waiting(days=days, times=times)))


def test_waiting_lasts_until_the_date_that_was_named():
    journey = Story().wait(FRIDAY).journey
    assert journey.waits_on(MONDAY)
    assert journey.waits_on(working_day(3))
    assert journey.waits_on(FRIDAY) is None
    assert journey.waits_on(MONDAY - timedelta(days=1)) is None


def test_our_next_action_is_on_the_day_that_was_named():
    assert Story().wait(FRIDAY, what="Ask about the budget").journey.next_action.on == FRIDAY


def test_our_next_action_waits_for_a_working_day_of_the_owner():
    away = replace(WEEK, away=(DaysOff(SUNDAY, SUNDAY + timedelta(days=1)),))
    story = Story().wait(SUNDAY, away)
    assert story.journey.next_action.on == SUNDAY + timedelta(days=2)
    assert story.journey.waits == (Wait(MONDAY, SUNDAY),)


def test_the_prospect_names_a_day_that_is_still_to_come():
    with refused(Refusal.DATE_PAST):
        Story().wait(MONDAY)


def test_a_step_limits_how_long_a_prospect_waits():
    with refused(Refusal.WAIT_TOO_LONG) as refusal:
        allowing(days=3).wait(FRIDAY)
    assert refusal.details == {"latest": working_day(3), "days": 3}


def test_days_on_which_nobody_works_cost_no_waiting():
    assert allowing(days=4).wait(SUNDAY).journey.waits
    with refused(Refusal.WAIT_TOO_LONG) as refusal:
        allowing(days=4).wait(SUNDAY + timedelta(days=1))
    assert refusal.details["latest"] == SUNDAY


def test_a_step_limits_how_often_a_prospect_waits():
    story = allowing(days=4, times=1).wait(working_day(1)).on(working_day(2))
    with refused(Refusal.WAIT_TOO_OFTEN) as refusal:
        story.wait(working_day(3))
    assert refusal.details == {"times": 1}


@pytest.mark.parametrize("limits", [{"days": 0}, {"days": 4, "times": 0}])
@pytest.mark.parametrize("today", [FRIDAY, SUNDAY])
def test_a_step_may_allow_no_waiting_at_all(limits, today):
    with refused(Refusal.WAIT_TOO_OFTEN) as refusal:
        allowing(**limits).on(today).wait(today + timedelta(days=1))
    assert refusal.details == {"times": 0}


def test_waits_are_counted_anew_in_the_next_step():
    story = allowing(days=4, times=1).wait(FRIDAY).later().advance()
    assert len(story.wait(FRIDAY).journey.waits) == 1


def test_a_wait_that_was_undone_does_not_count():
    story = allowing(days=4, times=1).wait(FRIDAY).undo()
    assert story.journey.next_action.what == "Call"
    assert story.wait(FRIDAY).journey.waits


def test_the_date_named_last_ends_the_wait_that_runs():
    story = Story().wait(working_day(9)).on(working_day(2)).wait(working_day(3))
    assert story.journey.waits == (Wait(MONDAY, working_day(2)), Wait(working_day(2), working_day(3)))
    assert story.journey.waits_on(working_day(3)) is None


def test_naming_another_date_on_the_same_day_counts_as_twice():
    story = allowing(days=9, times=2).wait(working_day(9)).wait(FRIDAY)
    assert story.journey.waits_on(MONDAY).until == FRIDAY
    with refused(Refusal.WAIT_TOO_OFTEN):
        story.wait(working_day(3))


def test_undoing_the_second_date_brings_the_first_back():
    story = Story().wait(working_day(9)).on(working_day(2)).wait(working_day(3)).undo()
    assert story.journey.waits == (Wait(MONDAY, working_day(9)),)


def test_a_touch_does_not_end_the_wait():
    assert Story().wait(FRIDAY).later().log().journey.waits_on(working_day(1))


def test_progress_ends_the_wait():
    assert Story().wait(FRIDAY).later().advance().journey.waits_on(working_day(1)) is None


def test_forcing_a_decision_ends_the_wait():
    story = Story().wait(working_day(8)).on(working_day(2)).force(FRIDAY)
    assert story.journey.waits_on(working_day(2)) is None
    assert decision_is_due(story.journey, WEEK, FRIDAY)


def test_a_waiting_prospect_is_neither_stalled_nor_due():
    journey = Story().on(working_day(9)).wait(working_day(30)).journey
    assert stall(journey, WEEK, working_day(29)) is None
    assert not decision_is_due(journey, WEEK, working_day(29))


def test_the_clock_goes_on_where_it_was_after_a_wait():
    journey = Story().on(working_day(3)).wait(working_day(8)).journey
    assert deadlines(journey, WEEK).stalls_on == working_day(8 + 2)
    assert deadlines(journey, WEEK).decision_due_on == working_day(8 + 7)


def test_a_prospect_that_was_stalled_before_the_wait_is_stalled_after_it():
    journey = Story().on(working_day(7)).wait(working_day(20)).journey
    assert stall(journey, WEEK, working_day(20))


def test_every_day_of_overlapping_waits_stops_the_clock_once():
    story = Story().on(working_day(1)).wait(working_day(6)).on(working_day(3)).wait(working_day(9))
    assert deadlines(story.journey, WEEK).stalls_on == working_day(9 + 4)


def test_days_off_within_a_wait_stop_the_clock_once():
    journey = Story().on(working_day(1)).wait(working_day(6)).journey
    away = replace(WEEK, away=(DaysOff(working_day(3), working_day(7)),))
    assert deadlines(journey, away).stalls_on == working_day(7 + 4)
