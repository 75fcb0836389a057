"""A team's week, from stories of single prospects."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from playbooks.digest import Came, Digest, digest
from playbooks.history import Journey
from tests.unit.journey.builders import MONDAY, REP, WEEK, Story, moment, playbook, working_day

THREE_WEEKS_ON = MONDAY + timedelta(days=21)


def counted(*journeys: Journey, as_of: date = THREE_WEEKS_ON) -> Digest:
    named = [(f"Prospect {number}", journey) for number, journey in enumerate(journeys, 1)]
    return digest(named, as_of, lambda _: WEEK)


def test_the_day_itself_is_not_over_yet() -> None:
    story = Story().advance()
    assert counted(story.journey, as_of=MONDAY).moves == ()
    assert len(counted(story.journey, as_of=MONDAY + timedelta(days=1)).moves) == 1


def test_what_was_taken_back_is_not_told() -> None:
    assert counted(Story().advance().undo().journey).moves == ()


def test_moves_of_the_week_name_who_brought_them_and_in_the_order_they_happened() -> None:
    early = Story().on(working_day(1)).advance().journey
    late = Story().on(working_day(2)).advance(by=2).journey
    figures = counted(late, early, as_of=working_day(4))
    assert [(move.prospect, move.step, move.by) for move in figures.moves] == [
        ("Prospect 2", "Step 2", REP),
        ("Prospect 1", "Step 2", 2),
    ]


def test_an_earlier_week_is_not_told_again() -> None:
    assert counted(Story().advance().journey, as_of=MONDAY + timedelta(days=8)).moves == ()


def test_the_days_to_a_win_are_the_median_of_the_weeks_wins() -> None:
    stories = [Story().on(MONDAY + timedelta(days=days)) for days in (2, 4, 5)]
    won = [story.advance().advance().advance().journey for story in stories]
    figures = counted(*won, as_of=MONDAY + timedelta(days=7))
    assert len(figures.wins) == 3
    assert figures.days_to_win == 4
    assert counted(as_of=MONDAY).days_to_win is None


@pytest.mark.parametrize(
    ("ending", "came"),
    [
        (lambda story: story.advance(), Came.YES),
        (lambda story: story.lose(), Came.NO),
        (lambda story: story.not_now(date(2026, 9, 1)), Came.NOT_NOW),
        (lambda story: story.close_undecided(by=None), Came.NOTHING),
        (lambda story: story, Came.WAITING),
    ],
)
def test_each_decision_that_was_asked_for_says_what_came_of_it(ending, came: Came) -> None:
    story = Story().force(working_day(3))
    assert counted(ending(story.on(working_day(2))).journey).decisions == {came: 1}


def test_asking_for_an_earlier_date_is_asking_once() -> None:
    story = Story().force(working_day(3)).later().force(working_day(2))
    assert counted(story.journey).decisions == {Came.WAITING: 1}


def test_hope_is_the_minutes_on_prospects_that_stood_still_already() -> None:
    stalled = Story().on(working_day(6)).log(minutes=30).journey
    going = Story().on(working_day(4)).log(minutes=90).journey
    hope = counted(stalled, going, as_of=working_day(7)).hope
    assert hope.share == pytest.approx(0.25)
    assert (hope.contacts, hope.touches) == (1, 2)


def test_the_contact_that_uses_up_the_last_one_was_not_hope_yet() -> None:
    book = playbook(contacts_without_progress=1)
    story = Story(book).log(minutes=10).later().log(minutes=30)
    assert counted(story.journey, as_of=MONDAY + timedelta(days=7)).hope.share == pytest.approx(0.75)


def test_a_contact_within_a_forced_decision_is_no_hope() -> None:
    story = Story().on(working_day(6)).force(working_day(8)).on(working_day(7)).log(minutes=30)
    assert counted(story.journey, as_of=working_day(8)).hope.share == 0


def test_minutes_that_nobody_logged_are_the_playbooks_and_their_share_is_said() -> None:
    book = playbook(moments=(moment("call"),))
    story = Story(book).on(working_day(6)).log(moment="call").log(minutes=20)
    hope = counted(story.journey, as_of=working_day(7)).hope
    assert hope.assumed == pytest.approx(0.5)
    assert hope.share == 1
