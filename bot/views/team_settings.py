"""A team's settings: the channel and the hour of its weekly digest, and its manager."""

from __future__ import annotations

from typing import Final

from bot.usecases.change_team import TeamSettings
from bot.usecases.channels import Channel, Standing
from bot.views import kit, my_settings
from bot.views.elements import Option
from bot.views.ids import Action, Callback
from bot.views.ids import Block as Field
from bot.views.limits import BlockMode, plain
from bot.views.markup import md
from bot.views.message import Block, Message, Modal
from bot.views.reader import Reader

NOBODY: Final = "nobody"
"""The choice that is no manager."""

OPEN: Final = "open"
CLOSED: Final = "closed"
"""Who sees a rep's own numbers: everybody in the team, or that rep and who leads."""

_MOST_IN_MENU: Final = 250
_LONGEST_SAID: Final = 60


def dialog(now: TeamSettings, reader: Reader) -> Modal:
    """All of a team's settings, filled in as they are."""
    words, team = reader.words, now.team
    core = reader.blocks is BlockMode.CORE
    channel = kit.channel_select(reader.blocks, Action.FIELD, initial=team.channel or "")
    days = [Option(words.weekday(day), str(day)) for day in range(7)]
    return kit.modal(
        Callback.TEAM_SETTINGS,
        words.gettext("Team settings"),
        kit.section(kit.joined([_digest_now(now, reader), kit.md(_slices_now(now, reader))])),
        kit.input_block(
            words.gettext("Channel of the weekly digest"),
            channel,
            block=Field.CHANNEL,
            hint=words.gettext("Its name, such as #sales, or its id. Empty: no digest.") if core else "",
            optional=True,
        ),
        kit.input_block(
            words.gettext("Day of the digest"),
            kit.select(Action.FIELD, days, initial=str(team.digest_weekday)),
            block=Field.DIGEST_DAY,
        ),
        kit.input_block(
            words.gettext("Hour of the digest"),
            my_settings.hour_menu(team.digest_at, reader),
            block=Field.DIGEST_HOUR,
            hint=words.gettext("In the workspace's time zone, {zone}.", zone=now.zone),
        ),
        _manager_field(now, reader),
        _slices_field(now, reader),
        submit=words.gettext("Save"),
        close=words.gettext("Cancel"),
    )


def changed(now: TeamSettings, channel: Channel | None, reader: Reader) -> Message:
    """How it is from now on; `channel` as Slack showed it."""
    words, manager = reader.words, now.manager
    lines = [_digest_now(now, reader)]
    if channel is not None and channel.standing is Standing.UNSEEN:
        lines.append(kit.md(words.gettext("Slack did not say whether I can post there: see that I am in it.")))
    if manager is None:
        lines.append(kit.md(words.gettext("No manager: an admin hears of decisions that stay unanswered.")))
    else:
        template = words.gettext("*{name}* is the manager, and hears of decisions that stay unanswered.")
        lines.append(md(template, name=manager.name))
    lines.append(kit.md(_slices_now(now, reader)))
    text = kit.joined(lines)
    again = kit.button(words.gettext("Team settings"), Action.TEAM_SETTINGS)
    return kit.message(text, kit.section(text), kit.actions(again))


def channel_refused(channel: Channel, said: str, reader: Reader) -> str:
    """Why no digest can be posted there, and what would mend it."""
    words = reader.words
    name = f"#{channel.name}" if channel.name else plain(said, _LONGEST_SAID)
    match channel.standing:
        case Standing.NOT_IN:
            return words.gettext("I am not in {channel} yet; invite me there, then save again.", channel=name)
        case Standing.ARCHIVED:
            return words.gettext("{channel} is archived; choose another channel.", channel=name)
        case Standing.NOT_THERE:
            return words.gettext(
                "I see no channel {channel}; check its name, and invite me there when it is private.", channel=name
            )
        case _:
            return words.gettext("Slack did not tell me about {channel}; save again in a moment.", channel=name)


def _digest_now(now: TeamSettings, reader: Reader) -> kit.Mrkdwn:
    words, team = reader.words, now.team
    if team.channel is None:
        return kit.md(words.gettext("There is no weekly digest: the team has no channel."))
    template = words.gettext("The weekly digest goes to {channel}: the next one {when}.")
    return md(template, channel=kit.channel(team.channel), when=reader.instant(now.next_digest_at))


def _manager_field(now: TeamSettings, reader: Reader) -> Block:
    """A short menu can say *nobody*; a menu of everybody in Slack cannot, and takes a workspace of any size."""
    words, manager = reader.words, now.manager
    options = [Option(member.name, member.slack_id) for member in now.members]
    initial = manager.slack_id if manager else NOBODY
    if len(options) > _MOST_IN_MENU and reader.blocks is BlockMode.FULL:
        chosen = manager.slack_id if manager else ""
        element = kit.users_select(reader.blocks, Action.FIELD, options, initial=chosen)
    else:
        element = kit.select(Action.FIELD, [Option(words.gettext("Nobody"), NOBODY), *options], initial=initial)
    return kit.input_block(words.gettext("Manager"), element, block=Field.MANAGER, optional=True)


def _slices_field(now: TeamSettings, reader: Reader) -> Block:
    words = reader.words
    options = [
        Option(words.gettext("That rep, managers and admins"), CLOSED),
        Option(words.gettext("Everybody in the team"), OPEN),
    ]
    chosen = kit.radio(Action.FIELD, options, initial=OPEN if now.team.open_slices else CLOSED)
    return kit.input_block(words.gettext("Who sees a rep's own numbers"), chosen, block=Field.SLICES)


def _slices_now(now: TeamSettings, reader: Reader) -> str:
    words = reader.words
    if now.team.open_slices:
        return words.gettext("Everybody in the team sees each rep's own numbers.")
    return words.gettext("A rep's own numbers are seen by that rep, managers and admins.")
