"""Days in a step, lead time and mean stay."""

from __future__ import annotations

import numpy as np
import pytest

from playbooks.funnel.conversion import Conversion, conversions
from playbooks.funnel.days import Days, convolved, days_in_step, lead_days, mean_stay, winning
from playbooks.funnel.overall import overall
from tests.unit.funnel.cohorts import a_step, cohort, known


def test_days_are_those_of_who_advanced() -> None:
    seen = known(cohort(advanced={2: 5, 6: 3, 20: 2}, lost={1: 30, 25: 12}))
    found = conversions(seen, {1: 30}, None)[1]
    assert isinstance(found, Conversion)
    assert days_in_step(found) == Days(median=2, p80=6)


def test_a_step_nobody_left_forward_has_no_days() -> None:
    assert days_in_step(a_step(0, 20)) is None


def test_lead_time_adds_the_days_of_the_steps() -> None:
    assert lead_days([a_step(10, 10, age=4), a_step(10, 10, step=2, age=9)]) == Days(13, 13)


def test_the_overall_conversion_is_the_convolution() -> None:
    steps = [a_step(12, 8, age=4, undecided=4), a_step(5, 15, step=2, age=1)]
    whole = overall(steps)
    assert winning(steps).sum() == pytest.approx(12 / 24 * 5 / 20)
    assert whole.belief.estimate == pytest.approx(12 / 24 * 5 / 20)
    assert whole.unresolved == pytest.approx(4 / 24)


def test_both_ends_are_shown_when_the_unresolved_matter() -> None:
    whole = overall([a_step(20, 0, age=4, undecided=20)])
    assert (whole.belief.estimate, whole.if_they_go_on) == (0.5, 1.0)
    assert whole.has_two_ends
    assert not overall([a_step(20, 20)]).has_two_ends


def test_who_goes_on_advances_at_the_last_observed_hazard() -> None:
    step = a_step(20, 0, age=4, undecided=20, limit=10)
    within = winning([step], go_on=True, days=400)
    assert within.sum() > 0.9
    assert within[:11].sum() == pytest.approx(0.5)


def test_the_mean_stay_counts_every_exit_up_to_the_limit() -> None:
    seen = known(cohort(advanced={2: 10, 6: 10}, lost={12: 20, 25: 10}))
    found = conversions(seen, {1: 20}, None)[1]
    assert isinstance(found, Conversion)
    assert mean_stay(found, 20) == pytest.approx((20 + 60 + 240 + 10 * 20) / 50)


def test_long_convolutions_agree_with_short_ones() -> None:
    one, other = np.random.default_rng(1).random((2, 400))
    assert convolved(one, other) == pytest.approx(np.convolve(one, other))
