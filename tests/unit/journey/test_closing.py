from datetime import timedelta

import pytest

from playbooks.events import Lost
from playbooks.history import Status
from playbooks.refusal import Refusal
from tests.unit.journey.builders import COLLEAGUE, MONDAY, Story, refused, working_day


def test_lost_keeps_its_reason_and_has_no_next_action():
    journey = Story().lose("price").journey
    assert (journey.status, journey.reason, journey.next_action) == (Status.LOST, "price", None)
    assert journey.closed_on == MONDAY


def test_a_reason_must_be_one_of_the_playbook():
    with refused(Refusal.REASON_UNKNOWN):
        Story().lose("weather")


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_other_needs_words(text):
    with refused(Refusal.REASON_NEEDS_TEXT):
        Story().lose("other", text)


def test_other_with_words_is_a_reason():
    assert Story().lose("other", " merged with Acme ").journey.history[-1].event == Lost(
        reason="other", text="merged with Acme"
    )


def test_not_now_keeps_the_date_of_its_return():
    journey = Story().not_now(working_day(30)).journey
    assert (journey.status, journey.returns_on) == (Status.NOT_NOW, working_day(30))
    assert journey.next_action is None


@pytest.mark.parametrize(
    ("days", "code"),
    [(-1, Refusal.DATE_PAST), (0, Refusal.DATE_PAST), (3 * 366 + 1, Refusal.DATE_TOO_FAR)],
)
def test_not_now_comes_back_tomorrow_or_within_three_years(days, code):
    with refused(code):
        Story().not_now(MONDAY + timedelta(days=days))


@pytest.mark.parametrize("days", [1, 3 * 366])
def test_not_now_may_return_on_either_end(days):
    assert not Story().not_now(MONDAY + timedelta(days=days)).journey.is_open


def test_no_decision_is_a_closing_of_its_own():
    assert Story().close_undecided().journey.status is Status.NO_DECISION


ENDINGS = {
    "won": lambda story: story.advance().advance().advance(),
    "lost": lambda story: story.lose(),
    "no decision": lambda story: story.close_undecided(),
    "not now": lambda story: story.not_now(working_day(30)),
    "withdrawn": lambda story: story.undo(),
}
VERBS = {
    "advance": lambda story: story.advance(decided=[frozenset({"need3"})]),
    "tick": lambda story: story.tick(),
    "log": lambda story: story.log(),
    "plan": lambda story: story.plan(),
    "wait": lambda story: story.wait(working_day(3)),
    "force": lambda story: story.force(working_day(3)),
    "lose": lambda story: story.lose(),
    "close": lambda story: story.close_undecided(),
    "not now": lambda story: story.not_now(working_day(30)),
    "assign": lambda story: story.assign(COLLEAGUE),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_after_the_end_nothing_happens_any_more(ending, verb):
    story = ENDINGS[ending](Story())
    with refused(Refusal.CLOSED) as refusal:
        VERBS[verb](story)
    assert refusal.details["status"] is story.journey.status
