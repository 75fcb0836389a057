"""The backward plan, what-if, and its first week."""

from __future__ import annotations

import numpy as np
import pytest

from playbooks.funnel.journeys_ahead import Rates
from playbooks.funnel.plan import Effort, intake_for, lifted, plan
from playbooks.funnel.ramp import first_week_on_target
from tests.unit.funnel.cohorts import a_step, cohort, known

STEPS = [a_step(50, 50, age=6), a_step(40, 60, step=2, age=13)]
LIMITS = {1: 30, 2: 30}


def test_the_plan_is_more_than_the_average_would_take() -> None:
    found = plan(STEPS, LIMITS, 10)
    assert found.intake is not None
    assert found.intake_any_week is not None
    assert 50 < found.intake < found.intake_any_week
    assert found.lead is not None
    assert found.lead.median == 19


def test_prospects_stand_in_a_step_for_its_mean_stay() -> None:
    found = plan(STEPS, LIMITS, 10)
    assert found.steps[1].arrivals.estimate == pytest.approx((found.intake or 0) / 2)
    assert found.steps[1].standing.estimate == pytest.approx(found.steps[1].arrivals.estimate * 13 / 7)
    assert found.steps[1].arrivals.low < found.steps[1].arrivals.estimate < found.steps[1].arrivals.high


def test_more_certainty_takes_more_intake() -> None:
    assert (plan(STEPS, LIMITS, 10, certainty=0.9).intake or 0) > (plan(STEPS, LIMITS, 10).intake or 0)


def test_the_work_is_that_of_all_who_arrive() -> None:
    found = plan(STEPS, LIMITS, 10, efforts=[Effort(2, 30), Effort(3, 60, 0.5)], selling_minutes=[600, 1200])
    intake = found.intake or 0
    assert found.work is not None
    assert found.work.contacts_a_week == pytest.approx(intake * 2 + intake / 2 * 3)
    assert found.work.minutes_a_week == pytest.approx(intake * 30 + intake / 2 * 60)
    assert found.work.assumed == pytest.approx(0.25)
    assert found.work.people == pytest.approx(found.work.minutes_a_week / 900)
    assert found.work.minutes_a_win == pytest.approx(60 / 0.2)


def test_five_points_more_in_a_step_take_less_intake() -> None:
    better = lifted(STEPS[1], 5)
    assert better.curve.conversion == pytest.approx(0.45)
    assert better.belief.mean == pytest.approx(STEPS[1].belief.mean + 0.05)
    assert (plan([STEPS[0], better], LIMITS, 10).intake or 0) < (plan(STEPS, LIMITS, 10).intake or 0)


def test_a_lift_beyond_everybody_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        lifted(STEPS[0], 60)


@pytest.mark.parametrize("wins", [-3, 0, float("nan"), float("inf")])
def test_no_wins_are_no_plan(wins: float) -> None:
    with pytest.raises(ValueError, match="more than zero wins"):
        plan(STEPS, LIMITS, wins)


def test_a_funnel_that_never_wins_has_no_plan() -> None:
    found = plan([STEPS[0], a_step(0, 4000, step=2)], LIMITS, 10)
    assert found.intake is None
    assert all(step.arrivals.estimate == 0 for step in found.steps)


def test_an_empty_pipeline_reaches_the_target_when_its_first_wins_can_be_there() -> None:
    intake = plan(STEPS, LIMITS, 10).intake or 0
    nothing = known([])
    assert first_week_on_target(nothing, STEPS, intake, 10) == 3
    assert first_week_on_target(nothing, STEPS, intake // 2, 10) is None


def test_a_full_pipeline_is_on_target_at_once() -> None:
    full = known(cohort(2, entered=55, advanced={}, lost={}, undecided=400))
    assert first_week_on_target(full, STEPS, plan(STEPS, LIMITS, 10).intake or 0, 10) == 0


def test_the_plan_is_the_same_figure_every_time() -> None:
    first, second = (plan(STEPS, LIMITS, 7) for _ in range(2))
    assert first == second
    assert np.isfinite(first.intake or 0)


def test_the_intake_grows_with_the_wins_across_the_border_where_sums_are_taken_as_normal() -> None:
    fresh = Rates.drawn(STEPS, go_on=True, draws=8).fresh(62)[0]
    exact, normal = (intake_for(fresh, wins, 0.8, 13) for wins in (1999, 2000))
    assert exact is not None
    assert normal is not None
    assert 0 <= normal - exact <= 2
