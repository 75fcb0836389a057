"""Characters that come along with a paste, and that nobody types."""

import pytest

from bot.grammar.arguments import split_arguments
from bot.grammar.characters import typed_characters


@pytest.mark.parametrize("stray", ["\x00", "\x07", "\x7f", "\u202e", "\u2066", "\ud83d"])
def test_what_nobody_types_is_left_out_and_nothing_else(stray: str) -> None:
    assert typed_characters(f"Ac{stray}me 🚀\n\tשלום") == "Acme 🚀\n\tשלום"
    assert split_arguments(f"Ac{stray}me", frozenset()).text == "Acme"
