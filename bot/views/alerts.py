"""What falls due after the daily message of that day: one prospect, why, and the words to say."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.usecases.points import Part
from bot.usecases.see_point import Seen
from bot.views import kit, points, sections
from bot.views.message import Block, Message
from bot.views.reader import Reader
from bot.views.scripts import talk_blocks
from playbooks.deliveries import Kind

_WITH_SCRIPT: Final = frozenset({Kind.STALL, Kind.DECISION, Kind.ESCALATION})
"""Those that ask for a call now: the words come along."""


def alert(seen: Seen, reader: Reader) -> Message:
    """One point as a message of its own."""
    counted = sections.counted(Part(seen.point.kind, (seen.point,)), reader)
    text = reader.words.gettext("{title}: {names}", title=counted, names=seen.tracked.prospect.name)
    script = _script(seen, reader)
    # The script ends with the ask: said above it as well, it would stand there twice.
    above = replace(seen, sheet=None) if script and seen.point.kind is Kind.STALL else seen
    *said, row = points.blocks_of(above, reader)
    return kit.message(text, *said, *script, row)


def _script(seen: Seen, reader: Reader) -> list[Block]:
    if not seen.holds or seen.point.kind not in _WITH_SCRIPT or seen.sheet is None:
        return []
    return [kit.divider(), *talk_blocks(seen.sheet.decision, reader)] if seen.sheet.decision else []
