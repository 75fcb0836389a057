"""The blocks a view is made of, correct by construction.

Texts are raw unless they are `Mrkdwn`; the kit escapes them once, and shortens what is too long
visibly. Ids are members of enums. What a program got wrong (an id twice in one block, metadata that
does not fit) raises `ValueError`; nothing that a person typed does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel

from bot.views import limits
from bot.views.limits import ELLIPSIS, Mrkdwn, Text, mrkdwn, plain
from bot.views.markup import joined
from bot.views.message import Block

Element: TypeAlias = dict[str, Any]
Style: TypeAlias = Literal["primary", "danger"]


@dataclass(frozen=True, slots=True)
class Confirm:
    """The question Slack asks before a button does something that cannot be taken back easily."""

    title: str
    text: Text
    yes: str
    no: str


def header(text: str) -> Block:
    return {"type": "header", "text": plain_text(text, limits.HEADER_TEXT)}


def divider() -> Block:
    return {"type": "divider"}


def section(text: Text = "", *, fields: Sequence[Text] = (), accessory: Element | None = None) -> Block:
    """A paragraph, or up to ten short fields in two columns, with one element at its right."""
    block: Block = {"type": "section"}
    if text or not fields:
        block["text"] = mrkdwn_text(text, limits.SECTION_TEXT)
    if fields:
        block["fields"] = [mrkdwn_text(field, limits.FIELD_TEXT) for field in _few(fields, limits.SECTION_FIELDS)]
    if accessory is not None:
        block["accessory"] = accessory
    return block


def sections(text: Text) -> list[Block]:
    """A long text as several paragraphs, parted between lines or words; nothing is left out."""
    source = text.source if isinstance(text, Mrkdwn) else limits.esc(text)
    return [section(Mrkdwn(part)) for part in limits.parts(source, limits.SECTION_TEXT)]


def context(*texts: Text) -> Block:
    """Small grey text; from the tenth on the texts share one element."""
    first, rest = texts[: limits.CONTEXT_ELEMENTS - 1], texts[limits.CONTEXT_ELEMENTS - 1 :]
    shown: list[Text] = [*first, joined(rest, " · ")] if rest else list(first)
    return {"type": "context", "elements": [mrkdwn_text(text, limits.CONTEXT_TEXT) for text in shown or [""]]}


def image(url: str, alt: str, *, title: str = "") -> Block:
    """Raises ValueError when the address is too long for Slack."""
    block: Block = {"type": "image", "image_url": _url(url), "alt_text": plain(alt, limits.ALT_TEXT)}
    if title:
        block["title"] = plain_text(title, limits.IMAGE_TITLE)
    return block


def actions(*elements: Element, block: StrEnum | None = None) -> Block:
    """A row of buttons and menus. Raises ValueError when an action id is there twice."""
    ids = [element["action_id"] for element in elements]
    if not ids or len(ids) > limits.ACTIONS:
        raise ValueError(f"a row of actions has 1 to {limits.ACTIONS} elements, not {len(ids)}")
    if len(set(ids)) < len(ids):
        raise ValueError(f"an action id is twice in one row: {', '.join(sorted(ids))}")
    if any(element["type"].startswith("multi_") for element in elements):
        raise ValueError("Slack takes no menu of several choices in a row of actions")
    row: Block = {"type": "actions", "elements": list(elements)}
    if block is not None:
        row["block_id"] = identifier(block)
    return row


def input_block(
    label: str,
    element: Element,
    *,
    block: StrEnum,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """A field of a dialog. `block` names it in errors and in what comes back."""
    field: Block = {
        "type": "input",
        "block_id": identifier(block),
        "label": plain_text(label, limits.LABEL),
        "element": element,
        "optional": optional,
    }
    if hint:
        field["hint"] = plain_text(hint, limits.HINT)
    if dispatch:
        field["dispatch_action"] = True
    return field


def button(
    text: str,
    action: StrEnum,
    value: str | BaseModel = "",
    *,
    style: Style | None = None,
    url: str = "",
    confirm: Confirm | None = None,
) -> Element:
    """A button; `value` comes back when it is clicked. Raises ValueError when it does not fit."""
    element: Element = {
        "type": "button",
        "text": plain_text(text, limits.BUTTON_TEXT),
        "action_id": identifier(action),
    }
    if carried := carry(value, limits.BUTTON_VALUE):
        element["value"] = carried
    if style is not None:
        element["style"] = style
    if url:
        element["url"] = _url(url)
    if confirm is not None:
        element["confirm"] = confirmation(confirm)
    return element


def confirmation(confirm: Confirm) -> Element:
    return {
        "title": plain_text(confirm.title, limits.CONFIRM_TITLE),
        "text": mrkdwn_text(confirm.text, limits.CONFIRM_TEXT),
        "confirm": plain_text(confirm.yes, limits.CONFIRM_BUTTON),
        "deny": plain_text(confirm.no, limits.CONFIRM_BUTTON),
    }


def carry(value: str | BaseModel, limit: int) -> str:
    """What a button or a dialog carries, as text. A cut value would be a lie, so it raises ValueError."""
    text = value.model_dump_json(exclude_defaults=True) if isinstance(value, BaseModel) else value
    if limits.length(text) > limit:
        raise ValueError(f"a value of {limits.length(text)} characters does not fit in {limit}: {text[:60]}...")
    return text


def identifier(name: StrEnum) -> str:
    """Raises ValueError when an id is empty or too long for Slack."""
    if not 0 < len(name) <= limits.IDENTIFIER:
        raise ValueError(f"an id has 1 to {limits.IDENTIFIER} characters: {name!r}")
    return str(name)


def plain_text(text: str, limit: int) -> Element:
    """Slack's plain text object, shortened to `limit`."""
    return {"type": "plain_text", "text": plain(text, limit), "emoji": True}


def mrkdwn_text(text: Text, limit: int) -> Element:
    """Slack's markup object: a raw text is escaped, and shortened to `limit`."""
    # verbatim: otherwise Slack itself turns "@channel" and "acme.nl" in a name into a ping and a link
    return {"type": "mrkdwn", "text": mrkdwn(text, limit), "verbatim": True}


def _few(texts: Sequence[Text], limit: int) -> list[Text]:
    if len(texts) <= limit:
        return list(texts)
    return [*texts[: limit - 1], f"{ELLIPSIS} +{len(texts) - limit + 1}"]


def _url(url: str) -> str:
    if limits.length(url) > limits.URL:
        raise ValueError(f"an address of {len(url)} characters does not fit in {limits.URL}: {url[:60]}...")
    return url


def text_length(block: Block) -> int:
    """Length of all texts in a block, in Slack's units."""
    total, parts = 0, [block]
    while parts:
        part = parts.pop()
        text = part.get("text")
        if type(text) is str:
            total += limits.length(text)
        for value in part.values():
            # By type and not isinstance: most values are texts, and every message is measured.
            kind = type(value)
            if kind is dict:
                text = value.get("text")
                if type(text) is str:  # half of all objects are no more than that
                    total += len(text) if text.isascii() else limits.length(text)
                else:
                    parts.append(value)
            elif kind is list:
                parts.extend(_objects(value))
    return total


def _objects(values: list[Any]) -> list[dict[str, Any]]:
    """The objects in a list and, as in a table's rows, in the lists inside it."""
    found = [value for value in values if type(value) is dict]
    if len(found) < len(values):
        for value in values:
            if type(value) is list:
                found.extend(_objects(value))
    return found
