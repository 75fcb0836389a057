"""Slack's limits, and texts that keep within them.

Slack counts a text after escaping. Nobody says in which unit it counts, so this
module measures in UTF-16 units of the escaped text: the largest of the candidates.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

MESSAGE_BLOCKS = 50
MESSAGE_TEXT = 4_000
VIEW_BLOCKS = 100
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
FIELD_TEXT = 2_000
HEADER_TEXT = 150
ACTIONS = 25
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 3_000
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
URL = 3_000
ALT_TEXT = 2_000
IMAGE_TITLE = 2_000
SELECT_OPTIONS = 100
OPTION_TEXT = 75
OPTION_VALUE = 150
PLACEHOLDER = 150
CHOICES = 10
OVERFLOW_OPTIONS = 5
INPUT_TEXT = 3_000
LABEL = 300
HINT = 600
"""Slack takes 2,000 of either; with so many, the fields of one dialog would not fit in `VIEW_SIZE` together."""
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
MODAL_TITLE = 24
PRIVATE_METADATA = 3_000
IDENTIFIER = 255
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_TEXT = 10_000
MESSAGE_BLOCKS_TEXT = 10_000
"""All texts in the blocks of one message. Not documented: Slack answers `msg_blocks_too_long`
from about 11,000 characters on (slackapi/bolt-js, issues 2509 and 2867)."""
VIEW_SIZE = 240_000
"""The blocks of a view as JSON. Slack refuses a view over 250 kB (`view_too_large`)."""
MENU_OPTIONS = 300
MENU_TEXT = 8_000
"""All texts of one menu, so that it fits in a message together with what it is about."""

ELLIPSIS = "…"
NOTHING = "–"
"""Stands for an empty text: Slack refuses a text of no characters."""

_FENCE = "```"
_ZERO_WIDTH_JOINER = "\u200d"
_LONGEST_CLUSTER = 32


class BlockMode(StrEnum):
    """Which blocks a client draws (`SLACK_BLOCKS`)."""

    FULL = "full"
    CORE = "core"


@dataclass(frozen=True, slots=True)
class Mrkdwn:
    """Text in Slack's markup that is already escaped: only `md` and its helpers make it.

    It is not a `str`, so that a type checker sees a raw text and a safe one as two things.
    """

    source: str

    def __str__(self) -> str:
        return self.source


Text: TypeAlias = str | Mrkdwn
"""What a view passes to the kit: a raw `str`, escaped there once, or `Mrkdwn`."""


def esc(text: str) -> str:
    """Escape the three characters that can start markup or a mention in Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def length(text: str) -> int:
    """Length of `text` as Slack may count it at worst, without escaping."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str, limit: int) -> str:
    """Shorten a raw `text` visibly to `limit` characters, counted as if it were escaped."""
    text = text.strip() or NOTHING
    if len(text) * 6 <= limit or length(esc(text)) <= limit:
        return text
    return _longest(text, limit - 1, lambda part: length(esc(part))).rstrip() + ELLIPSIS


def mrkdwn(text: Text, limit: int) -> str:
    """Escape a raw `text` (never a `Mrkdwn`) and shorten it visibly to `limit` characters.

    The cut is never inside an entity, a `<link|label>` or an emoji, and closes an open code fence.
    """
    source = text.source if isinstance(text, Mrkdwn) else esc(text)
    source = source.strip() or NOTHING
    if len(source) * 2 <= limit or length(source) <= limit:
        return source
    room = limit - 1 - len("\n" + _FENCE)
    kept = source[: whole_markup(source, len(_longest(source, room, length)))].rstrip()
    open_fence = kept.count(_FENCE) % 2 == 1
    return kept + ELLIPSIS + ("\n" + _FENCE if open_fence else "")


def whole_markup(source: str, end: int) -> int:
    """Move `end` back so that `source[:end]` has no half entity and no half `<...>`."""
    for opening, closing in (("<", ">"), ("&", ";")):
        start = source.rfind(opening, 0, end)
        if start >= 0 and source.find(closing, start, end) < 0:
            end = start
    return end


def whole_character(text: str, end: int) -> int:
    """Move `end` back so that `text[:end]` does not halve what a reader sees as one character."""
    lowest = max(end - _LONGEST_CLUSTER, 0)
    place = end
    while lowest < place < len(text) and _continues(text, place):
        place -= 1
    return place or end


def _longest(text: str, room: int, measure: Callable[[str], int]) -> str:
    """The longest start of `text` that measures at most `room`, in whole characters."""
    low, high = 0, min(len(text), room)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    return text[: whole_character(text, low)]


def _continues(text: str, place: int) -> bool:
    """Whether the character at `place` belongs to the one before it."""
    character, before = text[place], text[place - 1]
    if _ZERO_WIDTH_JOINER in (character, before) or unicodedata.category(character) in {"Mn", "Me", "Mc"}:
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f":
        return True  # a skin tone, or a letter inside a flag such as Scotland's
    return _half_flag(text, place)


def _half_flag(text: str, place: int) -> bool:
    """Whether `place` is the second of two regional letters that make one flag."""
    start = place
    while start > 0 and "\U0001f1e6" <= text[start - 1] <= "\U0001f1ff":
        start -= 1
    return "\U0001f1e6" <= text[place] <= "\U0001f1ff" and (place - start) % 2 == 1


def parts(source: str, limit: int) -> list[str]:
    """Part an escaped `source` into texts of at most `limit`, between lines or else words."""
    found: list[str] = []
    rest = source.strip()
    while length(rest[: limit + 1]) > limit:
        whole = rest[: whole_markup(rest, len(_longest(rest, limit, length)))]
        place = max(whole.rfind("\n"), 0) or max(whole.rfind(" "), 0) or len(whole) or limit
        found.append(rest[:place].rstrip())
        rest = rest[place:].strip()
    return [*found, rest or NOTHING] if rest or not found else found
