"""The dates of a file: ISO first, for it is quick and means one thing; then what people and Excel write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo


class Order(StrEnum):
    """Which of the two first numbers of `03-04-2025` is the day."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class Moment(NamedTuple):
    """An instant (UTC) and its local day in the workspace's zone."""

    at: datetime
    on: date


class DateError(ValueError):
    """The text is no date that we read; says what would be right."""


_TIME: Final = (
    r"(?:(?:\s*,\s*|\s+|T)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?)?$"
)
_YEAR: Final = r"(?P<year>\d{4}|\d{2})"
_WORD: Final = r"(?P<month>[a-z]{3,9})"
_NUMBERS: Final = re.compile(
    rf"(?P<a>\d{{1,2}})\s?[-/.]\s?(?P<b>\d{{1,2}})\s?[-/.]\s?{_YEAR}{_TIME}", re.IGNORECASE
)
_YEAR_FIRST: Final = re.compile(
    rf"(?P<year>\d{{4}})[-/.](?P<b>\d{{1,2}})[-/.](?P<a>\d{{1,2}}){_TIME}", re.IGNORECASE
)
_DAY_NAMED: Final = re.compile(
    rf"(?:[a-z]+,?\s+)?(?P<a>\d{{1,2}})[ -]{_WORD}\.?,?[ -]{_YEAR}{_TIME}", re.IGNORECASE
)
_MONTH_NAMED: Final = re.compile(rf"{_WORD}\.? (?P<a>\d{{1,2}}),? (?P<year>\d{{4}}){_TIME}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{4,6}(?:[.,]\d+)?$")
_MONTHS: Final = (
    ("jan", "january", "januari"),
    ("feb", "february", "februari"),
    ("mar", "march", "mrt", "maart"),
    ("apr", "april"),
    ("may", "mei"),
    ("jun", "june", "juni"),
    ("jul", "july", "juli"),
    ("aug", "august", "augustus"),
    ("sep", "sept", "september"),
    ("oct", "october", "okt", "oktober"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTH: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a local date, as Excel's are
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2099
_MONTHS_IN_A_YEAR: Final = 12
_REMEMBERED: Final = 100_000
"""Texts whose moment is kept: dates without a time come again and again, instants hardly ever."""
_RIGHT: Final = "write a date as 2025-12-31 or 31-12-2025, with a time behind it if you have one"


class Dates:
    """Reads the dates of one file; those without a zone of their own are local to the workspace's."""

    def __init__(
        self,
        zone: str,
        written: Callable[[], Iterable[str]],
        order: Order | None = None,
        *,
        serial: bool = False,
    ) -> None:
        """`written` gives all dates of the file: asked once, when the order of day and month matters.

        `order` is what a mapping says of it; `serial` whether numbers are Excel's days since 1900.
        """
        self._zone = ZoneInfo(zone)
        self._written = written
        self._order = order
        self._serial = serial
        self._known: dict[str, Moment] = {}
        self.note: str | None = None
        """What to say about the order of day and month, when it had to be chosen."""

    def read(self, text: str) -> Moment:
        """The moment that this text says; a date alone is its local midnight. Raises `DateError`."""
        known = self._known.get(text)
        if known is not None:
            return known
        try:
            parsed = datetime.fromisoformat(text)
        except ValueError:
            parsed = self._otherwise(text.strip())
        moment = self._moment(parsed)
        if len(self._known) < _REMEMBERED:
            self._known[text] = moment
        return moment

    def _moment(self, parsed: datetime) -> Moment:
        if not _FIRST_YEAR <= parsed.year <= _LAST_YEAR:
            raise DateError(f"the year {parsed.year} lies outside {_FIRST_YEAR} to {_LAST_YEAR}; {_RIGHT}")
        local = parsed.replace(tzinfo=self._zone) if parsed.tzinfo is None else parsed
        at = local.astimezone(UTC)
        return Moment(at, at.astimezone(self._zone).date())

    def _otherwise(self, text: str) -> datetime:
        if self._serial and _NUMBER.match(text):
            return _EXCEL_EPOCH + timedelta(days=float(text.replace(",", ".")))
        if found := _YEAR_FIRST.match(text):
            return _made(found, int(found["b"]), int(found["a"]))
        if found := _NUMBERS.match(text):
            day_first = self._day_month_order() is Order.DAY_FIRST
            day, month = (found["a"], found["b"]) if day_first else (found["b"], found["a"])
            return _made(found, int(month), int(day))
        if (found := _DAY_NAMED.match(text) or _MONTH_NAMED.match(text)) and found["month"].lower() in _MONTH:
            return _made(found, _MONTH[found["month"].lower()], int(found["a"]))
        if _NUMBER.match(text):
            raise DateError(
                "this looks like one of Excel's day numbers: give the column the format of a date"
                ", or say 'dates: excel' in a mapping"
            )
        raise DateError(_RIGHT)

    def _day_month_order(self) -> Order:
        """As the mapping says, else as the dates themselves prove it, else day first; and says so."""
        if self._order is None:
            proven = {order for text in self._written() if (order := _proof(text))}
            self._order = Order.MONTH_FIRST if proven == {Order.MONTH_FIRST} else Order.DAY_FIRST
            name = (
                "the month first (12/31/2025)" if proven == {Order.MONTH_FIRST} else "the day first (31-12-2025)"
            )
            self.note = f"Dates were read with {name}."
            if not proven:
                self.note += (
                    " Nothing in the file proves it: a mapping with 'dates: month-first' reads them the other way."
                )
        return self._order


def _proof(text: str) -> Order | None:
    found = _NUMBERS.match(text.strip())
    if found is None:
        return None
    first, second = int(found["a"]), int(found["b"])
    if second > _MONTHS_IN_A_YEAR >= first:
        return Order.MONTH_FIRST
    return Order.DAY_FIRST if first > _MONTHS_IN_A_YEAR >= second else None


def _made(found: re.Match[str], month: int, day: int) -> datetime:
    year, hour = int(found["year"]), int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    try:
        return datetime(  # noqa: DTZ001 - local to the workspace
            year if year > 99 else 2000 + year,  # noqa: PLR2004 - two digits of a year
            month,
            day,
            hour,
            int(found["minute"] or 0),
            int(found["second"] or 0),
        )
    except ValueError:
        raise DateError(f"there is no such day or time; {_RIGHT}") from None
