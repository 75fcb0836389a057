"""What can be wrong with a playbook: a code, the place, and one sentence that says what would be right.

The sentences are templates, so that a view can translate them: `fault.sentence(words.gettext)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playbooks.fault_codes import PHRASES, FaultCode


def _as_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake or gap. `where` is a path of keys (`step2/intro/B`), the same in every language.

    `line` counts from 1. `details` are the facts that the sentence of this code names.
    """

    file: str
    line: int
    code: FaultCode
    where: str = "playbook"
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> str:
        return self._half(PHRASES[self.code].wrong)

    @property
    def right(self) -> str:
        return self._half(PHRASES[self.code].right)

    def sentence(self, translate: Callable[[str], str] = _as_is) -> str:
        """What is wrong and what would be right, on one line, without file and line."""
        phrase = PHRASES[self.code]
        return f"{self._half(translate(phrase.wrong))}; {self._half(translate(phrase.right))}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence()}"

    def _half(self, template: str) -> str:
        return " ".join(template.format(**{"where": self.where, **self.details}).split())


LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """A text from the file, short enough to stand in a sentence."""
    flat = " ".join(text.split())
    return f"'{flat}'" if len(flat) <= LONGEST_QUOTE else f"'{flat[: LONGEST_QUOTE - 1]}…'"
