"""`/nextstep settings`, `off`, `pause`: a member's own settings, and for who leads the team's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from enum import StrEnum
from typing import Final

from bot.grammar import commands as said
from bot.grammar.days_off import read_days_off, read_pause
from bot.grammar.places import PlaceUnknown, read_country, read_region, region_name
from bot.grammar.readings import Wrong
from bot.grammar.values import read_hours_a_week
from bot.handlers.answering import as_modal
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.replies import FieldErrors, Redraws, Reply
from bot.handlers.router import Router
from bot.usecases.change_settings import ChangeSettings, change_settings, pause_messages, take_days_off
from bot.usecases.change_team import ChangeTeam, change_team, look_at_team
from bot.usecases.channels import Channel, Standing
from bot.usecases.look_at_settings import MySettings, look_at_settings
from bot.usecases.members import choose_language
from bot.views import kit, my_settings, settings, settings_mistakes, team_settings
from bot.views.ids import Action, Block, Callback
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.calendar import DaysOff
from playbooks.team import Member, Rhythm

_POSTABLE: Final = frozenset({Standing.OPEN, Standing.UNSEEN})


class _Fields:
    """What a dialog's fields say, read one after the other; each mistake stands beside its own."""

    def __init__(self, form: Form, now: MySettings, reader: Reader) -> None:
        self._form = form
        self._now = now
        self._reader = reader
        self.errors: dict[StrEnum, str] = {}

    def rhythm(self) -> Rhythm:
        country = self._country()
        pause = self._pause()
        return Rhythm(
            daily_at=time.fromisoformat(self._form.text(Block.HOUR) or f"{self._now.rhythm.daily_at:%H:%M}"),
            weekdays=self._weekdays(),
            country=country,
            region=self._region(country),
            paused_until=pause,
            selling_minutes=self._selling_minutes(),
        )

    def days_off(self) -> tuple[DaysOff, ...]:
        typed = self._form.text(Block.DAYS_OFF)
        read = read_days_off(typed or "", self._reader.today, self._reader.words.locale)
        if isinstance(read, Wrong):
            self.errors[Block.DAYS_OFF] = settings_mistakes.wrong_days(read, self._reader)
            return ()
        return read

    def _weekdays(self) -> frozenset[int]:
        ticked = frozenset(int(day) for day in self._form.choices(Block.WORKING_DAYS))
        if ticked:
            return ticked
        if self._reader.blocks is BlockMode.FULL:
            self.errors[Block.WORKING_DAYS] = settings_mistakes.no_working_day(self._reader)
        return self._now.rhythm.weekdays

    def _pause(self) -> date | None:
        typed = self._form.text(Block.PAUSE)
        if typed is None:
            return None
        read = read_pause(typed, self._reader.today, self._reader.words.locale)
        if isinstance(read, Wrong):
            self.errors[Block.PAUSE] = settings_mistakes.wrong_pause(read, self._reader)
            return None
        return date.fromordinal(read.toordinal() - 1)

    def _selling_minutes(self) -> int | None:
        typed = self._form.text(Block.SELLING_HOURS)
        if typed is None:
            return None
        read = read_hours_a_week(typed)
        if read is None:
            self.errors[Block.SELLING_HOURS] = settings_mistakes.wrong_selling_hours(typed, self._reader)
        return read

    def _country(self) -> str | None:
        typed = self._form.text(Block.COUNTRY)
        if typed is None:
            return None
        read = read_country(typed)
        if isinstance(read, PlaceUnknown):
            self.errors[Block.COUNTRY] = settings_mistakes.unknown_country(read, self._reader)
            return None
        return read

    def _region(self, country: str | None) -> str | None:
        """What stood there already goes with the country that it was of."""
        typed, before = self._form.text(Block.REGION), self._now.rhythm
        untouched = before.country and before.region and typed == region_name(before.country, before.region)
        if typed is None or (untouched and country != before.country):
            return None
        if country is None:
            if Block.COUNTRY not in self.errors:
                self.errors[Block.REGION] = settings_mistakes.region_without_country(self._reader)
            return None
        read = read_region(typed, country)
        if isinstance(read, PlaceUnknown):
            self.errors[Block.REGION] = settings_mistakes.unknown_region(read, country, self._reader)
            return None
        return read


