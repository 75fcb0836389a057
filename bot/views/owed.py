"""What Nextstep owes somebody and could not send, or cannot tell about: a part of health."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.usecases.look_at_health import Health
from bot.views import kit
from bot.views.ids import Action
from bot.views.message import Block
from bot.views.reader import Reader
from bot.views.words import Words, msgid
from playbooks.deliveries import Delivery, Kind, State

_KINDS: Final[Mapping[Kind, str]] = {
    Kind.DAILY: msgid("daily message"),
    Kind.REMINDER: msgid("reminder"),
    Kind.STALL: msgid("stall alert"),
    Kind.DECISION: msgid("question for a decision"),
    Kind.ESCALATION: msgid("escalation"),
    Kind.CLOSING: msgid("announcement of a closing"),
    Kind.CLOSED: msgid("report of a closing"),
    Kind.RETURNING: msgid("returning prospect"),
    Kind.DIGEST: msgid("weekly digest"),
    Kind.FOCUS: msgid("coaching focus"),
    Kind.INTAKE: msgid("weekly intake"),
    Kind.NOTICE: msgid("notice to an admin"),
}

_MEMBERS: Final = ("U", "W")


def needs_attention(found: Health) -> bool:
    """Whether somebody has to do something about a message."""
    return bool(_number(found, State.FAILED) or _number(found, State.UNKNOWN))


def lines(found: Health, reader: Reader) -> list[kit.Mrkdwn]:
    """How many messages wait, came too late, failed or cannot be told about; one line when all is well."""
    told = [f"• {text}" for text in _harmless(found, reader.words)]
    told += [f"❗ {text}" for text in _wrong(found, reader.words)]
    all_well = reader.words.gettext("Every message was sent.")
    return [kit.md(line) for line in told or [f"• {all_well}"]]


def _harmless(found: Health, words: Words) -> Iterator[str]:
    if waiting := _number(found, State.DUE) + _number(found, State.CLAIMED):
        yield words.ngettext("{n} message is to be sent.", "{n} messages are to be sent.", waiting, n=waiting)
    if late := _number(found, State.EXPIRED):
        yield words.ngettext(
            "{n} message came too late to be of use, and was left out.",
            "{n} messages came too late to be of use, and were left out.",
            late,
            n=late,
        )


def _wrong(found: Health, words: Words) -> Iterator[str]:
    if failed := _number(found, State.FAILED):
        yield words.ngettext(
            "{n} message could not be sent: `nextstep deliveries --state failed` says why.",
            "{n} messages could not be sent: `nextstep deliveries --state failed` says why.",
            failed,
            n=failed,
        )
    if unknown := _number(found, State.UNKNOWN):
        yield words.ngettext(
            "{n} message may have arrived, and Slack does not tell.",
            "{n} messages may have arrived, and Slack does not tell.",
            unknown,
            n=unknown,
        )


def unknown(found: Health, reader: Reader) -> list[Block]:
    """Each message that nobody can tell about, with the button that sends it anyway."""
    words = reader.words
    blocks: list[Block] = []
    for delivery in found.unknown:
        again = kit.button(words.gettext("Send anyway"), Action.SEND_ANYWAY, str(delivery.id))
        blocks += [kit.section(_one(delivery, reader)), kit.actions(again)]
    more = _number(found, State.UNKNOWN) - len(found.unknown)
    if found.unknown and more > 0:
        blocks.append(
            kit.context(words.gettext("{n} more: `nextstep deliveries --state unknown`.", n=words.number(more)))
        )
    return blocks


def sent_anyway(delivery_id: int, reader: Reader, *, done: bool) -> str:
    """What the button did."""
    if done:
        return reader.words.gettext(
            "Message {number} is sent now, whether it arrived before or not.", number=delivery_id
        )
    return reader.words.gettext("Somebody was first: message {number} is being sent already.", number=delivery_id)


def _one(delivery: Delivery, reader: Reader) -> kit.Mrkdwn:
    words, whom = reader.words, delivery.owed.recipient
    to = kit.mention(whom) if whom.startswith(_MEMBERS) else kit.channel(whom)
    template = words.gettext("*{what}* to {whom}, due {when}. It may be there: look before you send it anyway.")
    due = words.local(delivery.owed.due_at).date()
    what = words.gettext(_KINDS[delivery.owed.kind])
    return kit.md(template, what=what[:1].upper() + what[1:], whom=to, when=words.day(due, reader.today))


def _number(found: Health, state: State) -> int:
    return found.owed.by_state.get(state, 0)
