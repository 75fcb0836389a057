"""Whole messages, dialogs and Homes: what a view ends with. Nothing passes that Slack would refuse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from enum import StrEnum

from pydantic import BaseModel

from bot.views import limits
from bot.views.blocks import carry, context, identifier, text_length
from bot.views.limits import ELLIPSIS, Text, mrkdwn, plain
from bot.views.message import Block, Home, Message, Modal
from bot.views.table import drawn_as_text

_NOTE = 150
"""Room for the note that blocks are left out, as text or as JSON."""


def message(text: Text, *blocks: Block) -> Message:
    """A message; `text` says it all for those who see no blocks. Without blocks it is the message.

    Raises ValueError when `text` is empty.
    """
    if not str(text).strip():
        raise ValueError("a message needs a text")
    shown = [drawn_as_text(block) if again else block for block, again in _tables(blocks)]
    shown = _fit(shown, limits.MESSAGE_BLOCKS, limits.MESSAGE_BLOCKS_TEXT, text_length)
    return Message(mrkdwn(text, limits.MESSAGE_TEXT), tuple(shown))


def modal(
    callback: StrEnum,
    title: str,
    *blocks: Block,
    submit: str | None = None,
    close: str | None = None,
    metadata: BaseModel | None = None,
    notify_on_close: bool = False,
) -> Modal:
    """A dialog. `metadata` comes back with the submission as JSON.

    Raises ValueError when there is no block, a field but no `submit`, a block id twice, two fields
    that take the focus, or metadata that does not fit.
    """
    _check_fields(blocks, submit)
    return Modal(
        callback=identifier(callback),
        title=plain(title, limits.MODAL_TITLE),
        blocks=_view(blocks),
        submit=None if submit is None else plain(submit, limits.MODAL_TITLE),
        close=None if close is None else plain(close, limits.MODAL_TITLE),
        private_metadata="" if metadata is None else carry(metadata, limits.PRIVATE_METADATA),
        notify_on_close=notify_on_close,
    )


def home(*blocks: Block) -> Home:
    """A member's App Home. Raises ValueError when there is no block."""
    return Home(_view(blocks))


def _view(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    if not blocks:
        raise ValueError("a view needs at least one block")
    drawn = [drawn_as_text(block) for block in blocks]  # Slack draws a table in messages only
    return tuple(_fit(drawn, limits.VIEW_BLOCKS, limits.VIEW_SIZE, _size))


def _check_fields(blocks: tuple[Block, ...], submit: str | None) -> None:
    fields = sum(block["type"] == "input" for block in blocks)
    if fields > limits.VIEW_BLOCKS - 2:
        raise ValueError(f"a dialog of {fields} fields does not fit in {limits.VIEW_BLOCKS} blocks")
    if sum(bool(block.get("element", {}).get("focus_on_load")) for block in blocks) > 1:
        raise ValueError("only one field of a dialog can take the focus")
    if submit is None and fields:
        raise ValueError("a dialog with a field needs a submit button")


def _tables(blocks: Iterable[Block]) -> Iterable[tuple[Block, bool]]:
    """Each block, and whether it is a table after the one that Slack allows in a message."""
    seen = False
    for block in blocks:
        yield block, seen
        seen = seen or block["type"] == "table"


def _check_ids(blocks: Iterable[Block]) -> None:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) < len(ids):
        raise ValueError(f"a block id is there twice: {', '.join(sorted(ids))}")


def _fit(blocks: list[Block], most: int, room: int, size: Callable[[Block], int]) -> list[Block]:
    """Leave out blocks that do not fit, with a visible note where the first is missing.

    Fields of a dialog stay, and so does the last row of buttons: they are what one can do.
    """
    _check_ids(blocks)
    sizes = [size(block) for block in blocks]
    if len(blocks) <= most and sum(sizes) <= room:
        return blocks
    kept = _needed(blocks, sizes, room)
    most -= len(kept) + 1
    room -= sum(sizes[place] for place in kept) + _NOTE
    missing = 0
    for place in [place for place in range(len(blocks)) if place not in kept]:
        if missing or most < 1 or sizes[place] > room:
            missing += 1
            continue
        kept.add(place)
        most, room = most - 1, room - sizes[place]
    return _with_note(blocks, kept, missing)


def _needed(blocks: list[Block], sizes: list[int], room: int) -> set[int]:
    fields = {place for place, block in enumerate(blocks) if block["type"] == "input"}
    rows = [place for place, block in enumerate(blocks) if block["type"] == "actions"]
    return fields | {place for place in rows[-1:] if sizes[place] + _NOTE <= room}


def _size(block: Block) -> int:
    return len(json.dumps(block))


def _with_note(blocks: list[Block], kept: set[int], missing: int) -> list[Block]:
    if not missing:
        return blocks
    first = next(place for place in range(len(blocks)) if place not in kept)
    note = context(f"{ELLIPSIS} +{missing}")
    shown = [blocks[place] for place in sorted(kept)]
    before = sum(place < first for place in kept)
    return [*shown[:before], note, *shown[before:]]
