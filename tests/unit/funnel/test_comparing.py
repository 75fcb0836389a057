"""Slices, change, bottleneck and scripts: what may be said to differ, and what may not."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, nbinom

from playbooks.funnel.bottleneck import Goal, bottleneck, gains, one_point_better
from playbooks.funnel.change import Verdict, change, corrected, probability_of_more
from playbooks.funnel.comparison import compare, detectable, weeks_to_tell
from playbooks.funnel.conversion import Conversion, conversions
from playbooks.funnel.histogram import Histogram, Known
from playbooks.funnel.ranges import belief
from playbooks.funnel.slices import Slice, between, slices, spread, with_factor
from playbooks.funnel.visits import Visit
from playbooks.funnel.windows import Risk, risks, window
from tests.unit.funnel.cohorts import AS_OF, a_step, cohort, known
from tests.unit.funnel.oracle import EPOCH

ALL = window(AS_OF, None)


def by_rep(*wins_of: tuple[int, int]) -> tuple[Conversion, dict[int, Risk]]:
    """The team's step, and each rep's part of it, given how many of how many each advanced."""
    seen = known(
        *(cohort(rep=rep, advanced={3: won}, lost={5: of - won}) for rep, (won, of) in enumerate(wins_of))
    )
    team = conversions(seen, {1: 30}, None)[1]
    assert isinstance(team, Conversion)
    return team, {rep: risks(seen.of_rep(rep), ALL, {1: 30})[1] for rep in range(len(wins_of))}


def sliced(*wins_of: tuple[int, int]) -> dict[int, Slice]:
    return slices(*by_rep(*wins_of))


def test_a_rep_with_few_cases_is_drawn_toward_the_team() -> None:
    found = sliced((3, 4), (30, 100), (28, 100), (33, 100))
    assert found[0].range.estimate < 0.5
    assert found[0].range.low < 0.31 < found[0].range.high


def test_a_rep_with_many_cases_keeps_its_own_rate() -> None:
    found = sliced((300, 400), (120, 400), (110, 400), (130, 400))
    assert found[0].range.estimate == pytest.approx(0.75, abs=0.05)
    assert found[1].range.estimate == pytest.approx(0.30, abs=0.03)


def test_the_exits_expected_of_the_slices_are_those_of_the_team() -> None:
    found = sliced((10, 40), (25, 60))
    assert sum(each.expected for each in found.values()) == pytest.approx(35)
    assert [each.observed for each in found.values()] == [10, 25]


def test_a_slice_nobody_was_at_risk_in_is_the_team_with_a_wide_range() -> None:
    team, parts = by_rep((30, 100), (28, 100), (12, 50))
    nobody = risks(known([]), ALL, {1: 30})[1]
    found = slices(team, {**parts, 9: nobody})
    assert found[9].range.estimate == pytest.approx(0.28, abs=0.03)
    assert found[9].range.high - found[9].range.low > found[0].range.high - found[0].range.low


def test_kappa_and_the_common_level_are_integrated_by_their_likelihood() -> None:
    observed, expected = np.array([12.0, 3, 7]), np.array([7.0, 8, 7])
    found = spread(observed, expected)
    k, level = found.kappas, found.levels
    chance = nbinom.pmf(observed[:, None], k, k / (k + level * expected[:, None])).prod(axis=0)
    # Every spread is as likely beforehand, and every level on a log scale: its grid is wider for a wider spread.
    width = np.sqrt(1 / 23 + 1 / (3 * k))
    assert found.weights == pytest.approx(chance * width / (chance * width).sum())


def test_reps_who_are_all_alike_are_known_no_better_than_the_team() -> None:
    team, parts = by_rep(*[(3, 10)] * 4)
    ends = team.belief.range()
    alike = slices(team, parts)[0].range
    assert alike.high - alike.low >= 0.95 * (ends.high - ends.low)


def test_a_single_rep_says_nothing_of_what_is_within_reach() -> None:
    assert between(*by_rep((30, 100))) is None


def test_a_factor_of_one_is_the_team() -> None:
    team, _ = by_rep((30, 100))
    assert with_factor(team, np.ones(1))[0] == pytest.approx(0.3)


def two_periods(earlier: tuple[int, int], now: tuple[int, int], step: int = 1) -> list[Visit]:
    seen = []
    for entered, (won, of) in ((40, earlier), (150, now)):
        seen += cohort(step, entered=entered, advanced={3: won}, lost={3: of - won})
    return seen


def changed(*steps: list[Visit]) -> Known:
    return Histogram.of([visit for step in steps for visit in step]).as_of(EPOCH + timedelta(days=200))


def test_a_clear_rise_and_a_clear_fall_are_named_alike() -> None:
    found = change(
        changed(two_periods((60, 200), (110, 200)), two_periods((110, 200), (60, 200), 2)), {1: 30, 2: 30}
    )
    assert found[1].verdict is Verdict.CLEARLY_UP
    assert found[2].verdict is Verdict.CLEARLY_DOWN
    assert found[1].sure == pytest.approx(found[2].sure)


def test_a_small_difference_is_no_clear_change() -> None:
    assert change(changed(two_periods((10, 40), (13, 40))), {1: 30})[1].verdict is Verdict.NO_CLEAR_CHANGE


def test_a_period_with_too_few_exits_is_not_compared() -> None:
    assert change(changed(two_periods((2, 9), (40, 80))), {1: 30}) == {}


def test_looking_at_more_steps_takes_more_to_be_sure() -> None:
    alone = corrected([0.96])
    among = corrected([0.96, 0.5, 0.4, 0.6])
    assert alone[0] == pytest.approx(0.92)
    assert among[0] == pytest.approx(1 - 0.08 * 4)


def test_the_probability_of_more_is_that_of_draws() -> None:
    one, other = belief(0.4, 50), belief(0.3, 40)
    random = np.random.default_rng(2)
    share = (one.draws(random, 200_000) > other.draws(random, 200_000)).mean()
    assert probability_of_more(one, other) == pytest.approx(share, abs=0.003)


def test_the_step_whose_target_wins_most_is_the_bottleneck() -> None:
    steps = [a_step(300, 200), a_step(100, 200, step=2), a_step(60, 40, step=3)]
    found = gains(steps, [500, 300, 100], {1: Goal(0.62), 2: Goal(0.6), 3: Goal(0.62)})
    named = bottleneck(found)
    assert named is not None
    assert named.step == 2
    assert named.wins == pytest.approx(300 * 0.267 * 0.6, rel=0.3)


def test_a_small_team_has_no_bottleneck() -> None:
    steps = [a_step(6, 8), a_step(3, 8, step=2), a_step(4, 9, step=3)]
    assert bottleneck(gains(steps, [14, 11, 13], {step: Goal(0.4) for step in (1, 2, 3)})) is None


def test_without_target_the_better_reps_show_what_is_within_reach() -> None:
    team, parts = by_rep((150, 300), (60, 300), (60, 300), (55, 300))
    found = gains([team], [1200], {1: Goal(reps=between(team, parts))})[0]
    assert found is not None
    assert 0 < found.wins < 1200 * (0.5 - 0.27)


def test_a_short_horizon_alone_makes_no_step_look_bad() -> None:
    """Half are still undecided where the data end, and go on as the last ones did."""
    last_week = cohort(1, entered=54, advanced={5: 40}, lost={5: 4}, undecided=46)
    cut_off = conversions(known(last_week), {1: 60}, None)[1]
    assert isinstance(cut_off, Conversion)
    assert cut_off.horizon == 5
    read_short = gains([cut_off], [90], {1: Goal(0.6)})[0]
    read_on = gains([cut_off], [90], {1: Goal(0.6)}, {1: 60})[0]
    assert read_short is not None
    assert read_on is not None
    assert read_on.wins < read_short.wins / 2


def test_a_step_without_any_goal_has_no_gain() -> None:
    assert gains([a_step(10, 10)], [20], {}) == (None,)


def test_a_step_at_its_target_is_no_bottleneck() -> None:
    assert bottleneck(gains([a_step(300, 100)], [400], {1: Goal(0.3)})) is None


def test_one_point_better_always_says_most_of_the_lowest_rate() -> None:
    steps = [a_step(40, 10), a_step(5, 45, step=2), a_step(30, 20, step=3)]
    arrivals = [100, 80, 8]
    assert int(np.argmax(one_point_better(steps, arrivals))) == 1


def arms(*reps: tuple[tuple[int, int], tuple[int, int]]) -> dict[int, tuple[Risk, Risk]]:
    """The risk tables of the two arms by rep, given how many of how many each advanced."""
    return {
        rep: tuple(
            risks(known(cohort(advanced={2: won}, lost={2: of - won})), ALL, {1: 30})[1] for won, of in pair
        )
        for rep, pair in enumerate(reps)
    }


def test_a_script_the_better_rep_used_more_is_not_better_for_it() -> None:
    confounded = compare(arms(((160, 200), (40, 50)), ((10, 50), (40, 200))))
    assert confounded is not None
    assert confounded.difference == pytest.approx(0, abs=1e-9)
    assert confounded.low < 0 < confounded.high


def test_a_better_script_shows() -> None:
    found = compare(arms(((20, 100), (45, 100)), ((30, 100), (50, 100))))
    assert found is not None
    assert found.difference == pytest.approx(0.225)
    assert found.better > 0.99


def test_scripts_with_too_few_exits_are_not_compared() -> None:
    assert compare(arms(((3, 8), (40, 80)))) is None
    assert compare({}) is None


def test_a_hundred_an_arm_tell_differences_of_some_eighteen_points() -> None:
    assert detectable(0.2, 100) == pytest.approx(0.18, abs=0.006)
    assert weeks_to_tell(0.2, 0.176, 20) == 10


def test_a_difference_nobody_visits_for_is_never_told() -> None:
    assert weeks_to_tell(0.2, 0.1, 0) is None
    with pytest.raises(ValueError, match="one share to another"):
        weeks_to_tell(0.2, 0, 10)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20))
def test_looking_at_many_steps_is_corrected_as_scipy_does(ups: list[float]) -> None:
    tails = np.clip([2.0 * min(up, 1.0 - up) for up in ups], 0.0, 1.0)
    np.testing.assert_allclose(corrected(ups), 1.0 - false_discovery_control(tails), atol=1e-12)
