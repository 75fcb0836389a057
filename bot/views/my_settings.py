"""A member's own settings: when Nextstep speaks to them, in which language, and when it leaves them alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Final

from bot.grammar.places import region_name
from bot.usecases.look_at_settings import MySettings
from bot.views import kit, settings
from bot.views.elements import Option
from bot.views.ids import Action, Callback
from bot.views.ids import Block as Field
from bot.views.limits import BlockMode
from bot.views.message import Block, Message, Modal
from bot.views.reader import Reader
from playbooks.calendar import DaysOff

_WEEK: Final = range(7)
_AN_HOUR: Final = 60
_RUN: Final = 3
"""From so many days in a row on they are said as `Monday to Friday`."""


def dialog(now: MySettings, reader: Reader) -> Modal:
    """All settings, filled in as they are."""
    words = reader.words
    return kit.modal(
        Callback.SETTINGS,
        words.gettext("Settings"),
        kit.section(" ".join([settings.language_now(now.member, reader), next_message(now, reader)])),
        settings.language_field(now.member, reader),
        kit.input_block(
            words.gettext("Daily message at"), hour_menu(now.rhythm.daily_at, reader), block=Field.HOUR
        ),
        _working_days_field(now, reader),
        *_days_off_fields(now, reader),
        *_place_fields(now, reader),
        _selling_field(now, reader),
        kit.context(*_also(now, reader)),
        submit=words.gettext("Save"),
        close=words.gettext("Cancel"),
    )


def changed(now: MySettings, reader: Reader) -> Message:
    """All settings as they are from now on, with the dates understood, and when the next message comes."""
    words, rhythm = reader.words, now.rhythm
    hour = words.gettext(
        "Your daily message comes at {hour}, on these days: {days}.",
        hour=words.clock(rhythm.daily_at),
        days=weekdays(rhythm.weekdays, reader),
    )
    lines = [settings.language_now(now.member, reader), hour, _days_off_now(now, reader), _place_now(now, reader)]
    lines += [*_selling_now(now, reader), *_pause_now(now, reader), next_message(now, reader)]
    return kit.message(lines[-1], kit.section("\n".join(lines)), _again(now, reader))


def days_off_taken(taken: Sequence[DaysOff], now: MySettings, reader: Reader) -> Message:
    """The days understood, and what they change."""
    words = reader.words
    lines = [
        words.gettext("Noted: you are off {days}.", days=_stretches(taken, reader)),
        words.gettext("I send you nothing then, and the limits of your prospects wait for you."),
        next_message(now, reader),
    ]
    return kit.message(lines[0], kit.section("\n".join(lines)), _again(now, reader))


def paused(now: MySettings, reader: Reader) -> Message:
    """Until when it is quiet; or that it no longer is."""
    words, lines = reader.words, _pause_now(now, reader)
    if lines:
        lines.append(words.gettext("The limits of your prospects go on: take days off to stop them too."))
    lines.append(next_message(now, reader))
    return kit.message(lines[0], kit.section("\n".join(lines)), _again(now, reader))


def next_message(now: MySettings, reader: Reader) -> str:
    """When the next daily message comes."""
    return reader.words.gettext("Your next message comes {when}.", when=reader.instant(now.next_at))


def hour_menu(chosen: time, reader: Reader) -> kit.Element:
    """Every half hour of the day, and what was chosen."""
    hours = sorted({chosen, *(time(hour, minute) for hour in range(24) for minute in (0, 30))})
    options = [Option(reader.words.clock(hour), f"{hour:%H:%M}") for hour in hours]
    return kit.select(Action.FIELD, options, initial=f"{chosen:%H:%M}")


def weekdays(days: frozenset[int], reader: Reader) -> str:
    """`Monday to Friday`, or each by its name."""
    words, ordered = reader.words, sorted(days)
    if len(ordered) >= _RUN and ordered[-1] - ordered[0] == len(ordered) - 1:
        first, last = words.weekday(ordered[0]), words.weekday(ordered[-1])
        return words.gettext("{first} to {last}", first=first, last=last)
    return words.list_of([words.weekday(day) for day in ordered])


def typed_days(days_off: Sequence[DaysOff], reader: Reader) -> str:
    """Days off as they can be typed: the grammar reads them back."""
    words = reader.words
    return ", ".join(
        words.typed_day(off.first)
        if off.first == off.last
        else f"{words.typed_day(off.first)} - {words.typed_day(off.last)}"
        for off in days_off
    )


def _working_days_field(now: MySettings, reader: Reader) -> Block:
    """In core mode ticks can only be set, so there they start empty, and mean no change while they are."""
    words, days = reader.words, now.rhythm.weekdays
    core = reader.blocks is BlockMode.CORE
    options = [Option(words.weekday(day), str(day)) for day in _WEEK]
    boxes = kit.checkboxes(Action.FIELD, options, initial=() if core else [str(day) for day in days])
    label = words.gettext("Working days")
    if core:
        label = words.gettext(
            "Working days: now {days}. Tick all of them to change that", days=weekdays(days, reader)
        )
    return kit.input_block(label, boxes, block=Field.WORKING_DAYS, optional=core)


def _days_off_fields(now: MySettings, reader: Reader) -> list[Block]:
    words = reader.words
    example = words.pgettext("typed", "24 dec - 2 jan")
    again = now.starts_again_on(reader.today)
    off = typed_days(now.days_off_from(reader.today), reader)
    return [
        kit.input_block(
            words.gettext("Days off"),
            kit.text_input(Action.FIELD, initial=off, placeholder=example),
            block=Field.DAYS_OFF,
            hint=words.gettext("Several by commas. The limits of your prospects wait while you are away."),
            optional=True,
        ),
        kit.input_block(
            words.gettext("No messages until"),
            kit.text_input(Action.FIELD, initial=words.typed_day(again) if again else ""),
            block=Field.PAUSE,
            hint=words.gettext("They start again on that day. Empty: no pause."),
            optional=True,
        ),
    ]


def _place_fields(now: MySettings, reader: Reader) -> list[Block]:
    words, rhythm = reader.words, now.rhythm
    country = words.country(rhythm.country) if rhythm.country else ""
    region = region_name(rhythm.country, rhythm.region) if rhythm.country and rhythm.region else ""
    return [
        kit.input_block(
            words.gettext("Country, for its public holidays"),
            kit.text_input(Action.FIELD, initial=country),
            block=Field.COUNTRY,
            hint=words.gettext("Empty: no public holidays."),
            optional=True,
        ),
        kit.input_block(
            words.gettext("Region, where holidays differ"),
            kit.text_input(Action.FIELD, initial=region),
            block=Field.REGION,
            hint=words.gettext("Such as Bayern or Scotland."),
            optional=True,
        ),
    ]


def _selling_field(now: MySettings, reader: Reader) -> Block:
    words, minutes = reader.words, now.rhythm.selling_minutes
    return kit.input_block(
        words.gettext("Hours a week for selling"),
        kit.text_input(Action.FIELD, initial="" if minutes is None else _hours(minutes, reader)),
        block=Field.SELLING_HOURS,
        hint=words.gettext("They tell how many people a plan takes. Empty: not set."),
        optional=True,
    )


def _selling_now(now: MySettings, reader: Reader) -> list[str]:
    words, minutes = reader.words, now.rhythm.selling_minutes
    if minutes is None:
        return []
    return [
        words.ngettext(
            "{n} hour a week is for selling.",
            "{n} hours a week are for selling.",
            1 if minutes == _AN_HOUR else 2,
            n=_hours(minutes, reader),
        )
    ]


def _hours(minutes: int, reader: Reader) -> str:
    """`24`, `7.5`: as they are typed."""
    whole, rest = divmod(minutes, _AN_HOUR)
    return reader.words.number(round(minutes / _AN_HOUR, 2) if rest else whole)


def _also(now: MySettings, reader: Reader) -> list[str | kit.Mrkdwn]:
    words = reader.words
    zone = words.gettext("Your time zone is {zone}. Change it in Slack's preferences.", zone=now.member.zone)
    if not now.member.leads:
        return [zone]
    typed = reader.command("nextstep", words.pgettext("typed", "settings team"))
    return [zone, kit.md(words.gettext("The team's channel and digest: {typed}."), typed=kit.code(typed))]


def _days_off_now(now: MySettings, reader: Reader) -> str:
    words, days_off = reader.words, now.days_off_from(reader.today)
    if not days_off:
        return words.gettext("No days off.")
    return words.gettext("Days off: {days}.", days=_stretches(days_off, reader))


def _place_now(now: MySettings, reader: Reader) -> str:
    words, rhythm = reader.words, now.rhythm
    if rhythm.country is None:
        return words.gettext("No public holidays: you named no country.")
    place = words.country(rhythm.country)
    if rhythm.region is not None:
        place = f"{place}, {region_name(rhythm.country, rhythm.region)}"
    return words.gettext("Public holidays of: {place}.", place=place)


def _pause_now(now: MySettings, reader: Reader) -> list[str]:
    again = now.starts_again_on(reader.today)
    if again is None:
        return []
    return [reader.words.gettext("Paused: messages start again on {day}.", day=reader.day(again))]


def _again(now: MySettings, reader: Reader) -> Block:
    words = reader.words
    buttons = [kit.button(words.gettext("Settings"), Action.SETTINGS)]
    if now.starts_again_on(reader.today) is not None:
        buttons.insert(0, kit.button(words.gettext("End the pause"), Action.RESUME))
    return kit.actions(*buttons)


def _stretches(days_off: Sequence[DaysOff], reader: Reader) -> str:
    return reader.words.list_of([_stretch(off, reader) for off in days_off])


def _stretch(off: DaysOff, reader: Reader) -> str:
    first, last = reader.day(off.first), reader.day(off.last)
    return first if off.first == off.last else reader.words.gettext("{first} to {last}", first=first, last=last)
