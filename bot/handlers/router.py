"""Which function answers what: filled by the handler modules, asked by `edge.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.replies import Reply
from bot.views.ids import Action, Callback

OnCommand = Callable[[Desk, str], Reply]
OnClick = Callable[[Desk, Click], Reply]
OnSubmission = Callable[[Desk, Form], Reply]
OnShortcut = Callable[[Desk, Mapping[str, Any]], Reply]


@dataclass(slots=True)
class Router:
    """Commands by their name without slash or prefix, clicks by action, submissions and shortcuts by callback."""

    commands: dict[str, OnCommand] = field(default_factory=dict)
    clicks: dict[Action, OnClick] = field(default_factory=dict)
    submissions: dict[Callback, OnSubmission] = field(default_factory=dict)
    shortcuts: dict[Callback, OnShortcut] = field(default_factory=dict)
    message_shortcuts: dict[Callback, OnShortcut] = field(default_factory=dict)
    home: Callable[[Desk], Reply] | None = None
    home_in_full: Callable[[Desk], Reply] | None = None
    """The same with all that takes longer than an answer may."""