def register(router: Router) -> None:
    router.clicks[Action.SETTINGS] = on_settings
    router.clicks[Action.TEAM_SETTINGS] = on_team_settings
    router.clicks[Action.RESUME] = on_resume
    router.submissions[Callback.SETTINGS] = on_submission
    router.submissions[Callback.TEAM_SETTINGS] = on_team_submission


def on_settings(desk: Desk, _: Click) -> Reply:
    return show(desk, said.ShowSettings())


def on_team_settings(desk: Desk, _: Click) -> Reply:
    return show_team(desk, said.ShowTeamSettings())


def on_resume(desk: Desk, _: Click) -> Reply:
    return resume(desk, said.Resume())


def on_submission(desk: Desk, form: Form) -> Reply:
    """The whole dialog is drawn anew: its own words change language as well."""
    fields = _Fields(form, look_at_settings(desk.reading(), desk.act), desk.reader)
    chosen = form.text(Block.LANGUAGE)
    rhythm, days_off = fields.rhythm(), fields.days_off()
    if fields.errors:
        return FieldErrors(fields.errors)
    language = None if chosen in {None, settings.AS_IN_SLACK} else chosen
    now = change_settings(ChangeSettings(language, rhythm, days_off), desk.writing(), desk.act)
    reader = _reading_as(now.member, desk)
    return Redraws(as_modal(my_settings.changed(now, reader), reader))


def on_team_submission(desk: Desk, form: Form) -> Reply:
    typed, manager, slices = form.text(Block.CHANNEL), form.text(Block.MANAGER), form.text(Block.SLICES)
    before = look_at_team(desk.reading(), desk.act)
    # Slack is asked while nothing is held: a slow answer keeps nobody waiting.
    channel = desk.channels.look(desk.slack_team, typed) if typed else None
    if channel is not None and not _can_post(channel):
        return FieldErrors({Block.CHANNEL: team_settings.channel_refused(channel, typed or "", desk.reader)})
    command = ChangeTeam(
        channel=channel.id if channel else None,
        digest_weekday=int(form.text(Block.DIGEST_DAY) or before.team.digest_weekday),
        digest_at=time.fromisoformat(form.text(Block.DIGEST_HOUR) or f"{before.team.digest_at:%H:%M}"),
        manager=None if manager in {None, team_settings.NOBODY} else manager,
        open_slices=slices == team_settings.OPEN if slices else None,
    )
    return team_settings.changed(change_team(command, desk.writing(), desk.act), channel, desk.reader)


def show(desk: Desk, _: said.ShowSettings) -> Reply:
    return my_settings.dialog(look_at_settings(desk.reading(), desk.act), desk.reader)


def show_team(desk: Desk, _: said.ShowTeamSettings) -> Reply:
    return team_settings.dialog(look_at_team(desk.reading(), desk.act), desk.reader)


def set_language(desk: Desk, command: said.SetLanguage) -> Reply:
    member = choose_language(desk.member, command.language or None, desk.slack_team, desk.units)
    return settings.language_chosen(member, _reading_as(member, desk))


def off(desk: Desk, command: said.TakeDaysOff) -> Reply:
    read = read_days_off(command.said, desk.reader.today, desk.reader.words.locale)
    if isinstance(read, Wrong):
        return kit.message(settings_mistakes.wrong_days(read, desk.reader))
    if not read:  # nothing but commas
        return show(desk, said.ShowSettings())
    return my_settings.days_off_taken(read, take_days_off(read, desk.writing(), desk.act), desk.reader)


def pause(desk: Desk, command: said.Pause) -> Reply:
    read = read_pause(command.said, desk.reader.today, desk.reader.words.locale)
    if isinstance(read, Wrong):
        return kit.message(settings_mistakes.wrong_pause(read, desk.reader))
    return my_settings.paused(pause_messages(read, desk.writing(), desk.act), desk.reader)


def resume(desk: Desk, _: said.Resume) -> Reply:
    return my_settings.paused(pause_messages(None, desk.writing(), desk.act), desk.reader)


def _reading_as(member: Member, desk: Desk) -> Reader:
    """The reader in the language that was chosen."""
    return replace(desk.reader, words=Words(member.reads, member.zone))


def _can_post(channel: Channel) -> bool:
    return bool(channel.id) and channel.standing in _POSTABLE
