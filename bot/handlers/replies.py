"""What a handler may answer. `answering.py` turns each into what Slack wants at that place.

A plain `Message` is an answer only the asker sees; a `Modal` opens (or is put on top of the one that is open);
a `Home` is drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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
class Nothing:
    """No answer is needed."""


Reply = Message | Modal | Home | Replaces | Redraws | FieldErrors | Nothing
