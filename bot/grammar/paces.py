"""How many customers in which period: `10 per week`, `ten a month`, `40 klanten per kwartaal`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.grammar.aliases import Aliases
from bot.grammar.number_commands import Pace
from bot.grammar.readings import Mistake, Wrong
from playbooks.funnel.periods import Period

# From one to twenty.
_ENGLISH: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty"
)
_DUTCH: Final = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien"
    " vijftien zestien zeventien achttien negentien twintig"
)
_NUMBERS: Final = Aliases.of(
    {word: number for words in (_ENGLISH, _DUTCH) for number, word in enumerate(words.split(), start=1)}
)
_PERIODS: Final = Aliases.of(
    {
        **dict.fromkeys(("week", "weeks", "wk", "weken"), Period.WEEK),
        **dict.fromkeys(("month", "months", "maand", "maanden", "mnd"), Period.MONTH),
        **dict.fromkeys(("quarter", "quarters", "kwartaal", "kwartalen"), Period.QUARTER),
        **dict.fromkeys(("year", "years", "jaar", "jaren", "jr"), Period.YEAR),
    }
)
_EVERY: Final = Aliases.of(
    {
        **dict.fromkeys(("weekly", "wekelijks"), Period.WEEK),
        **dict.fromkeys(("monthly", "maandelijks"), Period.MONTH),
        **dict.fromkeys(("quarterly",), Period.QUARTER),
        **dict.fromkeys(("yearly", "jaarlijks"), Period.YEAR),
    }
)
_FIGURES: Final = re.compile(
    r"(?P<sign>[+-]?)(?:(?P<grouped>[0-9]{1,3}(?:[.,][0-9]{3})+)|(?P<plain>[0-9]{1,9}(?:[.,][0-9]{1,2})?))(?![0-9.,])"
)
_CUSTOMERS: Final = re.compile(
    r"(?:new |nieuwe )?(?:customers?|clients?|wins?|deals?|klanten|klant|orders?)(?!\w)", re.IGNORECASE
)
_PER: Final = re.compile(r"(?:/|(?:per|an?|each|every|elke?|iedere?|in de|in het|in a)(?!\w))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NoPace:
    """A number without a period (`wins`), or nothing that was understood (None)."""

    wins: float | None = None


def read_pace(text: str) -> Pace | NoPace | Wrong:
    """How many in which period; `Wrong` for a number or a period that there is not."""
    number = _number(text)
    if number is None:
        return NoPace()
    wins, rest = number
    if wins <= 0:
        return Wrong(Mistake.WINS, text)
    customers = _CUSTOMERS.match(rest)
    rest = rest[customers.end() :].strip() if customers else rest
    return _every(wins, rest) if rest else NoPace(wins)


def _every(wins: float, rest: str) -> Pace | NoPace | Wrong:
    """So many in the period that `rest` says: `per week`, `monthly`."""
    adverb, per = _EVERY.read(rest), _PER.match(rest)
    if adverb and not adverb[1]:
        return Pace(wins, adverb[0])
    if per is None:
        return NoPace()
    said = rest[per.end() :].strip()
    period = _PERIODS.read(said)
    if period is None or period[1]:
        return Wrong(Mistake.PERIOD, said, expected=tuple(Period))
    return Pace(wins, period[0])


def read_wins(text: str) -> float | Wrong:
    """A number of customers alone, as in the field of a dialog."""
    number = _number(text)
    if number is None or number[1] or number[0] <= 0:
        return Wrong(Mistake.WINS, text)
    return number[0]


def _number(text: str) -> tuple[float, str] | None:
    """The number that a text starts with, in figures or in words up to twenty, and the text after it."""
    text = text.strip()
    match = _FIGURES.match(text)
    if match is None:
        return _NUMBERS.read(text)
    plain, grouped = match["plain"], match["grouped"]
    figures = re.sub(r"[.,]", "", grouped) if grouped else plain.replace(",", ".")
    return float(match["sign"] + figures), text[match.end() :].strip()
