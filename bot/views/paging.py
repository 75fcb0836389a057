"""Lists longer than a message: the first few, or page by page. What is not shown is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

from bot.views.blocks import actions, button, context, text_length
from bot.views.message import Block
from bot.views.reader import Reader

Item = TypeVar("Item")
_PAGE_BLOCKS = 40
_PAGE_TEXT = 8_000
PER_PAGE = 10


def first_few(
    reader: Reader,
    items: Sequence[Item],
    render: Callable[[Item], Sequence[Block]],
    *,
    more: StrEnum,
    count: int = 3,
    value: str = "",
) -> list[Block]:
    """The first `count` items in full, then a button "12 more, show all" that carries `value`."""
    blocks, shown = _fitting(items[:count], render)
    if left := len(items) - shown:
        words = reader.words
        text = words.ngettext("{n} more, show all", "{n} more, show all", left, n=words.number(left))
        blocks.append(actions(button(text, more, value)))
    return blocks


def paged(
    reader: Reader,
    items: Sequence[Item],
    render: Callable[[Item], Sequence[Block]],
    *,
    previous: StrEnum,
    following: StrEnum,
    start: int = 0,
    per_page: int = PER_PAGE,
    value: Callable[[int], str] = str,
    room: int = _PAGE_TEXT,
) -> list[Block]:
    """At most `per_page` items from place `start` on, and buttons to the ones around them.

    A page holds as many items as fit in a message, with `room` characters for them. A `start` beyond
    the end (the list has become shorter) gives the last page. A button carries `value(start)`: the
    place alone, or a model's JSON with what else is needed to build the page again.
    """
    start = start if 0 <= start < len(items) else _nearest(len(items), per_page, start)
    blocks, shown = _fitting(items[start : start + per_page], render, room)
    end = start + shown
    if shown == len(items):
        return blocks
    words = reader.words
    turns = []
    if start > 0:
        turns.append(button(words.gettext("‹ Previous"), previous, value(max(0, start - per_page))))
    if end < len(items):
        turns.append(button(words.gettext("Next ›"), following, value(end)))
    position = words.gettext(
        "{first}–{last} of {total}",
        first=words.number(start + 1),
        last=words.number(end),
        total=words.number(len(items)),
    )
    return [*blocks, context(position), actions(*turns)]


def _nearest(count: int, per_page: int, start: int) -> int:
    """The first place, or beyond the end where the last full page starts."""
    return 0 if start < 0 else max(0, (count - 1) // per_page * per_page)


def _fitting(
    items: Sequence[Item], render: Callable[[Item], Sequence[Block]], room: int = _PAGE_TEXT
) -> tuple[list[Block], int]:
    """The blocks of the first items that leave room in a message, one at least, and how many these are."""
    blocks: list[Block] = []
    for place, item in enumerate(items):
        drawn = render(item)
        room -= sum(map(text_length, drawn))
        if place and (room < 0 or len(blocks) + len(drawn) > _PAGE_BLOCKS):
            return blocks, place
        blocks.extend(drawn)
    return blocks, len(items)
