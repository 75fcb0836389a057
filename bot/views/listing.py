"""Prospects as a list."""

from __future__ import annotations

from bot.views import kit, prospects
from bot.views.ids import Action
from bot.views.message import Block, Message
from bot.views.reader import Reader
from playbooks.pipeline import Page


def mine(page: Page, reader: Reader) -> Message:
    """My open prospects, most urgent first; without any, how to begin."""
    words = reader.words
    add = kit.button(words.gettext("Add a prospect"), Action.ADD)
    if not page.total:
        text = words.gettext("You have no open prospects. Add the first one, and its script is ready at once.")
        return kit.message(text, kit.section(text), kit.actions(add))
    title = words.ngettext("You have {n} open prospect", "You have {n} open prospects", page.total, n=page.total)
    blocks: list[Block] = [kit.header(title)]
    for line in page.lines:
        blocks += prospects.line_blocks(line, reader)
    blocks.append(kit.actions(add, *_turns(page, reader)))
    first = "; ".join(line.name for line in page.lines[:5])
    return kit.message(words.gettext("{title}: {names}", title=title, names=first), *blocks)


def _turns(page: Page, reader: Reader) -> list[kit.Element]:
    """Buttons to the pages before and after."""
    words, turns = reader.words, []
    size, end = max(len(page.lines), 1), page.offset + len(page.lines)
    if page.offset:
        turns.append(kit.button(words.gettext("Previous"), Action.MINE_BACK, str(max(0, page.offset - size))))
    if left := page.total - end:
        turns.append(kit.button(words.gettext("{n} more", n=left), Action.MINE_PAGE, str(end)))
    return turns
