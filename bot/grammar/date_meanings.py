"""What each form of a date means, seen from a day.

Weekdays, weeks and dates in figures are read here, because what they mean is a choice of ours; day and
month, and distances ("in 2 weeks"), are read by dateparser. That takes so many things for a date ("a",
"may", "3") that it only gets to see phrases of a known form.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from dateparser.date import DateDataParser

from bot.grammar import date_words
from bot.grammar.date_words import DAYS_FROM_TODAY, MONTHS, NUMBERS, WEEKDAYS

_FRIDAY: Final = 4
_MID_MONTH: Final = 15
_MONTHS_IN_YEAR: Final = 12
_YEAR_IN_FULL: Final = 4
_LEAP_CYCLE: Final = 9
"""29 February can be eight years away, around 2100."""


class DateProblem(StrEnum):
    """Why what is clearly meant as a date cannot be one."""

    PAST = "past"
    """Before today."""
    IMPOSSIBLE = "impossible"
    """No calendar has it: 31 February."""
    TOO_FAR = "too_far"
    """More than five years ahead; nearly always a slip in the year."""
    WEEKDAY_DIFFERS = "weekday_differs"
    """The weekday said is not the weekday of the date said; `day` is that date."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """What a phrase is read against."""

    today: date
    month_first: bool
    dutch_first: bool


Meant = tuple[date, int | None] | DateProblem | None
"""A day, with the weekday that was named beside it; or the reason why there is none; or no date at all."""


@lru_cache(maxsize=4096)
def meaning(phrase: str, today: date, month_first: bool, dutch_first: bool) -> Meant:
    """What a phrase of lower case words means; kept, because a team says the same few every day."""
    phrase = phrase.removeprefix("on ").removeprefix("op ")
    if phrase in DAYS_FROM_TODAY:
        return today + timedelta(days=DAYS_FROM_TODAY[phrase]), None
    at = _Moment(today, month_first, dutch_first)
    for form, read in _FORMS:
        match = form.fullmatch(phrase)
        if match:
            try:
                return read(match, at)
            except (ValueError, OverflowError):
                # datetime's word for a day that no calendar has.
                return DateProblem.IMPOSSIBLE
    return None


def _weekday(match: re.Match[str], at: _Moment) -> Meant:
    ahead = (WEEKDAYS[match["weekday"]] - at.today.weekday()) % 7
    return at.today + timedelta(days=ahead or (0 if match["this"] else 7)), None


def _weekday_of_week(match: re.Match[str], at: _Moment) -> Meant:
    days = WEEKDAYS[match["weekday"]] + (7 if match["next"] else 0)
    return _monday(at.today) + timedelta(days=days), None


def _weekday_and_weeks(match: re.Match[str], at: _Moment) -> Meant:
    ahead = (WEEKDAYS[match["weekday"]] - at.today.weekday()) % 7 or 7
    return at.today + timedelta(days=ahead, weeks=_count(match)), None


def _weeks_and_weekday(match: re.Match[str], at: _Moment) -> Meant:
    return _monday(at.today) + timedelta(days=WEEKDAYS[match["weekday"]], weeks=_count(match)), None


def _part_of_period(match: re.Match[str], at: _Moment) -> Meant:
    if match["period"] == "week":
        monday = _monday(at.today) + timedelta(weeks=1 if match["next"] else 0)
        if match["end"]:
            return monday + timedelta(days=_FRIDAY), None
        return (monday, None) if match["next"] and not match["middle"] else None
    if not (match["next"] or match["end"] or match["middle"]):
        return None
    month = _first_of_month(at.today, 1 if match["next"] else 0)
    return _part(match, month), None


def _part_of_month(match: re.Match[str], at: _Moment) -> Meant:
    number = MONTHS[match["month"]]
    if match["year"]:
        return _part(match, date(int(match["year"]), number, 1)), None
    this_year = _part(match, date(at.today.year, number, 1))
    if this_year > at.today:
        return this_year, None
    return _part(match, date(at.today.year + 1, number, 1)), None


def _part(match: re.Match[str], month: date) -> date:
    if match["end"]:
        return _first_of_month(month, 1) - timedelta(days=1)
    return month.replace(day=_MID_MONTH) if match["middle"] else month


def _week_number(match: re.Match[str], at: _Moment) -> Meant:
    week = int(match["week"])
    this_year = date.fromisocalendar(at.today.isocalendar().year, week, 1)
    if this_year > at.today:
        return this_year, None
    return date.fromisocalendar(at.today.isocalendar().year + 1, week, 1), None


def _iso(match: re.Match[str], _at: _Moment) -> Meant:
    return date(int(match["year"]), int(match["month"]), int(match["day"])), None


def _numeric(match: re.Match[str], at: _Moment) -> Meant:
    first, second = int(match["first"]), int(match["second"])
    month, day = (first, second) if at.month_first else (second, first)
    if month > _MONTHS_IN_YEAR >= day:  # only the other order can be meant
        month, day = day, month
    if match["year"]:
        year = match["year"]
        return date(int(year if len(year) == _YEAR_IN_FULL else f"20{year}"), month, day), None
    return _next_day(day, month, at.today), None


def _next_day(day: int, month: int, today: date) -> date:
    """That day of the month, today or later."""
    for year in range(today.year, today.year + _LEAP_CYCLE):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("no such day")


def _day_and_month(match: re.Match[str], at: _Moment) -> Meant:
    phrase = " ".join(filter(None, (match["day"], match["month"], match["year"])))
    # dateparser's future begins the day after its base; a date said without a year can be today.
    day = _by_dateparser(phrase, at.today - timedelta(days=1), at.dutch_first)
    weekday = WEEKDAYS[match["weekday"]] if match["weekday"] else None
    return (day, weekday) if day else DateProblem.IMPOSSIBLE


def _distance(match: re.Match[str], at: _Moment) -> Meant:
    count, unit = _count(match), match["unit"]
    phrase = f"{count} {unit} {match['past']}" if match["past"] else f"in {count} {unit}"
    if unit in {"dag", "dagen", "weken", "maand", "maanden", "jaar"} and not match["past"]:
        phrase = f"over {count} {unit}"
    day = _by_dateparser(phrase, at.today, at.dutch_first)
    return (day, None) if day else DateProblem.TOO_FAR


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Moment], Meant]], ...]] = (
    (date_words.WEEKDAY, _weekday),
    *((form, _weekday_of_week) for form in date_words.WEEKDAY_OF_WEEK),
    (date_words.WEEKDAY_AND_WEEKS, _weekday_and_weeks),
    (date_words.WEEKS_AND_WEEKDAY, _weeks_and_weekday),
    (date_words.PART_OF_PERIOD, _part_of_period),
    (date_words.PART_OF_MONTH, _part_of_month),
    (date_words.WEEK_NUMBER, _week_number),
    (date_words.ISO, _iso),
    *((form, _numeric) for form in date_words.NUMERIC),
    *((form, _day_and_month) for form in date_words.DAY_AND_MONTH),
    (date_words.DISTANCE, _distance),
)


@lru_cache(maxsize=8)
def _dateparser(base: date, dutch_first: bool) -> DateDataParser:
    return DateDataParser(
        languages=["nl", "en"] if dutch_first else ["en", "nl"],
        use_given_order=True,
        settings={
            "RELATIVE_BASE": datetime.combine(base, time()),
            "PREFER_DATES_FROM": "future",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )


def _by_dateparser(phrase: str, base: date, dutch_first: bool) -> date | None:
    found = _dateparser(base, dutch_first).get_date_data(phrase).date_obj
    return found.date() if found else None


def _count(match: re.Match[str]) -> int:
    return int(match["digits"]) if match["digits"] else NUMBERS[match["number"]]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of_month(day: date, months_on: int) -> date:
    years, month = divmod(day.month - 1 + months_on, _MONTHS_IN_YEAR)
    return date(day.year + years, month + 1, 1)
