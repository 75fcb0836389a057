"""The parts of a message that Nextstep sends by itself: a title, its points, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.usecases.points import Part
from bot.usecases.see_point import Told
from bot.views import kit, points
from bot.views.ids import Action
from bot.views.listing import Listed
from bot.views.markup import md
from bot.views.message import Block
from bot.views.reader import Reader
from playbooks.deliveries import Kind


def section(told: Told, reader: Reader, owner: int) -> list[Block]:
    """A divider, the title, the points; `owner` is whose list the button for more shows."""
    title = counted(told.part, reader)
    blocks = [kit.divider(), kit.section(md("*{title}*", title=title))]
    return [*blocks, *points_of(told, reader), *more(told.part, reader, owner)]


def points_of(told: Told, reader: Reader) -> list[Block]:
    return [block for seen in told.seen for block in points.blocks_of(seen, reader)]


def more(part: Part, reader: Reader, owner: int) -> list[Block]:
    """How many more there are, and the way to them."""
    if not part.more:
        return []
    words = reader.words
    text = words.ngettext("{n} more, show all", "{n} more, show all", part.more, n=words.number(part.more))
    listed = Listed(owner=owner, stalled=part.kind is Kind.STALL)
    return [kit.actions(kit.button(text, Action.SHOW_LIST, listed))]


def counted(part: Part, reader: Reader) -> str:  # noqa: PLR0911 - a case each kind
    """`❗ 2 decisions due`: what there is of one kind."""
    words, n = reader.words, part.total
    shown = words.number(n)
    match part.kind:
        case Kind.STALL:
            return words.ngettext("⚠ {n} prospect stalled", "⚠ {n} prospects stalled", n, n=shown)
        case Kind.DECISION:
            return words.ngettext("❗ {n} decision due", "❗ {n} decisions due", n, n=shown)
        case Kind.ESCALATION:
            return words.ngettext("❗ {n} decision comes to you", "❗ {n} decisions come to you", n, n=shown)
        case Kind.CLOSING:
            return words.ngettext(
                "⏳ {n} prospect closes without an answer", "⏳ {n} prospects close without an answer", n, n=shown
            )
        case Kind.CLOSED:
            return words.ngettext(
                "{n} prospect closed as no decision", "{n} prospects closed as no decision", n, n=shown
            )
        case Kind.RETURNING:
            return words.ngettext(
                "↩ {n} prospect back from “not now”", "↩ {n} prospects back from “not now”", n, n=shown
            )
        case _:
            return words.ngettext("{n} action due", "{n} actions due", n, n=shown)


def names_in(told: Sequence[Told], most: int = 3) -> str:
    """The first few names, for a notification."""
    names = [seen.tracked.prospect.name for each in told for seen in each.seen]
    return ", ".join(dict.fromkeys(names[:most]))
