"""What a handler may answer. `answering.py` turns each into what Slack wants at that place.

A plain `Message` is an answer only the asker sees; a `Modal` opens (or is put on top of the one that is open);
a `Home` is drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.usecases.deliver import Post
from bot.views.message import Home, Message, Modal


@dataclass(frozen=True, slots=True)
class Replaces:
    """Takes the place of the message whose button was clicked."""

    message: Message


@dataclass(frozen=True, slots=True)
class Redraws:
    """Takes the place of the dialog in which something was clicked or submitted; what was typed stays."""

    modal: Modal


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Sentences beside the fields of a dialog, which stays open with all that was typed."""

    errors: Mapping[StrEnum, str]


@dataclass(frozen=True, slots=True)
class Sends:
    """Answered with a message at once, and then with one of its own in the asker's messages with Nextstep.

    `draw` makes that one, and may take a while: it is called when the answer has gone out.
    """

    message: Message
    draw: Callable[[], Post]


@dataclass(frozen=True, slots=True)
class Nothing:
    """No answer is needed."""


Reply = Message | Modal | Home | Replaces | Redraws | FieldErrors | Sends | Nothing
