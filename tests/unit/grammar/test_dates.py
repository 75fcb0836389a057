"""Dates in words: what each says, seen from Friday 6 March 2026."""

import timeit
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.date_words import VOCABULARY
from bot.grammar.dates import DateProblem, DateReading, DateRefused, read_date, read_leading_date

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-03-06"),
        ("vandaag", "2026-03-06"),
        ("morgen", "2026-03-07"),
        ("tomorrow", "2026-03-07"),
        ("overmorgen", "2026-03-08"),
        ("the day after tomorrow", "2026-03-08"),
        ("friday", "2026-03-13"),
        ("vrijdag", "2026-03-13"),
        ("on Friday", "2026-03-13"),
        ("op vrijdag,", "2026-03-13"),
        ("this friday", "2026-03-06"),
        ("Monday", "2026-03-09"),
        ("ma", "2026-03-09"),
        ("zo", "2026-03-08"),
        ("next tuesday", "2026-03-10"),
        ("komende dinsdag", "2026-03-10"),
        ("next week tuesday", "2026-03-10"),
        ("volgende week dinsdag", "2026-03-10"),
        ("vrijdag volgende week", "2026-03-13"),
        ("sunday of next week", "2026-03-15"),
        ("zondag deze week", "2026-03-08"),
        ("maandag over een week", "2026-03-16"),
        ("over 2 weken op dinsdag", "2026-03-17"),
        ("volgende week", "2026-03-09"),
        ("next week", "2026-03-09"),
        ("eind volgende week", "2026-03-13"),
        ("end of next week", "2026-03-13"),
        ("end of the month", "2026-03-31"),
        ("eind van de maand", "2026-03-31"),
        ("volgende maand", "2026-04-01"),
        ("next month", "2026-04-01"),
        ("maart", "2027-03-01"),
        ("in april", "2026-04-01"),
        ("half april", "2026-04-15"),
        ("eind maart", "2026-03-31"),
        ("end of february", "2027-02-28"),
        ("begin januari 2028", "2028-01-01"),
        ("week 12", "2026-03-16"),
        ("week 2", "2027-01-11"),
        ("1 maart", "2027-03-01"),
        ("1 march", "2027-03-01"),
        ("6 maart", "2026-03-06"),
        ("20 mrt", "2026-03-20"),
        ("March 20th", "2026-03-20"),
        ("20th of march 2027", "2027-03-20"),
        ("the 20th of march", "2026-03-20"),
        ("de 20e maart", "2026-03-20"),
        ("vrijdag 13 maart", "2026-03-13"),
        ("friday, 13 march", "2026-03-13"),
        ("29 februari", "2028-02-29"),
        ("in 2 weeks", "2026-03-20"),
        ("over 2 weken", "2026-03-20"),
        ("over een week", "2026-03-13"),
        ("over één maand", "2026-04-06"),
        ("in a month", "2026-04-06"),
        ("in three days", "2026-03-09"),
        ("over drie dagen", "2026-03-09"),
        ("2 weeks from now", "2026-03-20"),
        ("2 weken", "2026-03-20"),
        ("over 1 jaar", "2027-03-06"),
        ("2026-12-01", "2026-12-01"),
        ("1-12", "2026-12-01"),
        ("1/12", "2026-12-01"),
        ("1-3", "2027-03-01"),
        ("6-3", "2026-03-06"),
        ("29-2", "2028-02-29"),
        ("1/12/26", "2026-12-01"),
        ("1.12.2026", "2026-12-01"),
        ("12/31", "2026-12-31"),
    ],
)
@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_a_date_is_understood_in_both_languages_whatever_the_members_own(
    said: str, day: str, language: str
) -> None:
    assert read_date(said, FRIDAY, language) == DateReading(date.fromisoformat(day), said)


def test_figures_are_read_in_the_order_of_the_members_locale() -> None:
    assert read_date("1/12", FRIDAY, "nl") == DateReading(date(2026, 12, 1), "1/12")
    assert read_date("1/12", FRIDAY, "en-GB") == DateReading(date(2026, 12, 1), "1/12")
    assert read_date("1/12", FRIDAY, "en-US") == DateReading(date(2027, 1, 12), "1/12")
    assert read_date("31/12", FRIDAY, "en-US") == DateReading(date(2026, 12, 31), "31/12")


@pytest.mark.parametrize(
    "junk",
    [
        *("", " ", "a", "m", "3", "31", "2026", "now", "nu", "price", "in", "the", "20:00", "3 p", "10 per"),
        *("week", "this week", "the 3rd", "an", "een", "maandje", "1-", "-1", "1--2", "٣ مارس", "in 2 hours"),
        *("monday tuesday", "1 2 3", "friday friday", "🎉", "x" * 200, "in " * 100),
    ],
)
def test_what_is_no_date_is_not_read_as_one(junk: str) -> None:
    assert read_date(junk, FRIDAY, "en-GB") is None


