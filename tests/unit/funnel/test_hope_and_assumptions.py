"""The hope share, and what a team without history may assume."""

from __future__ import annotations

import pytest

from playbooks.funnel.assumption import assumed
from playbooks.funnel.hope import Touch, hope
from playbooks.funnel.windows import closing_limit, risks, window
from playbooks.model import Waiting, WhenDue
from tests.builders import a_step as step_of_a_playbook
from tests.unit.funnel.cohorts import AS_OF, cohort, known

ALL = window(AS_OF, None)


def test_hope_is_the_part_of_all_minutes_that_went_into_stalled_prospects() -> None:
    found = hope([Touch(30, 20, stalled=True), Touch(60, 20, stalled=False), Touch(10, 20, stalled=False)])
    assert found.share == pytest.approx(0.3)
    assert (found.contacts, found.touches, found.assumed) == (1, 3, 0)


def test_forcing_a_decision_is_no_hope() -> None:
    assert hope([Touch(30, 20, stalled=True, forced=True), Touch(30, 20, stalled=False)]).share == 0


def test_missing_minutes_take_the_expected_ones_and_say_so() -> None:
    found = hope([Touch(None, 20, stalled=True), Touch(60, 20, stalled=False)])
    assert found.share == pytest.approx(0.25)
    assert found.assumed == pytest.approx(0.25)


def test_a_period_without_minutes_has_no_share() -> None:
    assert hope([]).share is None


def test_an_assumption_is_what_the_playbook_expects() -> None:
    nobody = risks(known([]), ALL, {1: 30})[1]
    found = assumed(1, 0.4, 5, nobody, ALL)
    assert found.curve.conversion == pytest.approx(0.4)
    assert found.unresolved == pytest.approx(0, abs=1e-9)
    assert found.horizon == 30
    assert found.belief.successes + found.belief.failures == pytest.approx(11)


def test_an_assumption_gives_way_to_what_is_seen() -> None:
    seen = risks(known(cohort(advanced={4: 0}, lost={4: 9})), ALL, {1: 30})[1]
    found = assumed(1, 0.4, 5, seen, ALL)
    assert 0.1 < found.curve.conversion < 0.3
    assert found.belief.successes + found.belief.failures == pytest.approx(20)


def test_a_step_closes_after_its_decision_its_escalation_and_the_waiting_allowed() -> None:
    step = step_of_a_playbook(
        1,
        decision_due_after=10,
        when_due=WhenDue(escalate_after=2, close_after=5),
        waiting=Waiting(days=10, times=2),
    )
    assert closing_limit(step) == 49
