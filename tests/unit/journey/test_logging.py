import pytest

from playbooks import journey as rules
from playbooks.events import MOST_MINUTES, MOST_TEXT, Contacted
from playbooks.model import variant_id
from playbooks.refusal import Refusal
from tests.unit.journey.builders import MONDAY, Story, playbook, refused, working_day


def logged(story: Story) -> Contacted:
    return next(e.event for e in reversed(story.journey.history) if isinstance(e.event, Contacted))


def test_a_touch_takes_the_place_of_the_next_action():
    story = Story()
    coming = story.next_action(what="Send the offer")
    assert story.log(next_action=coming).journey.next_action == coming


def test_a_touch_may_not_leave_the_next_action_empty():
    with refused(Refusal.NO_NEXT_ACTION):
        Story().log(next_action=None)


def test_contacts_add_up_until_progress():
    spent = Story().log(minutes=20).log("met", minutes=40).log().journey.spent
    assert (spent.contacts, spent.minutes, spent.unlogged) == (3, 60, 1)


def test_attempts_are_not_contacts():
    spent = Story().log("voicemail").log("no_answer").log("sent").log("no_show").journey.spent
    assert (spent.contacts, spent.attempts) == (0, 4)


def test_a_contact_starts_the_attempts_anew():
    assert Story().log("voicemail").log("talked").log("no_answer").journey.spent.attempts == 1


def test_an_outcome_the_playbook_does_not_know_is_refused():
    with refused(Refusal.OUTCOME_UNKNOWN) as refusal:
        Story().log("pondered")
    assert refusal.details["outcomes"] == playbook().outcomes


@pytest.mark.parametrize("minutes", [-1, MOST_MINUTES + 1])
def test_minutes_fit_in_a_working_day(minutes):
    with refused(Refusal.MINUTES_OUT_OF_RANGE):
        Story().log(minutes=minutes)


@pytest.mark.parametrize("minutes", [0, MOST_MINUTES])
def test_no_minutes_and_a_whole_day_are_fine(minutes):
    assert logged(Story().log(minutes=minutes)).minutes == minutes


def test_a_moment_the_step_does_not_have_is_refused():
    with refused(Refusal.MOMENT_UNKNOWN) as refusal:
        Story().log(moment="fair")
    assert refusal.details["said"] == "fair"


def test_a_planned_moment_that_newer_words_dropped_can_still_be_logged():
    story = Story().plan(moment="visit")
    words = playbook(moments=playbook().steps[0].moments[:2])
    events = rules.log(
        rules.Journey(words, **{f: getattr(story.journey, f) for f in ("history", "status", "next_action")}),
        outcome="met",
        next_action=story.next_action(),
        on=MONDAY,
        moment="visit",
    )
    assert isinstance(events[0], Contacted)


def test_a_next_action_may_not_name_a_moment_of_nowhere():
    story = Story()
    with refused(Refusal.MOMENT_UNKNOWN):
        story.log(next_action=story.next_action(moment="fair"))
    with refused(Refusal.MOMENT_UNKNOWN):
        story.plan(moment="fair")


def test_a_script_is_named_by_its_exact_words():
    step = playbook().step(1)
    contact = logged(Story().log(moment="call", variant="b"))
    assert contact.script == variant_id(step, step.moments[0], step.moments[0].scripts[1])


def test_a_script_without_a_moment_is_of_the_planned_moment():
    assert logged(Story().plan(moment="visit").log(variant="B")).moment == "visit"


def test_a_script_without_a_moment_is_else_of_the_first_that_has_it():
    assert logged(Story().log(variant="B")).moment == "call"
    assert logged(Story().plan(moment="call").log(variant="C")).moment == "visit"


@pytest.mark.parametrize(("moment", "known"), [("call", ("A", "B")), (None, ("A", "B", "C"))])
def test_a_script_that_is_not_there_is_refused_with_those_that_are(moment, known):
    with refused(Refusal.SCRIPT_UNKNOWN) as refusal:
        Story().log(moment=moment, variant="Q")
    assert refusal.details["scripts"] == known


def test_a_note_is_kept_without_blanks_around_it():
    assert logged(Story().log(note="  asked for a demo \n")).note == "asked for a demo"
    assert logged(Story().log(note="   ")).note is None


def test_a_note_that_is_too_long_is_refused_with_the_limit():
    with refused(Refusal.TEXT_TOO_LONG) as refusal:
        Story().log(note="x" * (MOST_TEXT + 1))
    assert refusal.details == {"length": MOST_TEXT + 1, "most": MOST_TEXT}


def test_planning_changes_only_the_next_action():
    story = Story()
    before = story.journey
    after = story.plan(on=working_day(4), what="Visit them").journey
    assert after.next_action.what == "Visit them"
    assert (after.spent, after.step_number) == (before.spent, before.step_number)


def test_planning_the_same_again_changes_nothing():
    journey = Story().journey
    assert rules.plan(journey, next_action=journey.next_action, on=MONDAY) == ()


def test_a_next_action_never_lies_in_the_past():
    with refused(Refusal.DATE_PAST):
        Story().later().plan(on=MONDAY)
