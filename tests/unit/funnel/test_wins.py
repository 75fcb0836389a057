"""How many win: the checks of numbers.md, and sums by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import fftconvolve
from scipy.stats import betabinom, binom

from playbooks.funnel.convolution import convolved
from playbooks.funnel.forecast import poisson_binomial
from playbooks.funnel.latin import draws_of, latin
from playbooks.funnel.plan import chance_of, intake_for
from playbooks.funnel.ranges import belief, product
from playbooks.funnel.wins import at_least, cohort_for, wins_from_cohort

LEARNED = belief(10 / 100, 100)


def test_ten_of_a_hundred_at_ten_percent_is_hardly_better_than_even() -> None:
    assert wins_from_cohort(100, 0.1)[10:].sum() == pytest.approx(0.549, abs=5e-4)
    assert at_least(10, 100, 0.1) == pytest.approx(0.549, abs=5e-4)


@pytest.mark.parametrize(
    ("wins", "weeks", "rate", "certainty", "size"),
    [
        (10, 1, 0.1, 0.8, 124),
        (10, 1, 0.1, 0.9, 140),
        (130, 13, 0.1, 0.8, 107),
        (130, 13, 0.1, 0.9, 111),
        (10, 1, LEARNED, 0.8, 137),
        (10, 1, LEARNED, 0.9, 166),
        (130, 13, LEARNED, 0.8, 130),
        (130, 13, LEARNED, 0.9, 151),
    ],
)
def test_the_cohorts_of_the_page_come_out(
    wins: int, weeks: int, rate: object, certainty: float, size: int
) -> None:
    assert cohort_for(wins, rate, certainty, weeks=weeks) == size


@pytest.mark.parametrize(("certainty", "intake"), [(0.8, 130), (0.9, 151)])
def test_a_plan_without_lead_time_is_the_cohort(certainty: float, intake: int) -> None:
    fresh = draws_of(LEARNED, latin(1, 96)[0])[:, None]
    assert intake_for(fresh, 130, certainty, 13) == intake


def test_the_steady_state_spreads_wins_over_the_weeks_around_the_period() -> None:
    fresh = np.cumsum(np.full((1, 28), 0.02), axis=1)
    chance = chance_of(fresh, 4, 1)
    padded = np.concatenate([np.zeros(1), fresh[0], np.full(40, fresh[0, -1])])
    landing = [
        np.mean([padded[7 - e] - padded[max(-e, 0)] for e in range(week, week + 7)]) for week in range(-28, 7, 7)
    ]
    expected = np.ones(1)
    for each in landing:
        expected = np.convolve(expected, wins_from_cohort(9, float(each)))
    assert chance(9) == pytest.approx(expected[4:].sum(), abs=1e-9)


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 4)), min_size=1, max_size=12))
def test_the_poisson_binomial_is_what_adding_one_by_one_gives(cells: list[tuple[float, int]]) -> None:
    expected = np.ones(1)
    for share, count in cells:
        for _ in range(count):
            expected = np.convolve(expected, [1 - share, share])
    found = poisson_binomial(np.array([share for share, _ in cells]), np.array([float(n) for _, n in cells]))
    shown = found.chances[: len(expected)]
    assert shown == pytest.approx(expected[: len(shown)], abs=1e-8)
    assert expected[len(shown) :].sum() < 1e-8


def test_a_rate_that_is_learned_is_shared_by_the_cohort() -> None:
    assert wins_from_cohort(50, LEARNED) == pytest.approx(betabinom.pmf(np.arange(51), 50, 10.5, 90.5))


def test_a_product_of_shares_has_the_mean_and_spread_of_its_draws() -> None:
    factors = [belief(0.3, 20), belief(0.6, 35), belief(0.15, 50)]
    random = np.random.default_rng(4)
    draws = np.prod([each.draws(random, 400_000) for each in factors], axis=0)
    both = product(factors)
    for part in (0.1, 0.5, 0.9):
        assert both.quantile(part) == pytest.approx(np.quantile(draws, part), abs=5e-4)


def test_a_cohort_that_could_never_win_has_no_size() -> None:
    assert cohort_for(10, 0.0, 0.8) is None
    assert intake_for(np.zeros((4, 10)), 10, 0.8, 13) is None


def test_a_certainty_of_a_hundred_percent_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        cohort_for(10, 0.1, 1.0)


def test_a_negative_cohort_is_refused() -> None:
    with pytest.raises(ValueError, match="-3 prospects"):
        wins_from_cohort(-3, 0.1)


# scipy's own binomial overflows at rates no team has.
@given(st.integers(0, 400), st.just(0.0) | st.floats(1e-9, 1.0), st.integers(-2, 420))
def test_the_chances_of_a_cohort_are_those_of_scipy(size: int, rate: float, wins: int) -> None:
    learned = belief(rate, 37.0)
    for ours, theirs in (
        (rate, binom(size, rate)),
        (learned, betabinom(size, learned.successes, learned.failures)),
    ):
        np.testing.assert_allclose(wins_from_cohort(size, ours), theirs.pmf(np.arange(size + 1)), atol=1e-10)
        assert at_least(wins, size, ours) == pytest.approx(theirs.sf(wins - 1), abs=1e-10)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 100))
def test_a_convolution_is_that_of_scipy(short: int, long: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    one, other = random.random((3, short)), random.random((3, long))
    np.testing.assert_allclose(convolved(one, other), fftconvolve(one, other, axes=-1), atol=1e-11)
