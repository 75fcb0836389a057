"""Dates, numbers and texts as each reader writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.views.words import Words

DUTCH = Words("nl-NL", "Europe/Amsterdam")
BRITISH = Words("en-GB", "Europe/London")
AMERICAN = Words("en-US", "America/New_York")
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("words", "short", "other_year", "long"),
    [
        (DUTCH, "vr 27 nov", "vr 27 nov 2026", "vrijdag 27 november 2026"),
        (BRITISH, "Fri 27 Nov", "Fri 27 Nov 2026", "Friday 27 November 2026"),
        (AMERICAN, "Fri, Nov 27", "Fri, Nov 27, 2026", "Friday, November 27, 2026"),
    ],
)
def test_a_date_has_its_year_only_when_it_is_another(words: Words, short: str, other_year: str, long: str) -> None:
    assert words.day(FRIDAY, date(2026, 1, 1)) == short
    assert words.day(FRIDAY, date(2027, 1, 1)) == other_year
    assert words.day(FRIDAY) == other_year
    assert words.long_day(FRIDAY) == long


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (DUTCH, "vr 27 nov 01:30"),
        (BRITISH, "Fri 27 Nov 00:30"),
        (AMERICAN, "Thu, Nov 26 7:30\u202fPM"),
    ],
)
def test_an_instant_is_shown_in_the_readers_zone(words: Words, text: str) -> None:
    assert words.instant(datetime(2026, 11, 27, 0, 30, tzinfo=UTC), FRIDAY) == text


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        DUTCH.time(datetime(2026, 11, 27, 0, 30))


@pytest.mark.parametrize(
    ("day", "english", "dutch"),
    [
        (date(2026, 11, 27), "today", "vandaag"),
        (date(2026, 11, 28), "tomorrow", "morgen"),
        (date(2026, 11, 26), "yesterday", "gisteren"),
        (date(2026, 11, 30), "in 3 days", "over 3 dagen"),
        (date(2026, 11, 24), "3 days ago", "3 dagen geleden"),
        (date(2026, 12, 4), "Fri 4 Dec", "vr 4 dec"),
    ],
)
def test_a_date_near_today_is_told_in_words(day: date, english: str, dutch: str) -> None:
    assert BRITISH.relative_day(day, FRIDAY) == english
    assert DUTCH.relative_day(day, FRIDAY) == dutch


def test_numbers_are_written_as_the_reader_does() -> None:
    assert [words.number(1234567) for words in (DUTCH, BRITISH)] == ["1.234.567", "1,234,567"]
    assert [words.number(Decimal("1234.5")) for words in (DUTCH, AMERICAN)] == ["1.234,5", "1,234.5"]
    assert [words.number(-12) for words in (DUTCH, BRITISH)] == ["-12", "-12"]
    assert [words.percent(0.4234) for words in (DUTCH, BRITISH)] == ["42%", "42%"]
    assert [words.percent(0.4234, 1) for words in (DUTCH, BRITISH)] == ["42,3%", "42.3%"]


def test_time_spent_is_told_in_hours_and_minutes() -> None:
    assert [BRITISH.minutes(count) for count in (0, 45, 60, 95)] == ["0 min", "45 min", "1 h", "1 h 35 min"]
    assert DUTCH.minutes(95) == "1 u 35 min"


def test_a_list_ends_in_and() -> None:
    names = ["a", "b", "c"]
    assert [words.list_of(names) for words in (DUTCH, BRITISH, AMERICAN)] == [
        "a, b en c",
        "a, b and c",
        "a, b, and c",
    ]
    assert DUTCH.list_of(["a"]) == "a"
    assert DUTCH.list_of([]) == ""


def test_one_and_many_differ() -> None:
    assert [DUTCH.working_days(count) for count in (1, 3)] == ["1 werkdag", "3 werkdagen"]
    assert [BRITISH.working_days_ago(count) for count in (0, 1, 3)] == [
        "today",
        "1 working day ago",
        "3 working days ago",
    ]


@pytest.mark.parametrize(
    ("locale", "language"),
    [("nl", "nl"), ("nl-BE", "nl"), ("NL_nl", "nl"), ("nld", "en"), ("de-DE", "en"), ("", "en"), ("en-US", "en")],
)
def test_any_other_language_reads_english(locale: str, language: str) -> None:
    assert Words(locale).language == language


def test_an_unknown_zone_says_so() -> None:
    with pytest.raises(LookupError, match="Mars/Olympus"):
        Words("en-GB", "Mars/Olympus").time(datetime(2026, 11, 27, tzinfo=UTC))


def test_fields_are_filled_in_raw() -> None:
    assert BRITISH.gettext("{minutes} min", minutes=5) == "5 min"
    assert BRITISH.gettext("{minutes} min") == "{minutes} min"
