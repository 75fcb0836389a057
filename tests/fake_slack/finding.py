"""Finding what a person means on the screen: a button by its text, a field by its label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.fake_slack.blocks import elements_of
from tests.fake_slack.errors import ClientRefusedError

Block = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """An element and the block it stands in."""

    block: Block
    element: dict[str, Any]

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def names(self) -> set[str]:
        """All that a test may call it by: text, placeholder, label, action_id, block_id."""
        texts = [self.element.get("text"), self.element.get("placeholder"), self.block.get("label")]
        return {text["text"] for text in texts if text} | {self.action_id, self.block_id}

    def __str__(self) -> str:
        names = sorted(self.names - {self.action_id, self.block_id})
        return f"{self.element['type']} {names or ''} action_id={self.action_id} block_id={self.block_id}"


def find(blocks: Sequence[Block], name: str, within: str | None = None) -> Found:
    """The one element called `name`; `within` narrows to a block by its block_id or by text in it.

    A row's text and its buttons may stand in two blocks: text that stands in a block without elements stands for
    the next block that has some.

    Raises ClientRefusedError, telling what there is, when there is none, or more than one.
    """
    there = [Found(block, element) for block in _narrowed(blocks, within) for element in elements_of(block)]
    matches = [found for found in there if name in found.names]
    matches = matches or [found for found in there if any(name in each for each in found.names)]
    if len(matches) != 1:
        seen = "\n  ".join(map(str, there)) or "nothing to press or fill in"
        count = "no" if not matches else f"{len(matches)} times"
        raise ClientRefusedError(f"{count} {name!r} on this screen (within={within!r}); there is:\n  {seen}")
    return matches[0]


def _narrowed(blocks: Sequence[Block], within: str | None) -> Sequence[Block]:
    if within is None:
        return blocks
    chosen = []
    for index, block in enumerate(blocks):
        if block["block_id"] == within or any(within in text for text in texts_of(block)):
            rest = blocks[index:]
            chosen.extend([each for each in rest if elements_of(each)][:1])
    return [block for index, block in enumerate(chosen) if block not in chosen[:index]]


def texts_of(value: Any) -> list[str]:
    """All texts of a block or a list of blocks that a reader sees, in order."""
    if isinstance(value, list):
        return [text for each in value for text in texts_of(each)]
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        if isinstance(value.get("title"), str):
            own.append(value["title"])
        return own + [text for each in value.values() for text in texts_of(each)]
    return []
