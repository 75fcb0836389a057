from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.calendar import Calendar, DaysOff

MONDAY = date(2026, 3, 2)
FRIDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=ahead) for ahead in (4, 5, 6))
NEXT_MONDAY = MONDAY + timedelta(days=7)
WEEK = Calendar(zone="Europe/Amsterdam")

days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
stretches = st.builds(
    lambda first, length: DaysOff(first, first + timedelta(days=length)), days, st.integers(0, 40)
)
calendars = st.builds(
    Calendar,
    zone=st.just("Europe/Amsterdam"),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    holidays=st.frozensets(days, max_size=12),
    away=st.lists(stretches, max_size=4).map(tuple),
)


@pytest.mark.parametrize(
    ("start", "working_days", "found"),
    [
        (MONDAY, 0, MONDAY),
        (MONDAY, 1, MONDAY + timedelta(days=1)),
        (FRIDAY, 1, NEXT_MONDAY),
        (SATURDAY, 0, NEXT_MONDAY),
        (SATURDAY, 1, NEXT_MONDAY),
        (SUNDAY, 2, NEXT_MONDAY + timedelta(days=1)),
        (MONDAY, 5, NEXT_MONDAY),
    ],
)
def test_working_days_skip_the_weekend(start, working_days, found):
    assert WEEK.add(start, working_days) == found


def test_holidays_are_no_working_days():
    calendar = replace(WEEK, holidays=frozenset({NEXT_MONDAY}))
    assert calendar.add(FRIDAY, 1) == NEXT_MONDAY + timedelta(days=1)
    assert calendar.between(FRIDAY, NEXT_MONDAY) == 0


def test_both_ends_of_days_off_are_off():
    calendar = replace(WEEK, away=(DaysOff(MONDAY, FRIDAY),))
    assert calendar.add(MONDAY, 0) == NEXT_MONDAY
    assert not calendar.works_on(MONDAY)
    assert not calendar.works_on(FRIDAY)


def test_somebody_may_work_on_one_weekday_only():
    wednesdays = replace(WEEK, weekdays=frozenset({2}))
    assert wednesdays.add(MONDAY, 3) == MONDAY + timedelta(days=2 + 14)
    assert wednesdays.between(MONDAY, MONDAY + timedelta(days=14)) == 2


def test_the_first_day_is_not_counted_and_the_last_one_is():
    assert WEEK.between(MONDAY, FRIDAY) == 4
    assert WEEK.between(FRIDAY, SUNDAY) == 0
    assert WEEK.between(FRIDAY, NEXT_MONDAY) == 1


@pytest.mark.parametrize("end", [MONDAY, MONDAY - timedelta(days=30)])
def test_nothing_lies_between_a_day_and_an_earlier_one(end):
    assert WEEK.between(MONDAY, end) == 0


def test_working_days_are_counted_forward():
    with pytest.raises(ValueError, match="forward"):
        WEEK.add(MONDAY, -1)


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7}), frozenset({-1, 3})])
def test_a_calendar_needs_a_weekday_that_exists(weekdays):
    with pytest.raises(ValueError, match="weekday"):
        Calendar(zone="Europe/Amsterdam", weekdays=weekdays)


def test_never_working_is_a_mistake_and_no_endless_search():
    for_ever = DaysOff(MONDAY, MONDAY + timedelta(days=20 * 366))
    with pytest.raises(ValueError, match="no working day"):
        replace(WEEK, away=(for_ever,)).add(MONDAY, 1)


def test_today_is_the_day_where_somebody_is():
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert Calendar(zone="Europe/Amsterdam").today(late) == date(2026, 3, 3)
    assert Calendar(zone="America/New_York").today(late) == date(2026, 3, 2)


@given(calendars, days, st.integers(0, 260))
def test_adding_ends_on_a_working_day_and_counts_them_all(calendar, start, working_days):
    found = calendar.add(start, working_days)
    assert calendar.works_on(found)
    if working_days:
        assert calendar.between(start, found) == working_days
    else:
        assert calendar.between(start - timedelta(days=1), found) == 1


@given(calendars, days, st.integers(0, 100), st.integers(0, 100))
def test_counting_in_two_parts_is_counting_at_once(calendar, start, first, second):
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    assert calendar.between(start, middle) + calendar.between(middle, end) == calendar.between(start, end)


@given(calendars, days, st.integers(1, 60), st.integers(1, 60))
def test_adding_in_two_parts_is_adding_at_once(calendar, start, first, second):
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)
