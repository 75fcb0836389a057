"""Conversion within a horizon: the walk to 1e-9, and lifelines where it applies."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter

from playbooks.events import Entry
from playbooks.funnel.conversion import (
    FEWEST_EXITS,
    MOST_UNRESOLVED,
    Conversion,
    TooFew,
    conversions,
    conversions_as_needed,
    estimate,
)
from playbooks.funnel.curve import curve, effective_size, variance
from playbooks.funnel.histogram import Histogram, Known
from playbooks.funnel.visits import Exit, Visit
from playbooks.funnel.windows import Risk, Window, risks, window
from tests.unit.funnel.cohorts import cohort
from tests.unit.funnel.journeys import SPAN, histories
from tests.unit.funnel.oracle import EPOCH, horizon, incidence, walk
from tests.unit.funnel.test_counting import LIMITS, histogram, walked

AS_OF = EPOCH + timedelta(days=400)


def visits(count: int, age: int | None, how: Exit = Exit.ADVANCED, entered: date = EPOCH) -> list[Visit]:
    if age is None:
        return [Visit(1, entered, entered)] * count
    left = entered + timedelta(days=age)
    return [Visit(1, entered, entered, exit=how, left=left, left_known=left)] * count


def conversion(seen: list[Visit], *, as_of: date = AS_OF, limit: int = 30, weeks: int | None = None) -> object:
    return conversions(Histogram.of(seen).as_of(as_of), {1: limit}, weeks)[1]


@settings(max_examples=25)
@given(
    st.lists(histories(), min_size=12, max_size=60),
    st.integers(60, SPAN + 60),
    st.sampled_from([4, 13, 26, 52, None]),
)
def test_conversion_is_what_the_walk_finds(
    journeys: list[tuple[Entry, ...]], days: int, weeks: int | None
) -> None:
    day = EPOCH + timedelta(days=days)
    found = conversions(histogram(journeys).as_of(day), LIMITS, weeks)
    seen = walked(journeys, day)
    wider = [weeks, *(w for w in (26, 52) if weeks and w > weeks), None] if weeks else [None]
    for step, limit in LIMITS.items():
        for asked in wider:
            within = window(day, asked)
            expected = walk(seen, step, max(within.first, EPOCH), within.last, limit)
            last = horizon(expected)
            upto = slice(0, last + 1)
            exits = sum(expected.advances[upto]) + sum(expected.others[upto])
            staying = np.prod(
                [
                    1 - (m + o) / max(n, 1)
                    for n, m, o in zip(
                        expected.at_risk[upto], expected.advances[upto], expected.others[upto], strict=True
                    )
                ]
            )
            if last >= 0 and exits >= FEWEST_EXITS and (last == limit or staying <= MOST_UNRESOLVED):
                break
        each = found[step]
        if isinstance(each, TooFew):
            assert sum(expected.advances) + sum(expected.others) < FEWEST_EXITS or last < 0
            continue
        assert each.horizon == last
        assert each.window.weeks == within.weeks
        assert each.widened == (asked != weeks)
        assert each.curve.conversion == pytest.approx(float(incidence(expected, last)), abs=1e-9)
        assert 0 <= each.belief.range().low <= each.curve.conversion <= each.belief.range().high <= 1
        assert each.curve.conversion + float(each.curve.leaving.sum()) + each.unresolved == pytest.approx(1)


ROWS = st.lists(st.tuples(st.integers(0, 20), st.sampled_from(list(Exit))), min_size=1, max_size=80)


@given(ROWS)
def test_lifelines_agrees_once_censored_times_are_moved_by_half_a_day(rows: list[tuple[int, Exit]]) -> None:
    risk = _cohort(rows)
    durations = np.array([age + (0.5 if how is Exit.UNDECIDED else 0.0) for age, how in rows])
    left = np.array([how is not Exit.UNDECIDED for _, how in rows])
    staying = KaplanMeierFitter().fit(durations + 1, left).survival_function_at_times(np.arange(1, 32))
    assert curve(risk).staying == pytest.approx(staying.to_numpy(), abs=1e-9)


@settings(max_examples=25)
@given(st.permutations(range(1, 31)), st.lists(st.sampled_from([0, 1, 2]), min_size=30, max_size=30))
def test_lifelines_agrees_on_competing_exits_without_ties(ages: list[int], kinds: list[int]) -> None:
    kinds[0] = 1
    hows = [(Exit.UNDECIDED, Exit.ADVANCED, Exit.LOST)[kind] for kind in kinds]
    risk = _cohort(list(zip(ages, hows, strict=True)))
    fitted = AalenJohansenFitter(calculate_variance=False).fit(
        np.array(ages), np.array(kinds), event_of_interest=1
    )
    incidences = np.cumsum(curve(risk).advancing)
    for age, share in fitted.cumulative_density_.iloc[:, 0].items():
        assert incidences[int(age)] == pytest.approx(share, abs=1e-9)


def _cohort(rows: list[tuple[int, Exit]]) -> Risk:
    """All entered on one day; the undecided ones were last seen at their age."""
    ages = np.arange(31)
    at_risk = np.array([sum(age >= a for age, _ in rows) for a in ages], dtype=float)
    moved = np.array(
        [sum(age == a and how in {Exit.ADVANCED, Exit.WON} for age, how in rows) for a in ages], float
    )
    all_exits = np.array([sum(age == a and how is not Exit.UNDECIDED for age, how in rows) for a in ages], float)
    return Risk(at_risk, moved, all_exits - moved)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from([Exit.ADVANCED, Exit.LOST])), min_size=2, max_size=60)
)
def test_without_censoring_the_size_is_the_number_of_visits(rows: list[tuple[int, Exit]]) -> None:
    assert effective_size(_cohort(rows)) == pytest.approx(len(rows))


def test_the_variance_without_censoring_is_the_binomial_one() -> None:
    risk = _cohort([(3, Exit.ADVANCED)] * 4 + [(7, Exit.LOST)] * 6)
    assert variance(risk) == pytest.approx(0.4 * 0.6 / 10)


def test_an_undecided_visit_is_neither_a_failure_nor_left_out() -> None:
    young = visits(20, None, entered=AS_OF - timedelta(days=3))
    found = conversion(visits(20, 5) + visits(20, 5, Exit.LOST) + young)
    assert isinstance(found, Conversion)
    assert found.curve.conversion == pytest.approx(0.5)


def test_an_exit_on_the_day_of_entry_counts() -> None:
    found = conversion(visits(10, 0) + visits(10, 0, Exit.NOT_NOW))
    assert isinstance(found, Conversion)
    assert (found.curve.conversion, found.horizon) == (0.5, 0)


def test_fewer_than_ten_exits_are_too_few_to_tell() -> None:
    found = conversion(visits(7, 4) + visits(2, 4, Exit.LOST) + visits(10, None))
    assert isinstance(found, TooFew)
    assert (found.tally.advanced, found.tally.entered, found.tally.open) == (7, 19, 10)


def test_a_thin_window_widens_and_says_so() -> None:
    recent = visits(4, 2, entered=AS_OF - timedelta(days=20))
    found = conversion(recent + visits(30, 2, Exit.LOST, AS_OF - timedelta(days=150)), weeks=13)
    assert isinstance(found, Conversion)
    assert found.widened
    assert found.window.weeks == 26


def test_nothing_is_told_beyond_the_last_age_with_ten_at_risk() -> None:
    found = conversion(visits(15, 4) + visits(8, 20) + visits(5, None), limit=30)
    assert isinstance(found, Conversion)
    assert found.horizon == 20
    assert found.unresolved == pytest.approx(5 / 28)


def test_inferred_visits_are_left_out() -> None:
    inferred = [Visit(1, EPOCH, EPOCH, inferred=True, exit=Exit.ADVANCED, left=EPOCH, left_known=EPOCH)] * 50
    found = conversion(visits(10, 1) + visits(10, 1, Exit.LOST) + inferred)
    assert isinstance(found, Conversion)
    assert found.curve.conversion == pytest.approx(0.5)


def test_an_estimate_of_an_empty_history_is_too_few() -> None:
    found = conversion([])
    assert isinstance(found, TooFew)
    assert found.tally.entered == 0


def test_a_table_without_anybody_gives_no_estimate() -> None:
    nothing = Histogram.of([]).as_of(AS_OF)
    within = window(AS_OF, None)
    assert estimate(1, risks(nothing, within, {1: 5})[1], within) is None


def test_wider_windows_are_loaded_only_when_they_are_needed() -> None:
    asked: list[int | None] = []
    seen = Histogram.of(visits(60, 2, entered=AS_OF - timedelta(days=20))).as_of(AS_OF)

    def load(within: Window) -> Known:
        asked.append(within.weeks)
        return seen

    found = conversions_as_needed(load, AS_OF, {1: 30})
    assert isinstance(found[1], Conversion)
    assert asked == [13]
    assert isinstance(conversions_as_needed(load, AS_OF, {2: 30})[2], TooFew)
    assert asked == [13, 13, 26, 52, None]


def test_a_range_without_any_advance_begins_at_zero() -> None:
    found = conversion(visits(40, 3, Exit.LOST))
    assert isinstance(found, Conversion)
    assert found.belief.range().low == 0
    assert 0 < found.belief.range().high < 0.06


def test_the_steps_stand_in_their_own_order_though_one_needs_a_wider_window() -> None:
    seen = Histogram.of(
        cohort(1, advanced={1: 12}, lost={2: 12}) + cohort(2, entered=390, advanced={1: 12}, lost={2: 12})
    )
    found = conversions(seen.as_of(AS_OF), {1: 5, 2: 5}, weeks=2)
    assert [(step, isinstance(each, Conversion) and each.widened) for step, each in found.items()] == [
        (1, True),
        (2, False),
    ]


def test_the_row_order_changes_nothing() -> None:
    seen = visits(12, 3) + visits(9, 8, Exit.LOST) + visits(5, None)
    there, back = (conversion(each) for each in (seen, seen[::-1]))
    assert isinstance(there, Conversion)
    assert isinstance(back, Conversion)
    assert there.belief == back.belief
