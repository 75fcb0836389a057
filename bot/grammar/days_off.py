"""Days off as people say them: `24 dec - 2 jan, 1 may`, in English and Dutch; and until when a pause lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.grammar.date_meanings import DateProblem
from bot.grammar.dates import DateReading, DateRefused, read_date
from bot.grammar.readings import Mistake, Wrong
from playbooks.calendar import DaysOff

LONGEST: Final = timedelta(days=366)
"""Who is away for longer than a year hands their prospects over."""

MISTAKES: Final = {
    DateProblem.PAST: Mistake.DATE_PAST,
    DateProblem.IMPOSSIBLE: Mistake.DATE_IMPOSSIBLE,
    DateProblem.TOO_FAR: Mistake.DATE_TOO_FAR,
    DateProblem.WEEKDAY_DIFFERS: Mistake.WEEKDAY_DIFFERS,
}
_BETWEEN: Final = re.compile(
    r"\s+(?:-+|t/m|tm|tot en met|tot|until|till|through|to)\s+|\s*[\u2013\u2014]\s*|\s*-\s*", re.IGNORECASE
)
_FROM: Final = re.compile(r"^(?:from|van|vanaf)\s+", re.IGNORECASE)
_UNTIL: Final = re.compile(r"^(?:until|till|tot)\s+", re.IGNORECASE)
_DAY_ONLY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|ste|de|e)?")
_WEEK: Final = re.compile(
    r"(?:(?:next|this|coming|volgende|deze|komende|aanstaande)\s+week|(?:week|wk)\s+\d{1,2})"
)
_SIX_DAYS: Final = timedelta(days=6)
_HALF_A_YEAR: Final = timedelta(days=183)


def read_days_off(text: str, today: date, language: str) -> tuple[DaysOff, ...] | Wrong:
    """Stretches of days, several by commas, both ends included; `language` as in `read_date`.

    A week is all its days. A stretch that began before today counts as long as it is not over, so that what was
    said before can be said again.
    """
    found = []
    for piece in re.split(r"[,;\n]", text):
        if said := piece.strip():
            stretch = _stretch(said, today, language)
            if isinstance(stretch, Wrong):
                return stretch
            found.append(stretch)
    return tuple(found)


def read_pause(text: str, today: date, language: str) -> date | Wrong:
    """The day on which messages start again: `until friday`, `tot 1 maart`, `2 weeks`; later than today."""
    said = _UNTIL.sub("", text.strip())
    match read_date(said, today, language):
        case DateReading(day=day) if day > today:
            return day
        case DateReading(day=day):
            return Wrong(Mistake.DATE_PAST, said, day=day)
        case DateRefused(problem=problem, day=day):
            return Wrong(MISTAKES[problem], said, day=day)
        case None:
            return Wrong(Mistake.DATE_UNREADABLE, said)


def _stretch(said: str, today: date, language: str) -> DaysOff | Wrong:
    said = _FROM.sub("", said)
    whole = read_date(said, today, language)
    if isinstance(whole, DateReading):
        last = whole.day + _SIX_DAYS if _WEEK.fullmatch(said.casefold()) else whole.day
        return DaysOff(whole.day, last)
    for before, after in _halves(said):
        stretch = _between(before, after, today, language)
        if stretch is not None:
            return stretch if isinstance(stretch, DaysOff) else replace(stretch, said=said)
    if isinstance(whole, DateRefused):
        return Wrong(MISTAKES[whole.problem], said, day=whole.day)
    return Wrong(Mistake.DATE_UNREADABLE, said)


def _halves(said: str) -> Iterator[tuple[str, str]]:
    """Where the text may be cut in two: a hyphen can also be a part of a date (`24-12 - 2-1`)."""
    for cut in sorted(_BETWEEN.finditer(said), key=lambda match: -len(match.group())):
        if said[: cut.start()] and said[cut.end() :]:
            yield said[: cut.start()], said[cut.end() :]


def _between(before: str, after: str, today: date, language: str) -> DaysOff | Wrong | None:
    """None when these are not two dates."""
    first = _first(before, after, today, language)
    if first is None:
        return None
    last = read_date(after, first, language)
    match last:
        case DateReading(day=day) if day < today:
            return Wrong(Mistake.DATE_PAST, after, day=day)
        case DateReading(day=day) if day - first >= LONGEST:
            return Wrong(Mistake.DATE_TOO_FAR, after, day=day)
        case DateReading(day=day):
            meant = _slip(first, day, after, today, language)
            return Wrong(Mistake.DATE_PAST, after, day=meant) if meant else DaysOff(first, day)
        case DateRefused(problem=problem, day=day):
            return Wrong(MISTAKES[problem], after, day=day)
        case None:
            return None


def _slip(first: date, last: date, said: str, today: date, language: str) -> date | None:
    """The day before `first` that was said as the last one: `10 mar - 5 mar` is a slip, and not a year away."""
    heard = read_date(said, today, language)
    if last - first > _HALF_A_YEAR and isinstance(heard, DateReading) and heard.day < first:
        return heard.day
    return None


def _first(before: str, after: str, today: date, language: str) -> date | None:
    """The day a stretch begins on, which may have gone; `24 - 28 dec` says its month at the end."""
    match read_date(before, today, language):
        case DateReading(day=day):
            return day
        case DateRefused(problem=DateProblem.PAST, day=day):
            return day
    last, number = read_date(after, today, language), _DAY_ONLY.fullmatch(before.strip())
    if not isinstance(last, DateReading) or number is None:
        return None
    try:
        first = last.day.replace(day=int(number.group(1)))
    except ValueError:
        return None
    return first if first <= last.day else None
