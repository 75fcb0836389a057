"""Draws a message that Nextstep sent by itself again, once something was done from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.content import Contents
from bot.views.ids import Action
from bot.views.marks import delivery_in
from bot.views.message import Message
from playbooks.ports import NotHere, Units

ACTS_AT_ONCE: Final = frozenset({Action.UNDO, Action.START_AGAIN})
"""The buttons that change something without a dialog."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The message as it is now, and where it stands in Slack."""

    channel: str
    ts: str
    message: Message


def delivery_behind(body: Mapping[str, Any]) -> int | None:
    """The delivery in which something was clicked, or from which a dialog was opened; None for other requests."""
    view = body.get("view") or {}
    if view:
        return delivery_in(str(view.get("external_id") or ""))
    actions = body.get("actions") or [{}]
    return delivery_in(str(actions[0].get("block_id") or ""))


def acts_at_once(body: Mapping[str, Any]) -> bool:
    """Whether what was clicked changes something without a dialog."""
    return any(action.get("action_id") in ACTS_AT_ONCE for action in body.get("actions") or ())


def redrawn(delivery_id: int, slack_team: str, units: Units, contents: Contents, at: datetime) -> Redrawn | None:
    """The message after what was done; None when it says the same whatever is done, or is not ours."""
    with units.reading(slack_team) as uow:
        try:
            delivery = uow.deliveries.get(delivery_id)
        except NotHere:
            return None
        post = contents.again(delivery, uow, at)
    if post is None or delivery.channel is None or delivery.ts is None:
        return None
    return Redrawn(delivery.channel, delivery.ts, Message(post.text, tuple(map(dict, post.blocks))))
