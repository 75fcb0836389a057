"""The Dutch of the bot keeps to the words of docs/words.md, and says je."""

from __future__ import annotations

import re
from pathlib import Path

from bot.views import catalog

PAGE = Path(__file__).parents[3] / "docs" / "words.md"
TYPED = re.compile(r"'[^']*'|\bnextstep playbook\b|docs/\S+|\{\w+\}")
"""Keys of a file, commands and places: they are the same in every language."""


def told() -> list[str]:
    """Every translation, without what is no Dutch."""
    return [TYPED.sub("", text) for text in translations()]


def translations() -> list[str]:
    """Without the words to type, which have aliases of their own."""
    messages = [message for message in catalog.read("nl") if message.id and not message.context]
    return [
        text
        for message in messages
        for text in ([message.string] if isinstance(message.string, str) else message.string or ())
    ]


def avoided() -> list[str]:
    rows = [line.strip("| \n").split(" |") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    return [word.strip() for row in rows[1:] if len(row) > 2 for word in row[2].split(",") if word.strip(" -")]


def test_one_thing_has_one_word() -> None:
    words = [word for word in avoided() if word != "not"]
    assert "beslissing" in words
    wrong = re.compile(rf"\b({'|'.join(words)})(s|en)?\b", re.IGNORECASE)
    assert [text for text in told() if wrong.search(text)] == []


def test_a_member_is_addressed_as_je() -> None:
    formal = re.compile(r"(?<!\{hours\} )\b(u|uw)\b", re.IGNORECASE)
    assert [text for text in translations() if formal.search(text)] == []
