"""How the numbers of a playbook are said: counts first, always with a range, and never a word of statistics.

One function a figure, each giving a sentence or a part of one as plain text: for `/funnel`, `/plan`, `/forecast`,
Home and the digest alike. Shares are said as "31 of 100".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.funnel.bottleneck import Gain
from playbooks.funnel.change import Change, Verdict
from playbooks.funnel.conversion import MOST_UNRESOLVED, Conversion, TooFew
from playbooks.funnel.days import Days
from playbooks.funnel.overall import Overall
from playbooks.funnel.picture import Funnel, StepFigures
from playbooks.funnel.ranges import DEFAULT_CERTAINTY, Range
from playbooks.funnel.windows import DEFAULT_WEEKS, Tally

_HUNDRED: Final = 100
_THOUSAND: Final = 1_000
_RARE: Final = 0.05
"""Shares below this are said of a thousand: "8 of 1,000" tells more than "1 of 100"."""
_TEN: Final = 10
_FEW: Final = 3
_NEXT_TO_NOTHING: Final = 0.05


# Shares and counts.


def of_many(share: float, reader: Reader) -> str:
    """`31 of 100`; of a thousand where that is rare."""
    size = _size(share)
    return reader.words.gettext("{n} of {all}", n=_of(share, size, reader), all=reader.words.number(size))


def ranged(found: Range, reader: Reader) -> str:
    """`31 of 100, between 21 and 34`."""
    size = _size(found.estimate)
    low, high = _of(found.low, size, reader), _of(found.high, size, reader)
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
    size = _size(share.estimate)
    values = {"share": of_many(share.estimate, reader), "days": within(found, reader)}
    low, high = _of(share.low, size, reader), _of(share.high, size, reader)
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
    """`The playbook expects 36 of 100.` where that stands in for a step with too few to tell; else empty."""
    if figures.is_assumed and figures.step.expects is not None:
        share = of_many(figures.step.expects[0], reader)
        return reader.words.gettext("The playbook expects {share}.", share=share)
    return assumption(figures, reader)


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


# The whole playbook.


def bottleneck(funnel: Funnel, reader: Reader) -> str:
    """Which step needs attention most, and what it would bring; or that no step stands out."""
    words = reader.words
    if funnel.bottleneck is not None:
        return _needs_attention(_of_gain(funnel, funnel.bottleneck), reader)
    thin = [figures for figures in funnel.steps if isinstance(figures.found, TooFew)]
    if thin:
        return words.ngettext(
            "Which step needs attention most cannot be told yet: step {steps} has too few decisions.",
            "Which step needs attention most cannot be told yet: steps {steps} have too few decisions.",
            len(thin),
            steps=words.list_of([words.number(figures.step.number) for figures in thin]),
        )
    return words.gettext("No step stands out: that is usual in a small team.")


def assumed(funnel: Funnel, reader: Reader) -> list[str]:
    """Which steps count with what the playbook expects; none where all have data of their own."""
    words = reader.words
    steps = [words.number(each.step.number) for each in funnel.steps if each.is_assumed]
    if not steps:
        return []
    return [
        words.ngettext(
            "Assumed: step {steps} counts with what the playbook expects.",
            "Assumed: steps {steps} count with what the playbook expects.",
            len(steps),
            steps=words.list_of(steps),
        )
    ]


def gain(figures: StepFigures, reader: Reader) -> str:
    """`Reaching 40 of 100 in step 2 would bring some 6 extra customers in 13 weeks`; empty without a goal."""
    if figures.gain is None:
        return ""
    words, wins = reader.words, figures.gain.wins
    values = {
        "step": words.number(figures.step.number),
        "n": some(wins, reader),
        "weeks": words.number(DEFAULT_WEEKS),
    }
    if wins < _NEXT_TO_NOTHING:
        return words.gettext(
            "A better step {step} would bring hardly any extra customers in {weeks} weeks.", **values
        )
    if figures.step.target is None:
        return words.ngettext(
            "If everybody did step {step} as well as your best do, that would bring some {n} extra customer in "
            "{weeks} weeks.",
            "If everybody did step {step} as well as your best do, that would bring some {n} extra customers in "
            "{weeks} weeks.",
            _plural(wins),
            **values,
        )
    return words.ngettext(
        "Reaching {target} in step {step} would bring some {n} extra customer in {weeks} weeks.",
        "Reaching {target} in step {step} would bring some {n} extra customers in {weeks} weeks.",
        _plural(wins),
        target=of_many(figures.step.target, reader),
        **values,
    )


def overall(funnel: Funnel, reader: Reader) -> list[str]:
    """From the first step to customer, as one sentence or two; none while a step has nothing to go by."""
    found, words = funnel.overall, reader.words
    if found is None:
        return []
    lines = [_from_first_to_customer(found, funnel.certainty, reader)]
    if funnel.is_assumed:
        lines.append(words.gettext("That rests on what the playbook expects."))
    if found.lead is not None:
        lines.append(words.gettext("From first step to customer: {days}.", days=days(found.lead, reader)))
    return lines


def nobody_went_on(funnel: Funnel, reader: Reader) -> str:
    """What a plan cannot know: a step in which nobody went on yet; empty where everywhere somebody did."""
    words = reader.words
    steps = [each.step.number for each in funnel.steps if each.used is not None and not each.used.curve.conversion]
    if not steps:
        return ""
    return words.ngettext(
        "Nobody went on in step {steps} yet, so this is a guess at most.",
        "Nobody went on in steps {steps} yet, so this is a guess at most.",
        len(steps),
        steps=words.list_of([words.number(step) for step in steps]),
    )


def _from_first_to_customer(found: Overall, certainty: float, reader: Reader) -> str:
    """One sentence with both ends where the data do not reach to the end of every step."""
    words, share = reader.words, found.belief.range(certainty)
    size = _size(share.estimate)
    ends = {"low": _of(share.low, size, reader), "high": _of(share.high, size, reader)}
    if not found.has_two_ends:
        return words.gettext(
            "{share} new prospects become customers, between {low} and {high}.",
            share=of_many(share.estimate, reader),
            **ends,
        )
    return words.gettext(
        "Of {all} new prospects, {n} become customers as far as your numbers reach (between {low} and {high}), "
        "and {more} when those still undecided by then go on as the last ones did.",
        all=words.number(size),
        n=_of(share.estimate, size, reader),
        more=_of(found.if_they_go_on, size, reader),
        **ends,
    )


def _needs_attention(figures: StepFigures, reader: Reader) -> str:
    return reader.words.gettext(
        "Step {step}, {name}, needs attention most. {gain}",
        step=reader.words.number(figures.step.number),
        name=figures.step.name,
        gain=gain(figures, reader),
    )


def _of_gain(funnel: Funnel, named: Gain) -> StepFigures:
    return next(figures for figures in funnel.steps if figures.step.identity == named.step)


def _size(share: float) -> int:
    return _THOUSAND if 0 < share < _RARE else _HUNDRED


def _of(share: float, size: int, reader: Reader) -> str:
    return reader.words.number(round(share * size))


def _whole_days(count: int, words: Words) -> str:
    return words.days(max(count, 1))


def _plural(value: float) -> int:
    """The number whose plural form goes with a value that is said with `about`."""
    return 1 if round(value, 1) == 1 else 2
