"""The playbooks that come with Nextstep, and a copy of one to start from."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

_ENDING = ".yaml"


class UnknownPlaybookError(LookupError):
    """No shipped playbook has this name."""


def shipped() -> tuple[str, ...]:
    """The names of the shipped playbooks, in alphabetical order."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


def shipped_text(name: str) -> str:
    """The YAML of a shipped playbook.

    Raises:
        UnknownPlaybookError: with the names that do exist.

    """
    if name not in shipped():
        raise UnknownPlaybookError(f"there is no shipped playbook '{name}'; use one of: {', '.join(shipped())}")
    return files(__name__).joinpath(name + _ENDING).read_text(encoding="utf-8")


def new_playbook(name: str, origin: str) -> str:
    """The YAML of a shipped playbook under a name and key of one's own.

    Raises:
        UnknownPlaybookError: when `origin` is not shipped.
        ValueError: when no key can be made out of the name.

    """
    label = " ".join(name.split())
    text = _replaced(shipped_text(origin), "key", key_for(name))
    quoted = label.replace("'", "''")
    return _replaced(text, "name", f"'{quoted}'")


def key_for(name: str) -> str:
    """The key for a name: `Zakelijke Diensten` becomes `zakelijke-diensten`.

    Raises:
        ValueError: when the name holds no letter to start with, or has more than 300 characters.

    """
    letters = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    key = re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789")[:40].strip("-")
    if not key or len(name) > 300 or not name.isprintable():  # noqa: PLR2004 - what a name may have
        raise ValueError(f"'{name[:60]}' cannot name a playbook; use a few words that start with a letter")
    return key


def _replaced(text: str, key: str, value: str) -> str:
    """The text with another value for a key of the playbook itself."""
    line = f"{key}: {value}"
    # A function and not the line itself, in which a backslash would mean something.
    return re.sub(rf"^{key}:.*$", lambda _: line, text, count=1, flags=re.MULTILINE)
