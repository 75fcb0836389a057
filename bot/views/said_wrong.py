"""Parts of the sentences about mistakes: what was typed, and words to type instead."""

from __future__ import annotations

from collections.abc import Sequence

from bot.grammar.readings import Wrong
from bot.views import kit
from bot.views.limits import plain
from bot.views.markup import md
from bot.views.reader import Reader
from bot.views.typed_words import typed

LONGEST_SAID = 80
_MOST_EXPECTED = 6


def short(wrong: Wrong) -> str:
    """What was typed, cut to what fits in a sentence."""
    return plain(wrong.said, LONGEST_SAID)


def quoted(wrong: Wrong, reader: Reader) -> str:
    """What was typed, marked as such: it may be any words, or none."""
    return reader.words.gettext("“{said}”", said=short(wrong))


def to_type(expected: Sequence[str], reader: Reader) -> kit.Mrkdwn:
    """Words to type, the first few of them."""
    return kit.joined([kit.code(typed(word, reader)) for word in expected[:_MOST_EXPECTED]], ", ")


def any_of(expected: tuple[str, ...], reader: Reader) -> kit.Mrkdwn:
    """`add`, `advance` or `assign`."""
    *first, last = [kit.code(typed(word, reader)) for word in expected or ("help",)]
    if not first:
        return last
    return md(reader.words.gettext("{first} or {last}"), first=kit.joined(first, ", "), last=last)
