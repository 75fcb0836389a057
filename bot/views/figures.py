"""How the numbers of a playbook are said: counts first, always with a range, and never a word of statistics.

One function a figure, each giving a sentence or a part of one as plain text: for `/funnel`, `/plan`, `/forecast`,
Home and the digest alike. Shares are said as "31 of 100".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.funnel.change import Change, Verdict
from playbooks.funnel.conversion import MOST_UNRESOLVED, Conversion, TooFew
from playbooks.funnel.days import Days
from playbooks.funnel.picture import StepFigures
from playbooks.funnel.ranges import DEFAULT_CERTAINTY, Range
from playbooks.funnel.windows import DEFAULT_WEEKS, Tally

_HUNDRED: Final = 100
_THOUSAND: Final = 1_000
_RARE: Final = 0.05
"""Shares below this are said of a thousand: "8 of 1,000" tells more than "1 of 100"."""
_TEN: Final = 10
_FEW: Final = 3


# Shares and counts.


def of_many(share: float, reader: Reader) -> str:
    """`31 of 100`; of a thousand where that is rare."""
    size = size_of(share)
    return reader.words.gettext("{n} of {all}", n=parts(share, size, reader), all=reader.words.number(size))


def ranged(found: Range, reader: Reader) -> str:
    """`31 of 100, between 21 and 34`."""
    size = size_of(found.estimate)
    low, high = parts(found.low, size, reader), parts(found.high, size, reader)
    said = of_many(found.estimate, reader)
    if low == high:
        return said
    return reader.words.gettext("{share}, between {low} and {high}", share=said, low=low, high=high)


def counted(tally: Tally, reader: Reader) -> str:
    """`7 of 19 so far, 9 undecided`; `7 of 19 went on` where nobody is undecided."""
    words = reader.words
    if not tally.entered:
        return words.gettext("nobody came in")
    counts = words.gettext("{n} of {all}", n=words.number(tally.advanced), all=words.number(tally.entered))
    if not tally.open:
        return words.gettext("{went_on} went on", went_on=counts)
    return words.gettext("{counts} so far, {open} undecided", counts=counts, open=words.number(tally.open))


def often(certainty: float, reader: Reader) -> str:
    """`8 of 10 times`; of a hundred where tens do not do."""
    in_tens = certainty * _TEN
    whole = abs(in_tens - round(in_tens)) < 1 / _THOUSAND
    size = _TEN if whole else _HUNDRED
    number = reader.words.number
    return reader.words.gettext("{n} of {all} times", n=number(round(certainty * size)), all=number(size))


def about(value: float, reader: Reader) -> str:
    """A number as people say it: whole, and one decimal below ten where it is not whole."""
    rounded = round(value, 1)
    if abs(value) >= _TEN or rounded == int(rounded):
        return reader.words.number(round(value))
    return reader.words.number(rounded)


def some(value: float, reader: Reader) -> str:
    """A number that is only known roughly: whole, and one decimal below three."""
    return about(value if value < _FEW else round(value), reader)


def period(weeks: int | None, reader: Reader) -> str:
    """`the last 13 weeks`, `all weeks`."""
    words = reader.words
    if weeks is None:
        return words.gettext("all weeks")
    return words.ngettext("the last week", "the last {n} weeks", weeks, n=words.number(weeks))


def sentence(text: str) -> str:
    """With a capital, and a full stop where nothing ends it."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?", ":")) else f"{whole}."


# One step.


def conversion(figures: StepFigures, reader: Reader, certainty: float = DEFAULT_CERTAINTY) -> str:
    """`31 of 100 go on within 45 days, between 21 and 34`; with too few to tell only the counts."""
    found = figures.found
    if isinstance(found, TooFew):
        return too_few(found.tally, reader)
    share = found.belief.range(certainty)
    size = size_of(share.estimate)
    values = {"share": of_many(share.estimate, reader), "days": within(found, reader)}
    low, high = parts(share.low, size, reader), parts(share.high, size, reader)
    if low == high:
        return reader.words.gettext("{share} go on {days}", **values)
    return reader.words.gettext("{share} go on {days}, between {low} and {high}", **values, low=low, high=high)


