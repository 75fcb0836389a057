"""The forecast against a walk through the days ahead, and its scores."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.funnel.forecast import (
    Wins,
    forecast,
    intake_of,
    negative_binomial,
    pipeline_of,
    poisson_binomial,
    weekly_entries,
    weekly_wins,
)
from playbooks.funnel.journeys_ahead import Pipeline, Rates, step_worth
from playbooks.funnel.scoring import block_error, crps, randomised_pit, score, scores
from playbooks.funnel.visits import Exit, Visit
from tests.unit.funnel.cohorts import AS_OF, a_step, cohort, known

STEPS = [a_step(20, 15, age=3, undecided=6, limit=9), a_step(12, 14, step=2, age=5, limit=8)]


def chance_by_walking(rates: Rates, place: int, age: int, days: int) -> float:
    """Follows one prospect day by day; a step may be left on the day it is entered."""
    if place == len(rates.moved):
        return 1.0
    if days == 0:
        return 0.0
    at = min(age, rates.moved[place].shape[1] - 1)
    moved, left = float(rates.moved[place][0, at]), float(rates.left[place][0, at])
    stay = (1 - moved - left) * chance_by_walking(rates, place, age + 1, days - 1)
    return moved * chance_by_walking(rates, place + 1, 0, days) + stay


@pytest.mark.parametrize("go_on", [True, False])
@pytest.mark.parametrize(("place", "age"), [(0, 0), (0, 2), (0, 4), (0, 40), (1, 0), (1, 5), (1, 6)])
def test_a_prospect_s_chance_is_what_walking_the_days_gives(place: int, age: int, *, go_on: bool) -> None:
    rates = Rates.estimated(STEPS, go_on=go_on)
    ahead = Pipeline(np.array([place]), np.array([age]), np.ones(1))
    for days, found in zip((1, 7, 14), rates.standing(ahead, (1, 7, 14)), strict=True):
        assert found[0, 0] == pytest.approx(chance_by_walking(rates, place, age, days), abs=1e-9)


def test_at_the_horizon_of_ever_the_estimated_rates_give_the_conversion() -> None:
    fresh = Rates.estimated(STEPS, go_on=False).fresh(60)
    assert fresh[0][0, -1] == pytest.approx(STEPS[0].curve.conversion * STEPS[1].curve.conversion)


def test_the_pipeline_holds_each_undecided_prospect_at_its_age_today() -> None:
    seen = known(
        cohort(1, entered=50, advanced={2: 3}, lost={}, undecided=4), cohort(9, advanced={}, lost={}, undecided=2)
    )
    ahead = pipeline_of(seen, [1, 2])
    assert (ahead.place.tolist(), ahead.age.tolist(), ahead.count.tolist()) == ([0], [10], [4.0])


def test_the_low_end_is_the_one_in_which_the_unresolved_never_win() -> None:
    seen = known(
        cohort(1, entered=0, advanced={}, lost={}, undecided=40),
        cohort(1, entered=58, advanced={}, lost={}, undecided=9),
    )
    for each in forecast(seen, STEPS):
        assert each.if_unresolved_never_win.mean <= each.wins.mean
        low, high = each.wins.range()
        assert low <= each.wins.mean <= high


def test_a_forecast_adds_the_pipeline_and_the_intake() -> None:
    seen = known(*(cohort(1, entered=day, advanced={}, lost={}, undecided=7) for day in range(4, 60, 7)))
    far = forecast(seen, STEPS, (26,))[0]
    share = STEPS[0].curve.conversion * STEPS[1].curve.conversion
    assert far.wins.mean > 20 * 7 * share
    assert far.wins.chances.sum() == pytest.approx(1, abs=1e-6)


def test_a_week_s_counts_are_of_seven_days() -> None:
    seen = known(*(cohort(1, entered=day, advanced={}, lost={}, undecided=1) for day in (59, 53, 52)))
    assert weekly_entries(seen, 1).tolist()[-2:] == [1, 2]
    left = AS_OF - timedelta(days=1)
    won = Visit(2, left, left, exit=Exit.WON, left=left, left_known=left)
    assert weekly_wins(known([won])).tolist() == [0] * 7 + [1]


def test_an_intake_without_anybody_still_gives_a_distribution() -> None:
    found = negative_binomial(np.zeros(8), 13)
    assert found.chances.sum() == pytest.approx(1)
    assert found.chances[0] > 0.4


def test_a_baseline_has_the_mean_of_the_weeks_it_saw() -> None:
    assert negative_binomial(np.array([3.0, 9, 4, 8, 2, 7, 5, 10]), 4).mean == pytest.approx(24, rel=0.01)
    assert intake_of(np.full(8, 6.0)).size == np.inf


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=12), st.integers(0, 15))
def test_crps_is_the_expected_distance_less_half_the_spread(weights: list[float], outcome: int) -> None:
    chances = np.array(weights) / sum(weights)
    places = np.arange(len(chances))
    distance = float(chances @ np.abs(places - outcome))
    spread = float(chances @ np.abs(places[:, None] - places[None, :]) @ chances)
    assert crps(Wins(chances), outcome) == pytest.approx(distance - spread / 2)


def test_outcomes_drawn_from_the_forecast_fall_evenly_in_it() -> None:
    wins = poisson_binomial(np.array([0.3]), np.array([20.0]))
    random = np.random.default_rng(5)
    outcomes = random.binomial(20, 0.3, 4000)
    places = [randomised_pit(wins, int(each), float(random.random())) for each in outcomes]
    assert np.histogram(places, 5, (0, 1))[0] / 4000 == pytest.approx(np.full(5, 0.2), abs=0.025)
    together = scores([wins] * 4000, [int(each) for each in outcomes])
    assert together.bands == pytest.approx((0.2,) * 5, abs=0.025)
    assert together.bias == pytest.approx(0, abs=0.15)
    assert together.inside >= 0.8


def test_a_score_says_inside_and_the_sign_of_the_bias() -> None:
    found = score(Wins(np.array([0.1, 0.8, 0.1])), 3)
    assert not found.inside
    assert found.bias == pytest.approx(-2)


def test_an_outcome_beyond_the_forecast_is_scored_all_the_same() -> None:
    assert crps(Wins(np.ones(1)), 4) == 4
    assert randomised_pit(Wins(np.ones(1)), 4, 0.5) == 1
    assert scores([Wins(np.ones(1))], [4]).bands[-1] == 1


def test_nothing_to_score_is_refused() -> None:
    with pytest.raises(ValueError, match="no forecast"):
        scores([], [])


def test_the_error_of_a_mean_of_equal_values_is_nothing() -> None:
    assert block_error(np.ones(30), 13) == 0


def test_the_step_before_the_won_is_worth_most_of_equal_steps() -> None:
    worth = step_worth([a_step(10, 10), a_step(10, 10, step=2), a_step(10, 10, step=3)])
    assert worth == pytest.approx((0.125, 0.25, 0.5))


def test_an_intake_that_has_strayed_before_may_stray_again() -> None:
    steady = np.full(78, 20.0)
    seasons = 20.0 * (1 + 0.5 * np.sin(np.arange(78) / 52 * 2 * np.pi))
    assert intake_of(steady, 13).spread == pytest.approx(intake_of(steady).spread)
    assert intake_of(seasons, 13).spread > 3 * intake_of(seasons).spread
    assert intake_of(seasons[-20:], 13).spread == intake_of(seasons[-20:]).spread


def test_weekly_entries_can_be_counted_elsewhere() -> None:
    seen = known(*(cohort(1, entered=day, advanced={}, lost={}, undecided=7) for day in range(4, 60, 7)))
    counted = forecast(seen, STEPS, entries=weekly_entries(seen, 1, 78))
    assert [each.wins.mean for each in counted] == [each.wins.mean for each in forecast(seen, STEPS)]
