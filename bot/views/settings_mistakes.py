"""What is wrong with what was typed into the settings, one sentence beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.grammar.places import PlaceUnknown, region_name
from bot.grammar.readings import Mistake, Wrong
from bot.views.limits import plain
from bot.views.reader import Reader

_LONGEST_SAID: Final = 60


def wrong_days(wrong: Wrong, reader: Reader) -> str:
    """Why these are no days off."""
    return _wrong_date(wrong, reader.words.pgettext("typed", "24 dec - 2 jan"), reader)


def wrong_pause(wrong: Wrong, reader: Reader) -> str:
    """Why this is no end of a pause."""
    return _wrong_date(wrong, reader.words.pgettext("typed", "friday"), reader)


def _wrong_date(wrong: Wrong, example: str, reader: Reader) -> str:
    words, said = reader.words, plain(wrong.said, _LONGEST_SAID)
    match wrong.mistake:
        case Mistake.DATE_PAST if wrong.day is not None:
            day = reader.day(wrong.day)
            return words.gettext("{said} is {day}, too early; give a later day.", said=said, day=day)
        case Mistake.DATE_PAST:
            return words.gettext("{said} is too early; give a later day.", said=said)
        case Mistake.DATE_IMPOSSIBLE:
            return words.gettext("There is no such day as {said}; try {example}.", said=said, example=example)
        case Mistake.DATE_TOO_FAR:
            return words.gettext(
                "{said} is too far away; give at most a year at a time, within five years.", said=said
            )
        case Mistake.WEEKDAY_DIFFERS if wrong.day is not None:
            return words.gettext("{said} does not fit: that date is {day}.", said=said, day=reader.day(wrong.day))
        case _:
            return words.gettext("I can't read a date in {said}; try {example}.", said=said, example=example)


def unknown_country(unknown: PlaceUnknown, reader: Reader) -> str:
    """Which country was perhaps meant."""
    words, said = reader.words, plain(unknown.said, _LONGEST_SAID)
    if not unknown.closest:
        return words.gettext("I know no public holidays of {said}; leave this empty to have none.", said=said)
    return words.gettext(
        "I don't know the country {said}; did you mean {closest}?",
        said=said,
        closest=_one_of([words.country(code) for code in unknown.closest], reader),
    )


def unknown_region(unknown: PlaceUnknown, country: str, reader: Reader) -> str:
    """Which region was perhaps meant."""
    words, said = reader.words, plain(unknown.said, _LONGEST_SAID)
    name = words.country(country)
    if not unknown.closest:
        return words.gettext("{country} has no region {said}; leave this empty.", country=name, said=said)
    return words.gettext(
        "{country} has no region {said}; did you mean {closest}?",
        country=name,
        said=said,
        closest=_one_of([region_name(country, code) for code in unknown.closest], reader),
    )


def region_without_country(reader: Reader) -> str:
    return reader.words.gettext("Name the country of this region as well, or leave both empty.")


def no_working_day(reader: Reader) -> str:
    return reader.words.gettext("Tick at least one working day; to be left alone for a while, take a pause.")


def wrong_selling_hours(said: str, reader: Reader) -> str:
    """Why these are no hours a week."""
    return reader.words.gettext(
        "{said} is no number of hours in a week; give one from 0 to 168, such as 24 or 7.5, or leave this empty.",
        said=plain(said, _LONGEST_SAID),
    )


def _one_of(names: Sequence[str], reader: Reader) -> str:
    if len(names) == 1:
        return names[0]
    return reader.words.gettext("{names} or {last}", names=", ".join(names[:-1]), last=names[-1])
