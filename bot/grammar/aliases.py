"""Words that stand for a key (an outcome, a reason, a command), read at the start of a text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from playbooks.names import closest_words, folded_words

Meaning = TypeVar("Meaning")

_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Aliases(Generic[Meaning]):
    """What each alias means. Made once from a playbook's list and kept, since making it costs more than
    reading with it. Aliases may be several words; case, accents and hyphens do not matter.
    """

    meanings: Mapping[str, Meaning]
    most_words: int

    @classmethod
    def of(cls, meanings: Mapping[str, Meaning]) -> "Aliases[Meaning]":
        folded = {_folded(alias): meaning for alias, meaning in meanings.items()}
        # "no-show" is two words here and one when it is written.
        return cls(folded, max((alias.count(" ") + 1 for alias in folded), default=0))

    def read(self, text: str) -> tuple[Meaning, str] | None:
        """The meaning of the longest alias that the text starts with, and the text after it."""
        found, said = None, ""
        for number, match in enumerate(_WORD.finditer(text)):
            if number == self.most_words:
                break
            said = f"{said} {_folded(match.group())}".strip()
            if said in self.meanings:
                found = self.meanings[said], text[match.end() :].strip()
        return found

    def starts(self, text: str) -> bool:
        return self.read(text) is not None

    def closest(self, said: str, n: int = 3) -> tuple[Meaning, ...]:
        """The `n` meanings whose aliases look most like `said`, best first, each once."""
        nearest: Iterable[str] = closest_words(said, self.meanings, len(self.meanings))
        return tuple(dict.fromkeys(self.meanings[alias] for alias in nearest))[:n]


def _folded(alias: str) -> str:
    return " ".join(folded_words(alias)) or alias
