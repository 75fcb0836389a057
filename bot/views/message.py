"""What a view returns: values that are ready for Slack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Block: TypeAlias = dict[str, Any]
Payload: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """A message. `text` is what notifications and screen readers use; it is escaped already."""

    text: str
    blocks: tuple[Block, ...] = ()

    def payload(self) -> Payload:
        """The arguments of `chat.postMessage`, `respond` or an acknowledgement, without a destination."""
        return {"text": self.text, "blocks": list(self.blocks)}


@dataclass(frozen=True, slots=True)
class Modal:
    """A dialog. `private_metadata` is the JSON of a typed model, read back on submission."""

    callback: str
    title: str
    blocks: tuple[Block, ...]
    submit: str | None = None
    close: str | None = None
    private_metadata: str = ""
    notify_on_close: bool = False

    def payload(self) -> Payload:
        """The `view` of `views.open`, `views.push`, `views.update` or a response action."""
        view: Payload = {
            "type": "modal",
            "callback_id": self.callback,
            "title": _plain(self.title),
            "blocks": list(self.blocks),
            "notify_on_close": self.notify_on_close,
        }
        if self.submit is not None:
            view["submit"] = _plain(self.submit)
        if self.close is not None:
            view["close"] = _plain(self.close)
        if self.private_metadata:
            view["private_metadata"] = self.private_metadata
        return view


@dataclass(frozen=True, slots=True)
class Home:
    """The App Home of one member. `unfinished`: there is more to come that takes a moment."""

    blocks: tuple[Block, ...]
    unfinished: bool = False

    def payload(self) -> Payload:
        """The `view` of `views.publish`."""
        return {"type": "home", "blocks": list(self.blocks)}


def _plain(text: str) -> Payload:
    return {"type": "plain_text", "text": text, "emoji": True}
