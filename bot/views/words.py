"""Words of one reader: translated texts, and dates and numbers as they write them.

A catalog (`translations/<language>/LC_MESSAGES/nextstep.po`) is compiled in memory, once a
language. English is the language of the code itself, and of every reader whose language has no
catalog; such a reader gets British dates, one from the United States American ones.
"""

from __future__ import annotations

import gettext as gnu
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

DOMAIN = "nextstep"
TRANSLATIONS = Path(__file__).with_name("translations")
_A_MONDAY = date(2024, 1, 1)
_SOON = 6
_GROUPED = 1_000
_AMERICAN = "en_US"
_ENGLISH = "en_GB"


def msgid(text: str) -> str:
    """Mark a text in a table of constants for translation; `Words.gettext` translates it later."""
    return text


def po_file(language: str) -> Path:
    """Where the catalog of a language is."""
    return TRANSLATIONS / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@lru_cache
def catalog(language: str) -> gnu.NullTranslations:
    """The compiled catalog of `language`; one that translates nothing when there is no file."""
    source = po_file(language)
    if not source.is_file():
        return gnu.NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, domain=DOMAIN))
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)


@lru_cache(maxsize=256)
def supported(locale: str) -> str:
    """The babel locale for a member's Slack locale such as `nl-NL`, `en-US` or nonsense."""
    tag = locale.strip().replace("-", "_").lower()
    if tag == "nl" or tag.startswith("nl_"):
        return "nl"
    return _AMERICAN if tag == _AMERICAN.lower() else _ENGLISH


@dataclass(frozen=True, slots=True)
class Words:
    """Translator and formatter for a member with this Slack locale and IANA time zone.

    Cheap to make; equal for equal readers. An unknown zone raises `LookupError` when a time is asked.
    """

    locale: str = "en-GB"
    zone: str = "UTC"

    @property
    def language(self) -> str:
        """The language of the texts: `nl` or `en`."""
        return supported(self.locale)[:2]

    def gettext(self, text: str, **values: object) -> str:
        """The translation; with `values` its `{name}` fields are filled in, raw (for markup use `md`)."""
        return _filled(catalog(self.language).gettext(text), values)

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """The translation for `count` things. Give `n=words.number(count)` where the text shows it."""
        return _filled(catalog(self.language).ngettext(one, many, count), values)

    def pgettext(self, meaning: str, text: str, **values: object) -> str:
        """The translation of a text that has another one elsewhere; `meaning` tells them apart."""
        return _filled(catalog(self.language).pgettext(meaning, text), values)

    def day(self, value: date, today: date | None = None) -> str:
        """`Fri 27 Nov`, `vr 27 nov`; with the year unless it is that of `today`."""
        american = self._babel == _AMERICAN
        pattern = "EEE, MMM d" if american else "EEE d MMM"
        if today is None or value.year != today.year:
            pattern += ", y" if american else " y"
        return _date(value, pattern, self._babel)

    def long_day(self, value: date) -> str:
        """`Friday 27 November 2026`."""
        pattern = "EEEE, MMMM d, y" if self._babel == _AMERICAN else "EEEE d MMMM y"
        return _date(value, pattern, self._babel)

    def month(self, value: date) -> str:
        """`November 2026`."""
        return _date(value, "LLLL y", self._babel)

    def time(self, value: datetime) -> str:
        """The time of day in the reader's zone: `14:30`, `2:30 PM`. Raises ValueError when naive."""
        return format_time(self.local(value), "short", locale=self._babel)

    def typed_day(self, value: date) -> str:
        """A date as it stands in a field to be typed over: `24 Dec 2026`; the grammar reads it back."""
        return _date(value, "d MMM y", self._babel)

    def clock(self, value: clock_time) -> str:
        """A time of day wherever: `08:30`, `8:30 AM`."""
        return format_time(value, "short", locale=self._babel)

    def weekday(self, number: int) -> str:
        """`Monday` (0) to `Sunday` (6)."""
        return format_date(_A_MONDAY + timedelta(days=number), "EEEE", locale=self._babel)

    def country(self, code: str) -> str:
        """`Netherlands` for `NL`; the code where it has no name."""
        return str(Locale.parse(self._babel).territories.get(code, code))

    def instant(self, value: datetime, today: date | None = None) -> str:
        """Day and time in the reader's zone. Raises ValueError when `value` is naive."""
        local = self.local(value)
        return f"{self.day(local.date(), today)} {self.time(local)}"

    def local(self, value: datetime) -> datetime:
        """The same instant in the reader's zone. Raises ValueError when `value` is naive."""
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value.isoformat()}")
        return value.astimezone(_zone(self.zone))

    def relative_day(self, value: date, today: date) -> str:
        """`today`, `tomorrow`, `in 3 days`, `2 days ago`; a date from a week on."""
        away = (value - today).days
        if abs(away) > _SOON:
            return self.day(value, today)
        if away == 0:
            return self.gettext("today")
        if away == 1:
            return self.gettext("tomorrow")
        if away == -1:
            return self.gettext("yesterday")
        if away > 0:
            return self.ngettext("in {n} day", "in {n} days", away, n=self.number(away))
        return self.ngettext("{n} day ago", "{n} days ago", -away, n=self.number(-away))

    def days(self, count: int) -> str:
        """`1 day`, `3 days`."""
        return self.ngettext("{n} day", "{n} days", count, n=self.number(count))

    def working_days(self, count: int) -> str:
        """`1 working day`, `3 working days`."""
        return self.ngettext("{n} working day", "{n} working days", count, n=self.number(count))

    def working_days_ago(self, count: int) -> str:
        """`today`, `1 working day ago`, `3 working days ago`."""
        if count == 0:
            return self.gettext("today")
        return self.ngettext("{n} working day ago", "{n} working days ago", count, n=self.number(count))

    def number(self, value: float | Decimal) -> str:
        """`12,345.5`, `12.345,5`."""
        if isinstance(value, int) and -_GROUPED < value < _GROUPED:
            return str(value)  # the same everywhere, and most numbers are small
        return format_decimal(value, locale=self._babel)

    def percent(self, value: float | Decimal, decimals: int = 0) -> str:
        """A share from 0 to 1 as `42%`."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
        return format_percent(value, pattern, locale=self._babel)

    def minutes(self, count: int) -> str:
        """`45 min`, `1 h 30 min`, `2 h`."""
        hours, rest = divmod(count, 60)
        if not hours:
            return self.gettext("{minutes} min", minutes=rest)
        if not rest:
            return self.gettext("{hours} h", hours=self.number(hours))
        return self.gettext("{hours} h {minutes} min", hours=self.number(hours), minutes=rest)

    def list_of(self, items: Sequence[str]) -> str:
        """`a, b and c`, raw."""
        return format_list(items, locale=self._babel)

    @property
    def _babel(self) -> str:
        return supported(self.locale)


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**values) if values else text


@lru_cache(maxsize=4_096)
def _date(value: date, pattern: str, locale: str) -> str:
    """A list of prospects shows the same few days over and over."""
    return format_date(value, pattern, locale=locale)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    zone = get_timezone(name)
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(name)
