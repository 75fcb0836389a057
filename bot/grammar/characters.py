"""What a keyboard types, without what a paste may bring along."""

from __future__ import annotations

import re
from typing import Final

_NEVER_TYPED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, halves of a character, and marks that turn the direction of all that follows."""


def typed_characters(text: str) -> str:
    """The text without characters that nobody types: databases refuse some, others garble what stands beside."""
    return _NEVER_TYPED.sub("", text)
