"""`/nextstep health`: what works and what does not, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.usecases.look_at_health import Health
from bot.views import kit, owed, speaking
from bot.views.message import Block, Message
from bot.views.reader import Reader
from bot.views.words import msgid

_CHECKS: Final[Mapping[str, str]] = {
    "database": msgid("The database answers and is up to date."),
    "slack": msgid("Slack accepts our token."),
}


def health(found: Health, reader: Reader, *, news: str | None = None) -> Message:
    """All there is to know; `news` is what was just done about it."""
    words = reader.words
    troubled = any(found.checks.values()) or owed.needs_attention(found)
    title = words.gettext("Something needs attention") if troubled else words.gettext("Everything works")
    checks = [_check(name, sentence, reader) for name, sentence in found.checks.items()]
    numbers = words.gettext(
        "{members}, {playbooks}, {open}, of which {stalled} stalled.",
        members=words.ngettext("{n} member", "{n} members", found.members, n=words.number(found.members)),
        playbooks=_playbooks(found, reader),
        open=words.ngettext("{n} open prospect", "{n} open prospects", found.open, n=words.number(found.open)),
        stalled=words.number(found.stalled),
    )
    blocks: list[Block] = [kit.section(news)] if news else []
    facts = kit.joined(
        [*checks, *owed.lines(found, reader), f"• {numbers}", *speaking.lines(found.speaking, reader)]
    )
    blocks += [kit.header(title), kit.section(facts), *owed.unknown(found, reader)]
    return kit.message(news or title, *blocks)


def _check(name: str, sentence: str | None, reader: Reader) -> str:
    return f"❗ {sentence}" if sentence else f"• {reader.words.gettext(_CHECKS[name])}"


def _playbooks(found: Health, reader: Reader) -> str:
    if not found.playbooks:
        return reader.words.gettext("no playbook")
    names = [f"{published.name} {published.number}" for published in found.playbooks]
    return reader.words.list_of(names)
