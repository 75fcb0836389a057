"""Days off and pauses in words, in English and Dutch."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.days_off import read_days_off, read_pause
from bot.grammar.readings import Mistake, Wrong
from playbooks.calendar import DaysOff

TODAY = date(2026, 11, 25)
"""A Wednesday."""
CHRISTMAS = DaysOff(date(2026, 12, 24), date(2027, 1, 2))


def day(month: int, number: int, year: int = 2026) -> DaysOff:
    return DaysOff(date(year, month, number), date(year, month, number))


@pytest.mark.parametrize(
    "text",
    [
        "24 dec - 2 jan",
        "24 dec-2 jan",
        "24 dec – 2 jan",
        "from 24 dec to 2 jan",
        "24 december until 2 january",
        "24 dec t/m 2 jan",
        "van 24 dec tot en met 2 jan",
        "24-12 - 2-1",
        "24-12-2026 t/m 2-1-2027",
        "2026-12-24 - 2027-01-02",
        "24 dec 2026 - 2 jan 2027",
    ],
)
def test_a_stretch_has_both_its_ends(text: str) -> None:
    assert read_days_off(text, TODAY, "nl-NL") == (CHRISTMAS,)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", ()),
        ("friday", (day(11, 27),)),
        ("vrijdag, 1 maart", (day(11, 27), day(3, 1, 2027))),
        ("24 dec - 2 jan; 5 mei\n27 april", (CHRISTMAS, day(5, 5, 2027), day(4, 27, 2027))),
        ("24-12", (day(12, 24),)),
        ("24 - 28 dec", (DaysOff(date(2026, 12, 24), date(2026, 12, 28)),)),
        ("24-28 dec", (DaysOff(date(2026, 12, 24), date(2026, 12, 28)),)),
        ("next week", (DaysOff(date(2026, 11, 30), date(2026, 12, 6)),)),
        ("volgende week", (DaysOff(date(2026, 11, 30), date(2026, 12, 6)),)),
        ("20 nov 2026 - 30 nov 2026", (DaysOff(date(2026, 11, 20), date(2026, 11, 30)),)),
    ],
)
def test_several_stretches_stand_between_commas(text: str, days: tuple[DaysOff, ...]) -> None:
    assert read_days_off(text, TODAY, "nl-NL") == days


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("sometime", Mistake.DATE_UNREADABLE),
        ("24 dec - whenever", Mistake.DATE_UNREADABLE),
        ("friday, whenever", Mistake.DATE_UNREADABLE),
        ("31 feb", Mistake.DATE_IMPOSSIBLE),
        ("1 nov 2026", Mistake.DATE_PAST),
        ("1 nov 2026 - 3 nov 2026", Mistake.DATE_PAST),
        ("24 dec 2026 - 20 dec 2026", Mistake.DATE_PAST),
        ("1 jan 2027 - 1 feb 2028", Mistake.DATE_TOO_FAR),
        ("1 jan 2040", Mistake.DATE_TOO_FAR),
    ],
)
def test_what_cannot_be_days_off_is_told(text: str, mistake: Mistake) -> None:
    wrong = read_days_off(text, TODAY, "en-GB")
    assert isinstance(wrong, Wrong)
    assert wrong.mistake is mistake


@pytest.mark.parametrize(
    ("text", "starts_again"),
    [
        ("until friday", date(2026, 11, 27)),
        ("tot vrijdag", date(2026, 11, 27)),
        ("1 march", date(2027, 3, 1)),
        ("2 weeks", date(2026, 12, 9)),
    ],
)
def test_a_pause_ends_on_the_day_that_is_named(text: str, starts_again: date) -> None:
    assert read_pause(text, TODAY, "en-GB") == starts_again


@pytest.mark.parametrize(
    ("text", "mistake"),
    [("today", Mistake.DATE_PAST), ("for a bit", Mistake.DATE_UNREADABLE), ("31 feb", Mistake.DATE_IMPOSSIBLE)],
)
def test_a_pause_needs_a_day_to_come(text: str, mistake: Mistake) -> None:
    wrong = read_pause(text, TODAY, "en-GB")
    assert isinstance(wrong, Wrong)
    assert wrong.mistake is mistake


@given(st.text(max_size=40))
def test_any_text_is_days_or_a_mistake_and_never_an_error(text: str) -> None:
    read = read_days_off(text, TODAY, "en-GB")
    assert isinstance(read, Wrong) or all(each.first <= each.last for each in read)
    assert isinstance(read_pause(text, TODAY, "nl-NL"), date | Wrong)


@pytest.mark.parametrize("said", ["10 dec - 5 dec", "from 10 december to 5 december", "10 dec t/m 5 dec"])
def test_an_end_just_before_its_beginning_is_a_slip_and_no_year_of_days_off(said: str) -> None:
    wrong = read_days_off(said, TODAY, "en")
    assert isinstance(wrong, Wrong)
    assert (wrong.mistake, wrong.day) == (Mistake.DATE_PAST, date(2026, 12, 5))


def test_half_a_year_over_new_year_is_not_a_slip() -> None:
    assert read_days_off("24 dec - 15 jan", TODAY, "en") == (DaysOff(date(2026, 12, 24), date(2027, 1, 15)),)
    assert read_days_off("1 feb - 20 dec 2027", TODAY, "en") == (DaysOff(date(2027, 2, 1), date(2027, 12, 20)),)
