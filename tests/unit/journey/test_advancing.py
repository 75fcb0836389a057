from datetime import timedelta

import pytest

from playbooks import journey as rules
from playbooks.events import Advanced, NextActionSet, Won
from playbooks.history import Spent, Status
from playbooks.model import Evidence
from playbooks.refusal import Refusal
from tests.unit.journey.builders import MONDAY, Story, playbook, refused, working_day

BOTH = [frozenset({"need1"}), frozenset({"need2"})]


def test_a_decision_moves_one_step():
    assert Story().advance().journey.step_number == 2


def test_a_new_step_begins_afresh():
    story = Story().tick("need1").log().wait(working_day(5)).later().force(working_day(5)).advance()
    journey = story.journey
    assert (journey.ticked, journey.spent, journey.waits) == (frozenset(), Spent(), ())
    assert journey.entered_on == story.today
    assert (journey.decision_due_on, journey.decision_forced_on) == (None, None)


@pytest.mark.parametrize("to", [-1, 0, 1, 3, 4, 9])
def test_only_the_next_step_may_be_named(to):
    with refused(Refusal.SKIPS_A_STEP) as refusal:
        Story().advance(to=to)
    assert refusal.details["next"].key == "step2"
    assert refusal.details["asked"] == to


def test_naming_the_next_step_is_fine():
    assert Story().advance(to=2).journey.step_number == 2


def test_required_evidence_must_be_ticked():
    with refused(Refusal.EVIDENCE_MISSING) as refusal:
        Story().advance(decided=[frozenset({"hint1"})])
    assert [item.key for item in refusal.details["missing"]] == ["need1"]


def test_evidence_of_another_step_is_unknown_here():
    with refused(Refusal.EVIDENCE_UNKNOWN) as refusal:
        Story().advance(decided=[frozenset({"need1", "need2"})])
    assert refusal.details["unknown"] == ("need2",)


def test_where_nothing_is_required_something_must_show_the_decision():
    choices = tuple(Evidence(key=key, text=key, required=False) for key in ("one", "two"))
    story = Story(playbook(evidence=choices))
    with refused(Refusal.EVIDENCE_MISSING) as refusal:
        story.advance(decided=[frozenset()])
    assert refusal.details["missing"] == choices
    assert story.advance(decided=[frozenset({"two"})]).journey.step_number == 2


def test_evidence_is_kept_in_the_order_of_the_playbook():
    events = rules.advance(
        Story().journey,
        decided=[frozenset({"hint1", "need1"})],
        next_action=Story().next_action(),
        on=MONDAY,
    )
    assert events[0] == Advanced(step=2, evidence=("need1", "hint1"))


def test_two_decisions_in_one_talk_are_two_events_and_one_next_action():
    story = Story().advance(decided=BOTH)
    kinds = [type(entry.event) for entry in story.journey.history if entry.change == 3]
    assert kinds == [Advanced, Advanced, NextActionSet]
    assert story.journey.step_number == 3


def test_each_of_two_decisions_needs_its_own_evidence():
    with refused(Refusal.EVIDENCE_MISSING) as refusal:
        Story().advance(decided=[frozenset({"need1"}), frozenset()])
    assert refusal.details["step"].key == "step2"


def test_two_decisions_taken_together_are_undone_together():
    assert Story().advance(decided=BOTH).undo().journey.step_number == 1


def test_two_decisions_may_be_named_by_where_they_end():
    assert Story().advance(decided=BOTH, to=3).journey.step_number == 3
    with refused(Refusal.SKIPS_A_STEP):
        Story().advance(decided=BOTH, to=2)


def test_the_last_decision_wins_the_customer():
    journey = Story().advance().advance().advance(next_action=None).journey
    assert journey.status is Status.WON
    assert journey.next_action is None


def test_two_decisions_may_win_the_customer():
    story = Story().advance()
    story.advance(decided=[frozenset({"need2"}), frozenset({"need3"})], next_action=None)
    assert isinstance(story.journey.history[-1].event, Won)


def test_no_decision_comes_after_the_last():
    with refused(Refusal.SKIPS_A_STEP) as refusal:
        Story().advance().advance().advance(decided=[frozenset({"need3"}), frozenset({"need3"})])
    assert refusal.details["next"] is None


def test_advancing_without_a_decision_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="at least one decision"):
        Story().advance(decided=[])


def test_the_next_action_may_not_be_left_empty():
    with refused(Refusal.NO_NEXT_ACTION):
        Story().advance(next_action=None)


@pytest.mark.parametrize(("days", "code"), [(-1, Refusal.DATE_PAST), (367, Refusal.DATE_TOO_FAR)])
def test_the_next_action_lies_within_a_year(days, code):
    story = Story()
    with refused(code):
        story.advance(next_action=story.next_action(on=MONDAY + timedelta(days=days)))


def test_the_next_action_names_a_moment_of_the_step_arrived_at():
    book = playbook()
    arrived = book.steps[1].model_copy(update={"moments": book.steps[1].moments[1:]})
    story = Story(book.model_copy(update={"steps": (book.steps[0], arrived, book.steps[2])}))
    with refused(Refusal.MOMENT_UNKNOWN) as refusal:
        story.advance(next_action=story.next_action(moment="call"))
    assert [moment.key for moment in refusal.details["moments"]] == ["mail", "visit"]


@pytest.mark.parametrize("close", ["lose", "close_undecided"])
def test_a_closed_prospect_never_advances(close):
    story = getattr(Story(), close)()
    with refused(Refusal.CLOSED) as refusal:
        story.advance()
    assert refusal.details["status"] is story.journey.status


def test_ticking_evidence_is_kept_and_is_no_progress():
    journey = Story().tick("hint1").tick("hint1", "need1").journey
    assert journey.ticked == {"hint1", "need1"}
    assert journey.step_number == 1


def test_ticking_the_same_again_changes_nothing():
    assert rules.tick(Story().tick("hint1").journey, evidence=frozenset({"hint1"})) == ()


def test_unticking_takes_evidence_away():
    assert Story().tick("hint1").tick().journey.ticked == frozenset()


def test_unknown_evidence_cannot_be_ticked():
    with refused(Refusal.EVIDENCE_UNKNOWN):
        Story().tick("need2")
