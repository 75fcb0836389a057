"""What can be wrong with a file of history: the whole of it, or one of its rows."""

from __future__ import annotations

from typing import NamedTuple

_LONGEST_QUOTE = 60


class FileRefusedError(ValueError):
    """Nothing can be read from this file; one sentence says why and what would be right."""


class BadRow(NamedTuple):
    """One value that cannot stand: where it is, as it was written, and what would be right."""

    line: int
    column: str
    value: str
    right: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column} {shown(self.value)}: {self.right}"


def shown(value: str) -> str:
    """A value as a sentence can hold it."""
    flat = " ".join(value.split())
    if not flat:
        return "(empty)"
    return f"'{flat}'" if len(flat) <= _LONGEST_QUOTE else f"'{flat[: _LONGEST_QUOTE - 1]}…'"
