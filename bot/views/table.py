"""Tables: Slack's own block where a client draws it, columns in a fixed width elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from bot.views import limits
from bot.views.blocks import section
from bot.views.limits import ELLIPSIS, NOTHING, BlockMode, plain
from bot.views.markup import preformatted
from bot.views.message import Block

Align = Literal["left", "right"]
_CELL = 200
_CELL_AS_TEXT = 28
_FENCES = 20


def table(
    mode: BlockMode,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    align: Sequence[Align] = (),
) -> Block:
    """Rows under a header, texts raw. Rows and columns beyond Slack's limits are counted in a last one."""
    lines = [[plain(cell, _CELL) for cell in _narrow(row)] for row in (header, *rows[: limits.TABLE_ROWS])]
    block: Block = {
        "type": "table",
        "column_settings": [{"align": side, "is_wrapped": True} for side in align[: limits.TABLE_COLUMNS]],
        "rows": [[{"type": "raw_text", "text": cell} for cell in line] for line in _short(lines, len(rows) + 1)],
    }
    if not align:
        del block["column_settings"]
    return block if mode is BlockMode.FULL else drawn_as_text(block)


def drawn_as_text(block: Block) -> Block:
    """The same table as a section in a fixed width; any other block as it is."""
    if block["type"] != "table":
        return block
    rows = [[plain(" ".join(cell["text"].split()), _CELL_AS_TEXT) for cell in row] for row in block["rows"]]
    sides = [setting["align"] for setting in block.get("column_settings", [])]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines: list[str] = []
    room = limits.SECTION_TEXT - _FENCES
    for place, row in enumerate(rows):
        line = _line(row, widths, sides)
        room -= limits.length(limits.esc(line)) + 1
        if room < 0:
            lines.append(f"{ELLIPSIS} +{len(rows) - place}")
            break
        lines.append(line)
    return section(preformatted("\n".join(lines)))


def _narrow(row: Sequence[str]) -> list[str]:
    if len(row) <= limits.TABLE_COLUMNS:
        return list(row) or [NOTHING]
    return [*row[: limits.TABLE_COLUMNS - 1], ELLIPSIS]


def _short(lines: list[list[str]], count: int) -> list[list[str]]:
    """The lines that fit in rows and characters, every one as wide as the widest."""
    width = max(map(len, lines))
    kept: list[list[str]] = []
    room = limits.TABLE_TEXT - 2 * limits.TABLE_COLUMNS
    for line in lines:
        full = [*line, *[NOTHING] * (width - len(line))]
        room -= sum(limits.length(limits.esc(cell)) for cell in full)
        if room < 0 or (len(kept) == limits.TABLE_ROWS - 1 and count > limits.TABLE_ROWS):
            break
        kept.append(full)
    if len(kept) < count:
        kept.append([f"{ELLIPSIS} +{count - len(kept)}", *[ELLIPSIS] * (width - 1)])
    return kept


def _line(row: list[str], widths: list[int], sides: list[str]) -> str:
    cells = []
    for place, cell in enumerate(row):
        gap = " " * (widths[place] - _width(cell))
        right = place < len(sides) and sides[place] == "right"
        cells.append(gap + cell if right else cell + gap)
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns that `text` takes in a fixed width: East Asian signs take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
