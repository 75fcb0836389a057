"""What people ask in Slack, and how long the answer may take."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from bot.grammar.arguments import unescape
from playbooks.ports import Request


class Kind(StrEnum):
    """In which way somebody asked."""

    COMMAND = "command"
    CLICK = "click"
    SUBMISSION = "submission"
    SHORTCUT = "shortcut"
    MESSAGE_SHORTCUT = "message_shortcut"
    HOME = "home"
    HOME_IN_FULL = "home_in_full"


class TimeBudget:
    """Runs from the moment it is made; remembers whether any of the work was kept."""

    def __init__(self, seconds: float, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._stopwatch = stopwatch
        self._started = stopwatch()
        self.kept = False

    def elapsed(self) -> float:
        """Seconds."""
        return self._stopwatch() - self._started

    def is_over(self) -> bool:
        return self.elapsed() > self._seconds

    def committed(self) -> None:
        self.kept = True


def typed(request: Request) -> str:
    """What the person wrote, so that it can be given back: the command, or a dialog's fields a line each."""
    match request.kind:
        case Kind.COMMAND:
            return f"{request.body.get('command', '')} {unescape(request.body.get('text') or '')}".strip()
        case Kind.SUBMISSION:
            return "\n".join(_filled_in(request.body.get("view") or {}))
        case _:
            return ""


def fields(view: Mapping[str, Any]) -> list[str]:
    """The block ids of a dialog's fields, in order: where Slack shows a complaint."""
    return [block["block_id"] for block in view.get("blocks") or () if block["type"] == "input"]


def _filled_in(view: Mapping[str, Any]) -> list[str]:
    values = (view.get("state") or {}).get("values") or {}
    labels = {
        block["block_id"]: block["label"]["text"] for block in view.get("blocks") or () if block["type"] == "input"
    }
    said = (
        (labels.get(block, block), _said(field)) for block, named in values.items() for field in named.values()
    )
    return [f"{label}: {value}" for label, value in said if value]


def _said(field: Mapping[str, Any]) -> str:
    options = [field.get("selected_option"), *(field.get("selected_options") or ())]
    texts = [option["text"]["text"] for option in options if option]
    plain = (field.get(key) for key in ("value", "selected_date", "selected_user", "selected_conversation"))
    return ", ".join(texts) or next((str(said) for said in plain if said), "")
