"""What happened on a journey, told in words."""

from __future__ import annotations

from datetime import date

from bot.views import happenings
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.history import Journey
from tests.unit.journey.builders import COLLEAGUE, MANAGER, MONDAY, REP, Story, working_day

READER = Reader(words=Words(), blocks=BlockMode.FULL, today=MONDAY)
NAMES = {REP: "Robin", COLLEAGUE: "Sam", MANAGER: "Mia"}


def told(journey: Journey) -> list[str]:
    """The acts of a journey, oldest first, each as one text."""
    return [
        " | ".join(map(str, happenings.lines(act, journey.playbook, NAMES, READER)))
        for act in happenings.acts(journey)
    ]


def title(journey: Journey) -> str:
    return happenings.title(happenings.acts(journey)[-1], journey.playbook, NAMES, READER)


def test_each_kind_of_act_is_told_with_what_it_changed() -> None:
    story = Story().log(variant="B", minutes=20, note="They *like* it").tick("need1").advance()
    story.wait(working_day(5), why="budget").assign(COLLEAGUE).force(working_day(8)).lose("price", "too dear")
    texts = told(story.journey)
    assert texts[0].startswith("*Started in step 1 of 3, Step 1*")
    assert texts[1].startswith("*Talked* · Call · script B · 20 min | “They *like* it” | → Call, ")
    assert texts[2] == "*Evidence: 1 of 2* · Named the need"
    assert texts[3].startswith("*They decided, on to step 2 of 3, Step 2* | ✓ Named the need | → Call, ")
    assert texts[4].startswith("*Waiting until Mon 9 Mar, as they asked* | “budget” | → ")
    assert texts[5] == "*Handed over to Sam*"
    assert texts[6].startswith("*Asked to decide by Thu 12 Mar*")
    assert texts[7] == "*Lost: Price* | “too dear”"


def test_two_decisions_in_one_talk_are_one_act_with_the_evidence_of_each() -> None:
    story = Story().advance(decided=[frozenset({"need1"}), frozenset({"need2", "hint2"})])
    text = told(story.journey)[-1]
    assert "step 2 of 3" in text
    assert "step 3 of 3" in text
    assert text.count("✓ Named the need") == 2
    assert text.count("✓ Gave a hint") == 1


def test_a_taking_back_is_told_with_what_it_took_back() -> None:
    journey = Story().log().advance().undo(by=MANAGER, leads=True).journey
    acts = happenings.acts(journey)
    assert [act.taken_back is not None for act in acts] == [False, False, True]
    assert acts[-1].taken_back is not None
    assert happenings.who(acts[-1].taken_back, NAMES, READER) == "Mia"
    assert happenings.last_taken_back(journey) == acts[-1]


def test_undoing_twice_names_the_earlier_act_the_second_time() -> None:
    journey = Story().log("met").log("voicemail").undo().undo().journey
    act = happenings.last_taken_back(journey)
    assert act is not None
    assert happenings.title(act, journey.playbook, NAMES, READER) == "Met"


def test_evidence_after_an_undone_step_is_that_of_the_step_before_it() -> None:
    journey = Story().advance().undo().tick("hint1").journey
    assert told(journey)[-1] == "*Evidence: 1 of 2* · Gave a hint"


def test_nothing_was_taken_back_when_the_last_act_was_another() -> None:
    assert happenings.last_taken_back(Story().log().undo().log().journey) is None


def test_what_nextstep_did_by_itself_is_told_so() -> None:
    journey = Story().close_undecided(by=None).journey
    assert happenings.who(journey.history[-1], NAMES, READER) == "Nextstep"
    assert title(journey) == "Closed: no decision"


def test_winning_and_not_now_are_told() -> None:
    won = Story().advance().advance().advance(next_action=None).journey
    assert told(won)[-1] == "🎉 *Won* | ✓ Named the need"
    assert title(Story().not_now(date(2027, 3, 1)).journey) == "Not now: comes back on Mon 1 Mar 2027"