@pytest.mark.parametrize(
    ("said", "problem", "day"),
    [
        ("yesterday", DateProblem.PAST, date(2026, 3, 5)),
        ("gisteren", DateProblem.PAST, date(2026, 3, 5)),
        ("1 maart 2026", DateProblem.PAST, date(2026, 3, 1)),
        ("2 days ago", DateProblem.PAST, date(2026, 3, 4)),
        ("2 weken geleden", DateProblem.PAST, date(2026, 2, 20)),
        ("monday this week", DateProblem.PAST, date(2026, 3, 2)),
        ("2020-01-01", DateProblem.PAST, date(2020, 1, 1)),
        ("31 februari", DateProblem.IMPOSSIBLE, None),
        ("31-2", DateProblem.IMPOSSIBLE, None),
        ("2026-13-01", DateProblem.IMPOSSIBLE, None),
        ("0-0", DateProblem.IMPOSSIBLE, None),
        ("week 60", DateProblem.IMPOSSIBLE, None),
        ("29 feb 2027", DateProblem.IMPOSSIBLE, None),
        ("maart 0000", DateProblem.IMPOSSIBLE, None),
        ("1 march 2062", DateProblem.TOO_FAR, date(2062, 3, 1)),
        ("in 9999 years", DateProblem.TOO_FAR, None),
        ("end of december 9999", DateProblem.IMPOSSIBLE, None),
        ("thursday 13 march", DateProblem.WEEKDAY_DIFFERS, date(2026, 3, 13)),
    ],
)
def test_a_date_that_cannot_be_planned_says_why(said: str, problem: DateProblem, day: date | None) -> None:
    assert read_date(said, FRIDAY, "en-GB") == DateRefused(problem, said, day=day)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("friday call back", "2026-03-13", "call back"),
        ("1 march budget round", "2027-03-01", "budget round"),
        ("1 maart 2027 begrotingsronde", "2027-03-01", "begrotingsronde"),
        ("volgende week dinsdag bellen", "2026-03-10", "bellen"),
        ("next week call", "2026-03-09", "call"),
        ("friday, call back", "2026-03-13", "call back"),
        ("vrijdag 14:00 demo", "2026-03-13", "14:00 demo"),
        ("over 2 weken: demo", "2026-03-20", "demo"),
        ("friday in march", "2026-03-13", "in march"),
        ("monday on site", "2026-03-09", "on site"),
        ("may", "2026-05-01", ""),
        ("vr", "2026-03-13", ""),
        ("in may they decide", "2026-05-01", "they decide"),
        ("morgen", "2026-03-07", ""),
    ],
)
def test_the_longest_date_at_the_start_is_read_and_the_rest_is_text(text: str, day: str, rest: str) -> None:
    reading = read_leading_date(text, FRIDAY, "en-GB")
    assert isinstance(reading, DateReading)
    assert (reading.day.isoformat(), reading.rest) == (day, rest)


@pytest.mark.parametrize(
    "text",
    [
        *("may come back", "do not call", "zo gezegd", "sat in a meeting", "2 weeks notice", "a good talk"),
        *("3 people", "the price", "march on", "in the budget", "week long", "budget 1 march"),
    ],
)
def test_ordinary_words_in_front_of_a_text_are_no_date(text: str) -> None:
    assert read_leading_date(text, FRIDAY, "en-GB") is None


def test_a_refused_date_keeps_the_text_after_it() -> None:
    assert read_leading_date("yesterday we met", FRIDAY, "en-GB") == DateRefused(
        DateProblem.PAST, "yesterday", "we met", date(2026, 3, 5)
    )


@given(st.text(max_size=200), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["nl", "en-US"]))
def test_any_text_gives_a_reading(text: str, today: date, language: str) -> None:
    read_date(text, today, language)
    read_leading_date(text, today, language)


WORDS = st.sampled_from(sorted(VOCABULARY)) | st.integers(0, 9999).map(str)


@given(
    st.lists(WORDS, min_size=1, max_size=5).map(" ".join),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["nl", "en-US"]),
)
def test_a_date_read_is_never_in_the_past(text: str, today: date, language: str) -> None:
    reading = read_date(text, today, language)
    if isinstance(reading, DateReading):
        assert today <= reading.day <= today + timedelta(days=5 * 366)


def test_a_common_date_costs_microseconds() -> None:
    read_leading_date("1 march budget round", FRIDAY, "nl")
    seconds = min(timeit.repeat(lambda: read_leading_date("1 march budget round", FRIDAY, "nl"), number=100))
    assert seconds / 100 < 0.0005
