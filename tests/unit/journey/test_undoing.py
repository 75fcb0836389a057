from dataclasses import replace

import pytest

from playbooks import journey as rules
from playbooks.events import Undone
from playbooks.history import Status, in_force
from playbooks.refusal import Refusal
from tests.unit.journey.builders import COLLEAGUE, MANAGER, WEEK, Story, refused, working_day


def test_undoing_restores_what_was_and_hides_nothing():
    story = Story().log(minutes=20)
    before = story.journey
    story.advance().undo()
    assert replace(story.journey, history=()) == replace(before, history=())
    assert story.journey.history[: before.version] == before.history
    assert story.journey.version == before.version + 4


def test_all_of_one_act_is_undone_last_thing_first():
    events = rules.undo(Story().advance().journey, by=1, leads=False)
    assert events == (Undone(undoes=4), Undone(undoes=3))


def test_only_the_author_undoes():
    story = Story().log(by=COLLEAGUE)
    with refused(Refusal.NOT_YOURS_TO_UNDO) as refusal:
        story.undo()
    assert refusal.details == {"by": COLLEAGUE}
    assert story.undo(by=COLLEAGUE).journey.spent.contacts == 0


def test_a_manager_undoes_for_anyone():
    assert Story().log().undo(by=MANAGER, leads=True).journey.spent.contacts == 0


def test_something_that_happened_later_stands_in_the_way():
    story = Story().log(minutes=20).log(by=COLLEAGUE)
    with refused(Refusal.NOT_YOURS_TO_UNDO):
        story.undo()


def test_undoing_again_takes_back_the_change_before():
    story = Story().log().advance().undo().undo()
    assert (story.journey.step_number, story.journey.spent.contacts) == (1, 0)


def test_an_undo_is_not_undone_by_undoing():
    story = Story().log().undo().undo()
    assert story.journey.status is Status.WITHDRAWN


def test_what_was_undone_can_be_done_again():
    assert Story().advance().undo().advance().journey.step_number == 2


def test_a_start_that_was_undone_never_counted():
    journey = Story().undo().journey
    assert (journey.status, journey.next_action, in_force(journey.history)) == (Status.WITHDRAWN, None, ())


def test_when_all_was_undone_nothing_is_left_to_undo():
    with refused(Refusal.NOTHING_TO_UNDO):
        Story().undo().undo()


@pytest.mark.parametrize("close", ["lose", "close_undecided"])
def test_a_closing_can_be_undone(close):
    story = Story()
    coming = story.journey.next_action
    getattr(story, close)().undo()
    assert (story.journey.status, story.journey.next_action) == (Status.OPEN, coming)
    assert (story.journey.reason, story.journey.closed_on) == (None, None)


def test_a_win_can_be_undone():
    assert Story().advance().advance().advance().undo().journey.step_number == 3


@pytest.mark.parametrize("close", ["lose", "close_undecided"])
def test_what_a_person_closed_can_be_undone_however_long_ago(close):
    assert getattr(Story(), close)().on(working_day(100)).undo().journey.is_open


def test_the_owner_undoes_what_nextstep_closed():
    story = Story().close_undecided(by=None)
    with refused(Refusal.NOT_YOURS_TO_UNDO):
        story.undo(by=COLLEAGUE)
    assert story.undo().journey.is_open


def test_what_nextstep_closed_can_be_undone_for_five_working_days():
    assert Story().close_undecided(by=None).on(working_day(5)).undo().journey.is_open


@pytest.mark.parametrize("leads", [False, True])
def test_after_five_working_days_what_nextstep_closed_stays_closed(leads):
    story = Story().close_undecided(by=None).on(working_day(6))
    with refused(Refusal.UNDO_TOO_LATE) as refusal:
        story.undo(leads=leads)
    assert refusal.details == {"closed_on": story.journey.closed_on, "days": 5}


def test_the_day_must_be_known_to_undo_what_nextstep_closed():
    with pytest.raises(ValueError, match="depends on the day"):
        rules.undo(Story().close_undecided(by=None).journey, by=1, leads=False, calendar=WEEK)


def test_who_handed_over_may_take_it_back():
    assert Story().assign(COLLEAGUE).undo().journey.owner == 1
    with refused(Refusal.NOT_YOURS_TO_UNDO):
        Story().assign(COLLEAGUE).undo(by=COLLEAGUE)
