"""The workspace's delivery settings in words, as health tells them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.usecases.look_at_speaking import Pause, Speaking
from bot.views import kit
from bot.views.markup import md
from bot.views.reader import Reader

_NAMED: Final = 5
"""Further ones are counted."""


def lines(speaking: Speaking, reader: Reader) -> list[kit.Mrkdwn]:
    """One line for each thing that is worth knowing."""
    found = [_channel(speaking, reader), *_manager(speaking, reader)]
    return [*found, *_paused(speaking, reader), *_holidays(speaking, reader)]


def _channel(speaking: Speaking, reader: Reader) -> kit.Mrkdwn:
    words = reader.words
    if speaking.channel is not None:
        template = words.gettext("• The weekly digest goes to {channel}.")
        return md(template, channel=kit.channel(speaking.channel))
    template = words.gettext("• The team has no channel, so there is no weekly digest: {typed} sets one.")
    return md(template, typed=kit.code(_team_settings(reader)))


def _manager(speaking: Speaking, reader: Reader) -> list[kit.Mrkdwn]:
    if speaking.manager_gone is None:
        return []
    template = reader.words.gettext(
        "• {name} manages the team and is no longer in Slack: {typed} sets another one."
    )
    return [md(template, name=speaking.manager_gone, typed=kit.code(_team_settings(reader)))]


def _paused(speaking: Speaking, reader: Reader) -> list[kit.Mrkdwn]:
    if not speaking.paused:
        return []
    names = [_pause(pause, reader) for pause in speaking.paused]
    return [md(reader.words.gettext("• Paused: {names}."), names=_few(names, reader))]


def _pause(pause: Pause, reader: Reader) -> str:
    return reader.words.gettext("{name} until {day}", name=pause.name, day=reader.day(pause.starts_again))


def _holidays(speaking: Speaking, reader: Reader) -> list[kit.Mrkdwn]:
    if not speaking.without_country:
        return []
    template = reader.words.gettext("• Without public holidays, for they named no country: {names}.")
    return [md(template, names=_few(speaking.without_country, reader))]


def _few(names: Sequence[str], reader: Reader) -> str:
    words, more = reader.words, len(names) - _NAMED
    if more <= 0:
        return words.list_of(names)
    rest = words.ngettext("{n} more", "{n} more", more, n=words.number(more))
    return words.list_of([*names[:_NAMED], rest])


def _team_settings(reader: Reader) -> str:
    return reader.command("nextstep", reader.words.pgettext("typed", "settings team"))