def undecided_then(figures: StepFigures, reader: Reader) -> str:
    """`32 of 100 are still undecided then`, where that many are: they are no failures; empty else."""
    found = figures.found
    if not isinstance(found, Conversion) or found.unresolved <= MOST_UNRESOLVED:
        return ""
    return reader.words.gettext("{share} are still undecided then", share=of_many(found.unresolved, reader))


def within(found: Conversion, reader: Reader) -> str:
    """`within 45 days`: how far the data reach, and nothing is said beyond it."""
    if not found.horizon:
        return reader.words.gettext("on the same day")
    return reader.words.gettext("within {days}", days=reader.words.days(found.horizon))


def too_few(tally: Tally, reader: Reader) -> str:
    """`too few to tell: 7 of 19 so far, 9 undecided`."""
    if not tally.entered:
        return reader.words.gettext("nobody came in yet")
    return reader.words.gettext("too few to tell: {counts}", counts=counted(tally, reader))


def expected(figures: StepFigures, reader: Reader) -> str:
    """What stands in for a step with too few to tell: `The playbook expects 36 of 100; with your own few beside
    it, this counts with 41.` Empty where the team's own numbers do.
    """
    if figures.used is None or not figures.is_assumed or figures.step.expects is None:
        return assumption(figures, reader)
    words, share = reader.words, figures.step.expects[0]
    size = size_of(share)
    stated, counted_with = parts(share, size, reader), parts(figures.used.curve.conversion, size, reader)
    if stated == counted_with:
        return words.gettext("The playbook expects {share}.", share=of_many(share, reader))
    return words.gettext(
        "The playbook expects {share}; with your own few beside it, this counts with {n}.",
        share=of_many(share, reader),
        n=counted_with,
    )


def assumption(figures: StepFigures, reader: Reader) -> str:
    """The same with when that ends; empty where the team's own numbers do."""
    if figures.is_assumed and figures.step.expects is not None:
        return reader.words.gettext(
            "The playbook expects {share}; your own numbers take over after some ten decided prospects.",
            share=of_many(figures.step.expects[0], reader),
        )
    if figures.used is None:
        return reader.words.gettext("The playbook says nothing of what to expect here.")
    return ""


def widened(figures: StepFigures, asked: int | None, reader: Reader) -> str:
    """`over the last 26 weeks, for 13 had too few`; empty where the window asked for was enough."""
    found = figures.found
    if not isinstance(found, Conversion) or not found.widened or asked is None:
        return ""
    return reader.words.gettext(
        "over {weeks}, for {asked} had too few",
        weeks=period(found.window.weeks, reader),
        asked=reader.words.number(asked),
    )


def days(found: Days, reader: Reader) -> str:
    """`half within 6 days, four fifths within 12`."""
    words = reader.words
    if found.median == found.p80:
        return words.gettext("four fifths within {days}", days=_whole_days(found.p80, words))
    return words.gettext(
        "half within {half}, four fifths within {most}",
        half=_whole_days(found.median, words),
        most=words.number(found.p80),
    )


def changed(change: Change, weeks: int | None, reader: Reader) -> str:
    """`clearly more than the 13 weeks before (22 of 100)`, or that there is no clear change."""
    words = reader.words
    before = words.gettext("the {n} weeks before", n=words.number(weeks or DEFAULT_WEEKS))
    was = of_many(change.earlier.estimate, reader)
    return _CHANGES[change.verdict](words).format(before=before, was=was)


_CHANGES: Final[Mapping[Verdict, Callable[[Words], str]]] = {
    Verdict.CLEARLY_UP: lambda words: words.gettext("clearly more than {before} ({was})"),
    Verdict.PROBABLY_UP: lambda words: words.gettext("probably more than {before} ({was})"),
    Verdict.NO_CLEAR_CHANGE: lambda words: words.gettext("no clear change from {before} ({was})"),
    Verdict.PROBABLY_DOWN: lambda words: words.gettext("probably fewer than {before} ({was})"),
    Verdict.CLEARLY_DOWN: lambda words: words.gettext("clearly fewer than {before} ({was})"),
}


def size_of(share: float) -> int:
    """Of how many a share is said: a hundred, or a thousand where it is rare."""
    return _THOUSAND if 0 < share < _RARE else _HUNDRED


def parts(share: float, size: int, reader: Reader) -> str:
    """How many of so many, rounded."""
    return reader.words.number(round(share * size))


def _whole_days(count: int, words: Words) -> str:
    return words.days(max(count, 1))
