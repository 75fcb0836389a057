"""Marks a message that Nextstep sent by itself, so that a click in it tells which one it was.

Slack sends back the id of the block that was clicked in, and the `external_id` of a dialog that was opened from
it: whatever is done there, the message is then drawn again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.views.message import Block

_MARK: Final = "delivery-"


def marked(blocks: Sequence[Block], delivery: int) -> tuple[Block, ...]:
    """The blocks with an id on each row of buttons that names the delivery."""
    return tuple(
        {**block, "block_id": f"{mark(delivery)}{place}"} if block["type"] == "actions" else block
        for place, block in enumerate(blocks)
    )


def mark(delivery: int) -> str:
    """What ids of things about this delivery begin with."""
    return f"{_MARK}{delivery}-"


def delivery_in(identifier: str) -> int | None:
    """The delivery that an id names, None when it names none."""
    if not identifier.startswith(_MARK):
        return None
    number = identifier.removeprefix(_MARK).partition("-")[0]
    return int(number) if number.isdecimal() else None
