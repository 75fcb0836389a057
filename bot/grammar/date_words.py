"""The words that dates are made of, in English and Dutch, and the forms in which they stand together."""

import re
from typing import Final

WEEKDAYS: Final = {
    word: number
    for number, words in enumerate(
        (
            ("monday", "mon", "maandag", "ma"),
            ("tuesday", "tue", "tues", "dinsdag", "di"),
            ("wednesday", "wed", "woensdag", "wo"),
            ("thursday", "thu", "thur", "thurs", "donderdag", "do"),
            ("friday", "fri", "vrijdag", "vr"),
            ("saturday", "sat", "zaterdag", "za"),
            ("sunday", "sun", "zondag", "zo"),
        )
    )
    for word in words
}
"""Word -> 0 (Monday) to 6."""

MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            ("january", "jan", "januari"),
            ("february", "feb", "februari"),
            ("march", "mar", "maart", "mrt"),
            ("april", "apr"),
            ("may", "mei"),
            ("june", "jun", "juni"),
            ("july", "jul", "juli"),
            ("august", "aug", "augustus"),
            ("september", "sept", "sep"),
            ("october", "oct", "oktober", "okt"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for word in words
}
"""Word -> 1 (January) to 12."""

DAYS_FROM_TODAY: Final = {
    "today": 0,
    "vandaag": 0,
    "tomorrow": 1,
    "morgen": 1,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
    "overmorgen": 2,
    "yesterday": -1,
    "gisteren": -1,
    "eergisteren": -2,
}
"""Days that have gone are read too, so that the answer can say that they have."""

NUMBERS: Final = {
    word: number
    for number, words in enumerate(
        (
            ("a", "an", "one", "een", "één"),
            ("two", "twee"),
            ("three", "drie"),
            ("four", "vier"),
            ("five", "vijf"),
            ("six", "zes"),
            ("seven", "zeven"),
            ("eight", "acht"),
            ("nine", "negen"),
            ("ten", "tien"),
        ),
        start=1,
    )
    for word in words
}

_UNITS: Final = (
    *("day", "days", "dag", "dagen"),
    *("week", "weeks", "weken"),
    *("month", "months", "maand", "maanden"),
    *("year", "years", "jaar"),
)
_NEXT: Final = ("next", "coming", "volgende", "komende", "aanstaande")
_THIS: Final = ("this", "deze")
_STARTS: Final = ("start", "begin", "early", "in")
_MIDDLES: Final = ("mid", "half", "medio", "halverwege")
_ENDS: Final = ("end", "eind", "einde")
_SMALL: Final = ("of", "van", "the", "de", "het", "in", "over", "on", "op", "from", "now", "ago", "geleden", "wk")

VOCABULARY: Final = frozenset(
    (*WEEKDAYS, *MONTHS, *NUMBERS, *_UNITS, *_NEXT, *_THIS, *_STARTS, *_MIDDLES, *_ENDS, *_SMALL)
) | {word for phrase in DAYS_FROM_TODAY for word in phrase.split()}
"""Every word a date can hold: reading a date at the start of a text stops at the first other word."""


def _any_of(group: str, words: tuple[str, ...]) -> str:
    return f"(?P<{group}>{'|'.join(sorted(words, key=len, reverse=True))})"


_WEEKDAY = _any_of("weekday", tuple(WEEKDAYS))
_MONTH = _any_of("month", tuple(MONTHS))
_WHICH = f"(?:{_any_of('next', _NEXT)}|{_any_of('this', _THIS)})"
_EDGE = f"(?:{_any_of('start', _STARTS)}|{_any_of('middle', _MIDDLES)}|{_any_of('end', _ENDS)})"
_COUNT = f"(?:(?P<digits>[0-9]{{1,4}})|{_any_of('number', tuple(NUMBERS))})"
_OF = "(?: of| van)?(?: the| de)?"
_WEEKS = "(?:weeks?|weken)"
_DAY = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th|ste|de|e)?"
_YEAR = "(?: (?P<year>[0-9]{4}))?"

WEEKDAY: Final = re.compile(f"(?:{_WHICH} )?{_WEEKDAY}")
"""`friday`, `next tuesday`, `komende vrijdag`."""
WEEKDAY_OF_WEEK: Final = (
    re.compile(f"{_WHICH} week(?: on| op)? {_WEEKDAY}"),
    re.compile(f"{_WEEKDAY}{_OF} {_WHICH} week"),
)
"""`volgende week dinsdag`, `tuesday next week`."""
WEEKDAY_AND_WEEKS: Final = re.compile(f"{_WEEKDAY} (?:in|over) {_COUNT} {_WEEKS}")
"""`maandag over een week`: a week after the first Monday."""
WEEKS_AND_WEEKDAY: Final = re.compile(f"(?:in|over) {_COUNT} {_WEEKS}(?: on| op)? {_WEEKDAY}")
"""`over 2 weken op dinsdag`: the Tuesday in the week two weeks ahead."""
PART_OF_PERIOD: Final = re.compile(f"(?:{_EDGE}{_OF} )?(?:{_WHICH} )?(?P<period>week|month|maand)")
"""`next week`, `eind volgende week`, `end of the month`."""
PART_OF_MONTH: Final = re.compile(f"(?:{_EDGE}{_OF} )?{_MONTH}{_YEAR}")
"""`maart`, `in march`, `eind maart 2027`."""
WEEK_NUMBER: Final = re.compile("(?:week|wk) (?P<week>[0-9]{1,2})")
"""`week 12`, as Dutch planners say."""
ISO: Final = re.compile("(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
NUMERIC: Final = (
    re.compile(
        r"(?P<first>[0-9]{1,2})(?P<sign>[-/])(?P<second>[0-9]{1,2})(?:(?P=sign)(?P<year>[0-9]{4}|[0-9]{2}))?"
    ),
    re.compile(r"(?P<first>[0-9]{1,2})\.(?P<second>[0-9]{1,2})\.(?P<year>[0-9]{4})"),
)
"""`1-12`, `1/12/2026`, `1.12.2026`."""
DAY_AND_MONTH: Final = (
    re.compile(f"(?:{_WEEKDAY} )?(?:the |de )?{_DAY}(?: of| van)? {_MONTH}{_YEAR}"),
    re.compile(f"(?:{_WEEKDAY} )?{_MONTH} (?:the )?{_DAY}{_YEAR}"),
)
"""`1 maart`, `march 1st 2027`, `friday 13 march`."""
DISTANCE: Final = re.compile(
    f"(?:(?P<ahead>in|over) )?{_COUNT} {_any_of('unit', _UNITS)}(?: (?P<past>ago|geleden)| (?P<on>from now))?"
)
"""`in 2 weeks`, `over een maand`, `2 days ago`."""

NOT_BEFORE_TEXT: Final = re.compile(
    f"(?:ma|di|wo|do|vr|za|zo|sat|sun|wed|{'|'.join(MONTHS)}|{_COUNT} {_any_of('unit', _UNITS)})"
)
"""Dates that are ordinary words too ("zo", "may", "2 weeks notice"): not read in front of more text."""
