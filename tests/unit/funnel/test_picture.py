"""The figures of a playbook put together: what is read, what is assumed, what is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from playbooks.funnel.conversion import Conversion, TooFew, conversions
from playbooks.funnel.histogram import Dimension, Histogram, Known
from playbooks.funnel.picture import StepOfFunnel, conversions_used, funnel, steps_of
from playbooks.funnel.visits import Visit
from playbooks.library import shipped_text
from playbooks.loader import read_playbook
from tests.unit.funnel.cohorts import AS_OF, cohort

FIRST = StepOfFunnel(1, 1, "Interest", limit=30, target=0.6, expects=(0.4, 5.0))
SECOND = StepOfFunnel(2, 2, "Proposal", limit=30, expects=(0.5, 10.0))


class Loading:
    """A histogram that remembers from which days on it was asked."""

    def __init__(self, *cohorts: Sequence[Visit]) -> None:
        self.histogram = Histogram.of([visit for each in cohorts for visit in each])
        self.asked: list[tuple[date | None, Dimension | None]] = []

    def __call__(self, since: date | None, by: Dimension | None = None) -> Known:
        self.asked.append((since, by))
        return self.histogram.as_of(AS_OF)


def plenty() -> tuple[list[Visit], ...]:
    return (
        cohort(1, rep=1, advanced={2: 30}, lost={3: 10}),
        cohort(1, rep=2, advanced={2: 10}, lost={3: 30}),
        cohort(2, rep=1, advanced={4: 20}, lost={4: 20}),
    )


def test_the_conversions_are_those_of_the_engine() -> None:
    load = Loading(*plenty())
    seen = funnel((FIRST, SECOND), load, AS_OF)
    alone = conversions(load.histogram.as_of(AS_OF), {1: 30, 2: 30})
    found = [figures.found for figures in seen.steps]
    assert [each.curve.conversion for each in found if isinstance(each, Conversion)] == [
        each.curve.conversion for each in alone.values() if isinstance(each, Conversion)
    ]


def test_a_window_that_is_enough_reads_no_more_than_itself_and_the_one_before() -> None:
    load = Loading(*plenty())
    funnel((FIRST, SECOND), load, AS_OF)
    weeks_back = AS_OF - timedelta(weeks=26)
    assert [since for since, by in load.asked if by is None] == [weeks_back]


def test_an_expectation_stands_in_for_a_step_with_too_few_and_is_labelled() -> None:
    seen = funnel((FIRST, SECOND), Loading(cohort(1, advanced={1: 2}, lost={1: 2})), AS_OF)
    assert all(isinstance(figures.found, TooFew) and figures.is_assumed for figures in seen.steps)
    assert seen.is_assumed
    assert seen.overall is not None


def test_without_data_and_expectation_there_is_no_overall_conversion() -> None:
    unknown = StepOfFunnel(2, 2, "Proposal", limit=30)
    seen = funnel((FIRST, unknown), Loading(cohort(1, advanced={1: 20}, lost={1: 20})), AS_OF)
    assert seen.steps[1].used is None
    assert seen.overall is None
    assert seen.used is None


def test_no_gain_is_told_while_one_step_has_too_few() -> None:
    seen = funnel((FIRST, SECOND), Loading(cohort(1, advanced={1: 20}, lost={1: 20})), AS_OF)
    assert [figures.gain for figures in seen.steps] == [None, None]
    assert seen.bottleneck is None


def test_a_step_without_a_target_reaches_for_what_its_best_reps_reach() -> None:
    load = Loading(*plenty(), cohort(2, rep=2, advanced={4: 5}, lost={4: 35}))
    seen = funnel((FIRST, SECOND), load, AS_OF)
    gain = seen.steps[1].gain
    assert gain is not None
    assert gain.wins > 0
    assert [by for _, by in load.asked] == [None, Dimension.REP]


def test_slices_are_of_those_who_were_at_risk_in_the_window() -> None:
    seen = funnel((FIRST, SECOND), Loading(*plenty()), AS_OF, by=Dimension.REP)
    assert [set(figures.slices) for figures in seen.steps] == [{"1", "2"}, {"1"}]
    one, other = (seen.steps[0].slices[rep].range.estimate for rep in ("1", "2"))
    assert one > other


def test_a_slice_alone_is_the_same_as_among_all_and_is_read_once() -> None:
    load = Loading(*plenty())
    all_of_them = funnel((FIRST, SECOND), load, AS_OF, by=Dimension.REP)
    alone = funnel((FIRST, SECOND), load, AS_OF, by=Dimension.REP, only={"2"})
    assert [dict(figures.slices) for figures in alone.steps] == [{"2": all_of_them.steps[0].slices["2"]}, {}]
    assert [by for _, by in load.asked] == [None, Dimension.REP] * 2


@pytest.mark.parametrize("cohorts", [plenty(), plenty()[:1], ()], ids=["plenty", "one step", "nothing"])
def test_the_conversions_alone_are_those_of_the_whole_picture(cohorts: Sequence[Sequence[Visit]]) -> None:
    load = Loading(*cohorts)
    used = conversions_used((FIRST, SECOND), load, AS_OF)
    whole = funnel((FIRST, SECOND), load, AS_OF).used
    assert used is not None
    assert whole is not None
    assert [each.if_they_go_on for each in used] == [each.if_they_go_on for each in whole]


def test_without_data_and_expectation_there_are_no_conversions_to_use() -> None:
    unknown = StepOfFunnel(2, 2, "Proposal", limit=30)
    assert conversions_used((FIRST, unknown), Loading(*plenty()[:2]), AS_OF) is None


def test_the_counts_are_of_the_window_asked_for_even_when_the_conversion_needed_a_wider_one() -> None:
    seen = funnel((FIRST,), Loading(cohort(1, advanced={1: 20}, lost={1: 20})), AS_OF, weeks=1)
    assert seen.steps[0].tally.entered == 0
    found = seen.steps[0].found
    assert isinstance(found, Conversion)
    assert found.widened


def test_all_history_has_no_period_before_it_to_change_from() -> None:
    seen = funnel((FIRST, SECOND), Loading(*plenty()), AS_OF, weeks=None)
    assert [figures.change for figures in seen.steps] == [None, None]


def test_the_steps_of_a_playbook_carry_its_targets_and_expectations_as_shares() -> None:
    playbook = read_playbook(shipped_text("b2b-saas"), "b2b-saas.yaml").playbook
    assert playbook is not None
    first = steps_of(playbook, range(11, 11 + playbook.last))[0]
    assert (first.identity, first.number, first.target, first.expects) == (11, 1, 0.40, (0.36, 11.0))


def test_every_step_needs_an_identity() -> None:
    playbook = read_playbook(shipped_text("b2b-saas"), "b2b-saas.yaml").playbook
    assert playbook is not None
    with pytest.raises(ValueError, match="zip"):
        steps_of(playbook, (1,))
