"""Why a number cannot be given, in words: one sentence says what is wrong and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.views import figures
from bot.views.reader import Reader
from bot.views.typed_words import typed
from playbooks.refusal import Refusal

Details = Mapping[str, Any]


def _weeks(details: Details, reader: Reader) -> str:
    words = reader.words
    return words.gettext(
        "Numbers look back 1 to {most} weeks, not {weeks}; try {example}.",
        most=words.number(details["most"]),
        weeks=words.number(details["weeks"]),
        example=typed("weeks:13", reader),
    )


def _certainty(details: Details, reader: Reader) -> str:
    words = reader.words
    if details["certainty"] >= 1:
        return words.gettext(
            "Nothing is certain for 100 of 100; ask for {least} to {most}, such as {example}.",
            **_shares(details, reader),
        )
    return words.gettext(
        "A certainty goes from {least} to {most}; 80 means that it comes true 8 of 10 times. Try {example}.",
        **_shares(details, reader),
    )


def _shares(details: Details, reader: Reader) -> dict[str, str]:
    number = reader.words.number
    return {
        "least": number(round(details["least"] * 100)),
        "most": number(round(details["most"] * 100)),
        "example": f"{typed('certainty:', reader)}80",
    }


def _wins(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "A plan takes more than 0 and at most {most} customers a week; try {example}.",
        most=reader.words.number(details["most"]),
        example=typed("10 per week", reader),
    )


def _points(details: Details, reader: Reader) -> str:
    words, points = reader.words, details["points"]
    values = {
        "step": words.number(details["step"]),
        "share": figures.of_many(details["share"], reader),
        "n": figures.about(abs(points), reader),
    }
    if points > 0:
        return words.gettext(
            "In step {step} {share} go on now: {n} more would be above 100; take fewer.", **values
        )
    return words.gettext("In step {step} {share} go on now: {n} fewer would be below 0; take fewer.", **values)


def _no_target(_: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "Your team has no target yet, so say how many customers you want: {example}.",
        example=reader.command("plan", typed("10 per week", reader)),
    )


SENTENCES: Final[Mapping[Refusal, Callable[[Details, Reader], str]]] = {
    Refusal.WEEKS_OUT_OF_RANGE: _weeks,
    Refusal.CERTAINTY_OUT_OF_RANGE: _certainty,
    Refusal.WINS_OUT_OF_RANGE: _wins,
    Refusal.POINTS_OUT_OF_RANGE: _points,
    Refusal.NO_TARGET: _no_target,
}
