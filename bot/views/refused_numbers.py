"""Why a question about the numbers cannot be answered, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final

from bot.views.figures import of_many
from bot.views.reader import Reader
from playbooks.refusal import Refusal

Details = Mapping[str, Any]


def _weeks(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "The numbers look back 1 to {most} weeks, not {weeks}; or over all weeks.",
        most=reader.words.number(details["most"]),
        weeks=reader.words.number(details["weeks"]),
    )


def _certainty(details: Details, reader: Reader) -> str:
    number = reader.words.number
    return reader.words.gettext(
        "A certainty is a number from {least} to {most} of 100, not {said}; the usual one is 80.",
        least=number(round(details["least"] * 100)),
        most=number(round(details["most"] * 100)),
        said=_short(details["certainty"] * 100, reader),
    )


def _wins(details: Details, reader: Reader) -> str:
    return reader.words.gettext(
        "A plan is for more than 0 and at most {most} customers a week, not {wins}.",
        most=reader.words.number(details["most"]),
        wins=_short(details["wins"], reader),
    )


def _points(details: Details, reader: Reader) -> str:
    points = details["points"]
    return reader.words.gettext(
        "Step {step} is at {share}, so {points} points would leave the range from 0 to 100; choose fewer.",
        step=reader.words.number(details["step"]),
        share=of_many(details["share"], reader),
        points=("+" if points > 0 else "") + _short(points, reader),
    )


def _no_target(_: Details, reader: Reader) -> str:
    return reader.words.gettext("There is no target yet; say how many customers you want, such as 10 per week.")


def _short(value: float, reader: Reader) -> str:
    """Whole where it is, else with its first decimals."""
    if not isfinite(value):
        return str(value)
    return reader.words.number(round(value, 2) if value != int(value) else int(value))


SENTENCES: Final[Mapping[Refusal, Callable[[Details, Reader], str]]] = {
    Refusal.WEEKS_OUT_OF_RANGE: _weeks,
    Refusal.CERTAINTY_OUT_OF_RANGE: _certainty,
    Refusal.WINS_OUT_OF_RANGE: _wins,
    Refusal.POINTS_OUT_OF_RANGE: _points,
    Refusal.NO_TARGET: _no_target,
}
