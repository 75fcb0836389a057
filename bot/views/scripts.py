"""The words a rep says, as a rep reads them during a call."""

from __future__ import annotations

from bot.usecases.read_script import ScriptSheet, Spoken
from bot.views import kit
from bot.views.markup import md
from bot.views.message import Block
from bot.views.reader import Reader


def spoken_blocks(sheet: ScriptSheet, reader: Reader) -> list[Block]:
    """The script of one moment: how to open, what to ask about, and the one ask."""
    words = reader.words
    if sheet.moment is None or sheet.variant is None or sheet.spoken is None:
        return [kit.section(words.gettext("This step has no script."))]
    title = md(
        words.gettext("*Script {variant}: {moment}* · {minutes}"),
        variant=sheet.variant.variant,
        moment=sheet.moment.name,
        minutes=words.minutes(sheet.moment.minutes),
    )
    return [kit.section(title), *_spoken(sheet.spoken, reader)]


def _spoken(spoken: Spoken, reader: Reader) -> list[Block]:
    words = reader.words
    blocks = kit.sections(spoken.opening.text)
    if spoken.questions:
        questions = "\n".join(f"• {question.text}" for question in spoken.questions)
        blocks += kit.sections(md(words.gettext("*Ask about*\n{questions}"), questions=questions))
    return [*blocks, *kit.sections(md(words.gettext("*The one ask*\n{ask}"), ask=spoken.ask.text))]
