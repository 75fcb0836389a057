"""How the numbers of a whole playbook are said: where to look first, and from the first step to customer.

One function a figure, as in `figures`, where the shares and the single steps are.
"""

from __future__ import annotations

from typing import Final

from bot.views import figures
from bot.views.reader import Reader
from playbooks.funnel.bottleneck import Gain
from playbooks.funnel.conversion import TooFew
from playbooks.funnel.overall import Overall
from playbooks.funnel.picture import Funnel, StepFigures
from playbooks.funnel.windows import DEFAULT_WEEKS

_NEXT_TO_NOTHING: Final = 0.05


def bottleneck(funnel: Funnel, reader: Reader) -> str:
    """Which step needs attention most, and what it would bring; or that no step stands out."""
    words = reader.words
    if funnel.bottleneck is not None:
        return _needs_attention(_of_gain(funnel, funnel.bottleneck), reader)
    thin = [each.step.number for each in funnel.steps if isinstance(each.found, TooFew)]
    if thin:
        return words.ngettext(
            "Which step needs attention most cannot be told yet: step {steps} has too few decisions.",
            "Which step needs attention most cannot be told yet: steps {steps} have too few decisions.",
            len(thin),
            steps=words.list_of([words.number(step) for step in thin]),
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


def gain(each: StepFigures, reader: Reader) -> str:
    """`Reaching 40 of 100 in step 2 would bring some 6 extra customers in 13 weeks`; empty without a goal."""
    if each.gain is None:
        return ""
    words, wins = reader.words, each.gain.wins
    values = {
        "step": words.number(each.step.number),
        "n": figures.some(wins, reader),
        "weeks": words.number(DEFAULT_WEEKS),
    }
    if wins < _NEXT_TO_NOTHING:
        return words.gettext(
            "A better step {step} would bring hardly any extra customers in {weeks} weeks.", **values
        )
    if each.step.target is None:
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
        target=figures.of_many(each.step.target, reader),
        **values,
    )


def one_point_better(funnel: Funnel, reader: Reader) -> str:
    """What one point more would bring in each step, for who asks; empty while one has too few to tell."""
    words = reader.words
    extra = [
        words.gettext("{n} in step {step}", n=figures.some(each.one_point_better, reader), step=each.step.number)
        for each in funnel.steps
        if each.one_point_better is not None
    ]
    if not extra:
        return ""
    return words.gettext(
        "If one more of 100 went on, that would bring, in extra customers in {weeks} weeks: {extra}. That ranks "
        "nothing: the lowest share always gains most by it.",
        weeks=words.number(DEFAULT_WEEKS),
        extra=words.list_of(extra),
    )


def overall(funnel: Funnel, reader: Reader) -> list[str]:
    """From the first step to customer, as one sentence or two; none while a step has nothing to go by."""
    found, words = funnel.overall, reader.words
    if found is None:
        return []
    lines = [_from_first_to_customer(found, funnel.certainty, reader)]
    if funnel.is_assumed:
        lines.append(words.gettext("Where too few decided, that rests on what the playbook expects."))
    if found.lead is not None:
        lines.append(words.gettext("From first step to customer: {days}.", days=figures.days(found.lead, reader)))
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
    size = figures.size_of(share.estimate)
    ends = {"low": figures.parts(share.low, size, reader), "high": figures.parts(share.high, size, reader)}
    if not found.has_two_ends:
        return words.gettext(
            "{share} new prospects become customers, between {low} and {high}.",
            share=figures.of_many(share.estimate, reader),
            **ends,
        )
    return words.gettext(
        "Of {all} new prospects, {n} become customers as far as your numbers reach (between {low} and {high}), "
        "and {more} when those still undecided by then go on as the last ones did.",
        all=words.number(size),
        n=figures.parts(share.estimate, size, reader),
        more=figures.parts(found.if_they_go_on, size, reader),
        **ends,
    )


def _needs_attention(each: StepFigures, reader: Reader) -> str:
    return reader.words.gettext(
        "Step {step}, {name}, needs attention most. {gain}",
        step=reader.words.number(each.step.number),
        name=each.step.name,
        gain=gain(each, reader),
    )


def _of_gain(funnel: Funnel, named: Gain) -> StepFigures:
    return next(each for each in funnel.steps if each.step.identity == named.step)


def _plural(value: float) -> int:
    """The number whose plural form goes with a value that is said with `about`."""
    return 1 if round(value, 1) == 1 else 2
