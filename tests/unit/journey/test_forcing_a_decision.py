from datetime import timedelta

from playbooks.deadlines import deadlines, decision_is_due
from playbooks.refusal import Refusal
from tests.unit.journey.builders import MONDAY, WEEK, Story, refused, working_day


def due(story: Story):
    return deadlines(story.journey, WEEK).decision_due_on


def test_the_prospect_decides_by_the_date_it_was_given():
    story = Story().force(working_day(4))
    assert due(story) == working_day(4)
    assert story.journey.next_action.on == working_day(4)


def test_a_decision_may_be_asked_for_today():
    assert decision_is_due(Story().force(MONDAY).journey, WEEK, MONDAY)


def test_a_decision_is_not_asked_for_in_the_past():
    with refused(Refusal.DATE_PAST):
        Story().force(MONDAY - timedelta(days=1))


def test_forcing_does_not_put_the_decision_off():
    story = Story()
    assert due(Story().force(working_day(10))) == working_day(10)
    with refused(Refusal.DECISION_TOO_LATE) as refusal:
        story.force(working_day(11))
    assert refusal.details == {"latest": working_day(10)}


def test_a_decision_that_is_due_leaves_what_the_playbook_gives_before_closing():
    story = Story().on(working_day(12))
    with refused(Refusal.DECISION_TOO_LATE) as refusal:
        story.force(working_day(18))
    assert refusal.details["latest"] == working_day(17)
    assert due(story.force(working_day(17))) == working_day(17)


def test_a_decision_is_forced_once():
    story = Story().force(working_day(4)).later()
    with refused(Refusal.DECISION_FORCED_ALREADY) as refusal:
        story.force(working_day(5))
    assert refusal.details == {"due_on": working_day(4)}


def test_a_date_that_passed_is_not_given_again():
    with refused(Refusal.DECISION_FORCED_ALREADY):
        Story().force(working_day(4)).on(working_day(5)).force(working_day(6))


def test_an_earlier_date_may_take_its_place():
    assert due(Story().force(working_day(4)).later().force(working_day(2))) == working_day(2)


def test_the_same_date_may_be_said_again():
    assert due(Story().force(working_day(4)).later().force(working_day(4))) == working_day(4)


def test_a_wait_that_ended_on_the_day_it_was_agreed_moves_nothing():
    saturday = working_day(4) + timedelta(days=1)
    assert due(Story().wait(working_day(8)).force(saturday)) == saturday


def test_the_next_step_knows_of_no_forced_decision():
    assert due(Story().force(MONDAY).advance()) == working_day(10)


def test_an_undone_forcing_gives_the_playbooks_date_back():
    story = Story().force(working_day(4)).undo()
    assert due(story) == working_day(10)
    assert due(story.force(working_day(5))) == working_day(5)


def test_a_wait_moves_the_date_by_as_long_as_it_lasts():
    story = Story().force(working_day(4)).on(working_day(2)).wait(working_day(7))
    assert due(story) == working_day(7 + 2)


def test_a_second_date_of_the_prospect_moves_it_on():
    story = Story().force(working_day(4)).on(working_day(2)).wait(working_day(7))
    assert due(story.on(working_day(3)).wait(working_day(10))) == working_day(10 + 2)


def test_a_date_that_passed_before_the_wait_is_due_when_it_ends():
    story = Story().force(working_day(2)).on(working_day(3)).wait(working_day(8))
    assert not decision_is_due(story.journey, WEEK, working_day(7))
    assert decision_is_due(story.journey, WEEK, working_day(8))


def test_a_wait_before_forcing_does_not_move_the_date():
    assert due(Story().wait(working_day(6)).on(working_day(2)).force(working_day(4))) == working_day(4)


def test_a_wait_on_the_day_of_forcing_moves_the_date():
    assert due(Story().force(working_day(4)).wait(working_day(3))) == working_day(3 + 4)


def test_the_words_for_our_next_action_must_be_there_and_fit():
    with refused(Refusal.NO_NEXT_ACTION):
        Story().force(working_day(4), what="  ")
    with refused(Refusal.TEXT_TOO_LONG):
        Story().force(working_day(4), what="x" * 301)
