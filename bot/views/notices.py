"""What an admin hears of once: what does not work, and what mends it."""

from __future__ import annotations

from bot.views import kit
from bot.views.ids import Action
from bot.views.listing import Listed
from bot.views.markup import md
from bot.views.message import Message
from bot.views.reader import Reader
from playbooks.team import Member


def channel_closed(channel: str, reader: Reader) -> Message:
    """The weekly digest has no place to go."""
    gettext = reader.words.gettext
    text = md(
        gettext(
            "The weekly digest cannot be posted in {channel}: the channel is archived, or I am not in it any "
            "more. Invite me there, or choose another channel: {command}."
        ),
        channel=kit.channel(channel),
        command=kit.code(reader.command("nextstep", reader.words.pgettext("typed", "settings team"))),
    )
    return kit.message(text, kit.section(text))


def member_gone(member: Member, left: int, reader: Reader) -> Message:
    """Somebody left, and their prospects need somebody else; `left` is how many are open."""
    words = reader.words
    text = words.ngettext(
        "{name} is no longer active in Slack, and has {n} open prospect. Hand it over, or it stalls.",
        "{name} is no longer active in Slack, and has {n} open prospects. Hand them over, or they stall.",
        left,
        name=member.name,
        n=words.number(left),
    )
    show = kit.button(words.gettext("Show them"), Action.SHOW_LIST, Listed(owner=member.id))
    return kit.message(text, kit.section(text), kit.actions(show))
