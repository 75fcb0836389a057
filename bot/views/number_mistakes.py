"""What is wrong with a typed `/funnel`, `/plan` or `/forecast`, in one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.grammar.readings import Mistake, Wrong
from bot.views import kit
from bot.views.markup import md
from bot.views.reader import Reader
from bot.views.said_wrong import any_of, quoted, short, to_type
from bot.views.typed_words import typed


def beside_field(wrong: Wrong, reader: Reader) -> str:
    """The same beside a field of the plan's dialog, where nothing is marked up."""
    gettext, said = reader.words.gettext, short(wrong)
    if wrong.mistake is Mistake.CERTAINTY:
        return gettext("{said} is no certainty; give a number from 50 to 99, such as 80.", said=said)
    return gettext("{said} does not say how many customers; give a number above 0, such as 10.", said=said)


def _unread(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("I don't understand {said} here. Try {expected}.")
    return md(template, said=quoted(wrong, reader), expected=any_of(wrong.expected, reader))


def _weeks(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("{said} is not a number of weeks. Try {expected}.")
    every = reader.words.pgettext("typed", "all")
    return md(
        template,
        said=quoted(wrong, reader),
        expected=any_of(("weeks:13", typed("weeks:", reader) + every), reader),
    )


def _dimension(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("I can't split the funnel by {said}. What I can split it by: {expected}.")
    return md(template, said=quoted(wrong, reader), expected=to_type(wrong.expected, reader))


def _one_slice(_: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext(
        "The funnel can be split by one thing at a time. Leave one out: a source, a colleague, or {by}."
    )
    return md(template, by=kit.code(typed("by:", reader)))


def _wins(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("{said} does not say how many customers, more than none. Try {example}.")
    return md(template, said=quoted(wrong, reader), example=kit.code(typed("10 per week", reader)))


def _period(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("I can't count by {said}. Say how many per {expected}.")
    return md(template, said=quoted(wrong, reader), expected=any_of(wrong.expected, reader))


def _certainty(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("{said} is not a certainty from 50 to 99. Try {example}.")
    return md(template, said=quoted(wrong, reader), example=kit.code(typed("certainty:", reader) + "80"))


def _points(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext(
        "{said} does not say how many of 100 more would go on in that step. Try {example}."
    )
    return md(
        template, said=quoted(wrong, reader), example=kit.code(reader.words.pgettext("typed", "step3") + ":+5")
    )


def _target_what_if(_: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext(
        "A target rests on what your steps do now, so it takes no “what if”. Set it without {step}."
    )
    return md(template, step=kit.code(reader.words.pgettext("typed", "step3") + ":+5"))


SENTENCES: Final[Mapping[Mistake, Callable[[Wrong, Reader], kit.Mrkdwn]]] = {
    Mistake.UNREAD: _unread,
    Mistake.WEEKS: _weeks,
    Mistake.DIMENSION: _dimension,
    Mistake.ONE_SLICE: _one_slice,
    Mistake.WINS: _wins,
    Mistake.PERIOD: _period,
    Mistake.CERTAINTY: _certainty,
    Mistake.POINTS: _points,
    Mistake.TARGET_WHAT_IF: _target_what_if,
}
