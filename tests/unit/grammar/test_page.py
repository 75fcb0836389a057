"""docs/grammar.md tells people every word that the grammar knows."""

from pathlib import Path

from bot.grammar.arguments import Key
from bot.grammar.prospect import VERBS

PAGE = Path(__file__).parents[3] / "docs" / "grammar.md"


def test_the_page_names_every_subcommand_and_key() -> None:
    page = PAGE.read_text(encoding="utf-8")
    words = [alias for aliases in VERBS.values() for alias in aliases] + [key.value for key in Key]
    assert [word for word in words if f"`{word}`" not in page] == []
