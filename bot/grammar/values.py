"""Single values inside a command: minutes, amounts, steps, addresses, the next action."""

import re
from decimal import Decimal
from typing import Final

from bot.grammar.commands import NextSaid
from bot.grammar.dates import DateProblem, DateReading, DateRefused, read_leading_date
from bot.grammar.readings import Context, Mistake, Wrong
from playbooks.prospect import MOST_VALUE

_MOST_MINUTES: Final = 24 * 60
_MINUTES: Final = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}(?:[.,][0-9]{1,2})?) ?(?:uur|u|hours|hour|h)"
    r"|(?P<minutes>[0-9]{1,4}) ?(?:minuten|minutes|minuut|minute|min|m)?)(?=\s|$|,\s),?",
    re.IGNORECASE,
)
_HOURS_A_WEEK: Final = re.compile(
    r"(?P<hours>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?(?:uur|uren|u|hours|hour|h)?(?: ?(?:/|per|a|in de) ?week)?",
    re.IGNORECASE,
)
_HOURS_IN_A_WEEK: Final = 7 * 24
_CURRENCY: Final = r"(?:€|eur|euro|\$|usd|£|gbp)"
_AMOUNT: Final = re.compile(
    rf"(?:{_CURRENCY} ?)?"
    r"(?:(?P<grouped>[0-9]{1,3}(?:[., ][0-9]{3})+)(?P<cents>[.,][0-9]{1,2})?"
    r"|(?P<plain>[0-9]{1,12}(?:[.,][0-9]{1,2})?))"
    rf" ?(?P<scale>k|m)?(?:,-)?(?: ?{_CURRENCY})?",
    re.IGNORECASE,
)
_SCALES: Final = {"": 1, "k": 1_000, "m": 1_000_000}
_STEP: Final = re.compile(r"(?:step|stap)?[ -]?(?P<number>[0-9]{1,2})", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^\s@,;:<>]+@[^\s@,;:<>]+\.[^\s@,;:<>.]{2,}")
_MISTAKES: Final = {
    DateProblem.PAST: Mistake.DATE_PAST,
    DateProblem.IMPOSSIBLE: Mistake.DATE_IMPOSSIBLE,
    DateProblem.TOO_FAR: Mistake.DATE_TOO_FAR,
    DateProblem.WEEKDAY_DIFFERS: Mistake.WEEKDAY_DIFFERS,
}


def read_minutes(text: str) -> tuple[int, str] | Wrong:
    """The minutes at the start of a text (`20`, `20 min`, `1,5 uur`), and the text after them."""
    match = _MINUTES.match(text)
    if match is None:
        return Wrong(Mistake.MINUTES, text)
    hours = match["hours"]
    minutes = round(float(hours.replace(",", ".")) * 60) if hours else int(match["minutes"])
    return (minutes, text[match.end() :].strip()) if minutes <= _MOST_MINUTES else Wrong(Mistake.MINUTES, text)


def read_hours_a_week(text: str) -> int | None:
    """The minutes of so many hours a week: `24`, `7,5 uur per week`; None when it is none, or more than a week."""
    match = _HOURS_A_WEEK.fullmatch(text.strip())
    if match is None:
        return None
    hours = float(match["hours"].replace(",", "."))
    return round(hours * 60) if hours <= _HOURS_IN_A_WEEK else None


def read_amount(text: str) -> Decimal | Wrong:
    """An amount as Dutch and English people write it: three figures after a sign are thousands,
    one or two are cents, so `5.000`, `5,000`, `5k` and `€ 5.000,00` are the same in any locale.
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return Wrong(Mistake.AMOUNT, text)
    grouped = re.sub(r"[^0-9]", "", match["grouped"] or "")
    figures = grouped + (match["cents"] or "") if grouped else match["plain"]
    amount = Decimal(figures.replace(",", ".")) * _SCALES[(match["scale"] or "").casefold()]
    return amount if amount <= MOST_VALUE else Wrong(Mistake.AMOUNT, text)


def read_step(text: str) -> str | None:
    """A step's key from `step3`, `stap 3` or `3`; None when it is none of these."""
    match = _STEP.fullmatch(text.strip())
    return f"step{int(match['number'])}" if match and int(match["number"]) else None


def read_email(text: str) -> str | Wrong:
    return text if _EMAIL.fullmatch(text) else Wrong(Mistake.EMAIL, text)


def read_next(text: str, context: Context) -> NextSaid | Wrong:
    """A date and what to do then: `friday call back`."""
    reading = read_leading_date(text, context.today, context.locale)
    if isinstance(reading, DateReading):
        return NextSaid(reading.day, reading.rest)
    return refused(reading) if reading else Wrong(Mistake.DATE_UNREADABLE, text)


def refused(date_said: DateRefused) -> Wrong:
    return Wrong(_MISTAKES[date_said.problem], date_said.said, day=date_said.day)


def is_said_in_words(reading: DateReading) -> bool:
    """Whether a date cannot be anything else: `3-4` in front of "people" can."""
    return any(character.isalpha() for character in reading.said)
