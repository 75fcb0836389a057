from dataclasses import replace
from datetime import timedelta

from playbooks import journey as rules
from playbooks.events import NextActionSet, Started
from playbooks.history import Status
from playbooks.refusal import Refusal
from tests.unit.journey.builders import COLLEAGUE, MONDAY, REP, Story, action, refused, working_day


def test_a_journey_starts_at_step_one_with_its_next_action():
    journey = Story().journey
    assert (journey.status, journey.step_number, journey.entered_on) == (Status.OPEN, 1, MONDAY)
    assert journey.next_action.on == working_day(1)


def test_the_first_next_action_is_not_in_the_past():
    with refused(Refusal.DATE_PAST):
        rules.start(owner=REP, next_action=action(MONDAY - timedelta(days=1)), on=MONDAY)


def test_a_prospect_that_comes_back_says_so():
    planned = action(MONDAY)
    started = rules.start(owner=REP, next_action=planned, on=MONDAY, source="returned:fair", returned=True)
    assert started == (
        Started(owner=REP, source="returned:fair", returned=True),
        NextActionSet(action=planned),
    )


def test_handing_over_changes_the_owner_and_nothing_else():
    story = Story().log(minutes=5).wait(working_day(4))
    before = story.journey
    after = story.assign(COLLEAGUE).journey
    assert replace(after, owner=REP, history=before.history) == before


def test_handing_over_to_the_owner_is_refused():
    with refused(Refusal.OWNER_ALREADY):
        Story().assign(REP)


def test_the_version_counts_every_event():
    story = Story()
    assert story.journey.version == 2
    assert [verb().journey.version for verb in (story.log, story.advance, story.undo)] == [4, 6, 8]
