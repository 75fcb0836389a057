"""Dates as people say them, in English and Dutch, always of today or later."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.grammar import date_words
from bot.grammar.date_meanings import DateProblem, meaning
from bot.grammar.date_words import VOCABULARY

__all__ = ["DateProblem", "DateReading", "DateRefused", "read_date", "read_leading_date", "warm_up"]

_MOST_WORDS: Final = 8
_FARTHEST: Final = timedelta(days=5 * 366)
_WORD: Final = re.compile(r"\S+")
_FIGURES: Final = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th|ste|de|e)?|[0-9]{1,4}(?:[-/.][0-9]{1,4}){1,2}")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date understood: the day, the words it was read from, and the text after them."""

    day: date
    said: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class DateRefused:
    """Words that are a date, but none that can be planned; `day` where they name one."""

    problem: DateProblem
    said: str
    rest: str = ""
    day: date | None = None


def read_date(text: str, today: date, language: str) -> DateReading | DateRefused | None:
    """Read a whole text as a date, None when it is none.

    `today` is the member's local date. `language` is their locale ("nl", "en-GB"): both languages are
    always understood, their own first, and `1/12` is 12 January only for Americans. A weekday, or a date
    without a year, is the next such day: `friday` on a Friday is in a week. A week or month without a day
    is its first day.
    """
    phrase = " ".join(word for word, _ in _words(text))
    return _reading(phrase, text.strip(), "", today, language) if phrase else None


def read_leading_date(text: str, today: date, language: str) -> DateReading | DateRefused | None:
    """Read the longest date at the start of a text, as `read_date`; `rest` is the text after it.

    Words that are a date only by chance ("may", "do", "2 weeks") count when nothing follows them.
    """
    words = list(_leading_date_words(text))
    for count in range(len(words), 0, -1):
        end = words[count - 1][1]
        phrase, rest = " ".join(word for word, _ in words[:count]), text[end:].strip()
        if rest and date_words.NOT_BEFORE_TEXT.fullmatch(phrase):
            continue
        reading = _reading(phrase, text[:end].strip(), rest, today, language)
        if reading:
            return reading
    return None


def warm_up(today: date) -> None:
    """Let dateparser load its languages now, so that not the first command of the day waits for it."""
    for language in ("nl", "en"):
        read_date("1 maart", today, language)
        read_date("in 2 weeks", today, language)


def _words(text: str) -> Iterator[tuple[str, int]]:
    """The words of a text as they are compared, with the place where each ends."""
    for match in _WORD.finditer(text):
        word = match.group().casefold().strip(",;:()!") or match.group()
        yield (word.rstrip(".") or word), match.end()


def _leading_date_words(text: str) -> Iterator[tuple[str, int]]:
    for number, (word, end) in enumerate(_words(text)):
        if number == _MOST_WORDS or not (word in VOCABULARY or _FIGURES.fullmatch(word)):
            return
        yield word, end


def _reading(phrase: str, said: str, rest: str, today: date, language: str) -> DateReading | DateRefused | None:
    tag = language.replace("_", "-").casefold()
    # Babel's plain "en" is American too, and the date is answered in the same order.
    meant = meaning(phrase, today, tag in {"en", "en-us"}, tag.startswith("nl"))
    if isinstance(meant, DateProblem):
        return DateRefused(meant, said, rest)
    if meant is None:
        return None
    day, weekday = meant
    if weekday is not None and weekday != day.weekday():
        return DateRefused(DateProblem.WEEKDAY_DIFFERS, said, rest, day)
    if day < today:
        return DateRefused(DateProblem.PAST, said, rest, day)
    if day - today > _FARTHEST:
        return DateRefused(DateProblem.TOO_FAR, said, rest, day)
    return DateReading(day, said, rest)
