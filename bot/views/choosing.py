"""Which prospect is meant: a choice instead of a guess."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from bot.grammar.commands import Verb
from bot.views import kit
from bot.views.ids import Action
from bot.views.limits import BUTTON_VALUE, esc, length
from bot.views.message import Block, Message
from bot.views.reader import Reader
from playbooks.names import KnownProspect


class Pick(BaseModel):
    """A choice: the text that was typed, to be read again, and the prospect that is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    prospect: int


def which_prospect(
    text: str, said: str, candidates: Sequence[KnownProspect], reader: Reader, action: Action = Action.PICK
) -> Message:
    """A button for each prospect that the name may mean; `action` as in `choices`."""
    words = reader.words
    question = words.gettext("Which one do you mean by {said}?", said=said)
    return kit.message(question, kit.section(question), *choices(text, candidates, action))


def choices(text: str, candidates: Sequence[KnownProspect], action: Action = Action.PICK) -> list[Block]:
    """A row per candidate, for an action stands once in a row; none when the text is too long to carry.

    `action` belongs to the command whose text it is, and reads it again.
    """
    picks = [(known, Pick(text=text, prospect=known.id)) for known in candidates]
    return [
        kit.actions(kit.button(known.name, action, pick))
        for known, pick in picks
        if length(pick.model_dump_json()) <= BUTTON_VALUE
    ]


def shown(candidates: Sequence[KnownProspect]) -> list[Block]:
    """A row per candidate; each shows that prospect."""
    return [row for known in candidates for row in choices(f"{Verb.SHOW} {named(known.name)}", [known])]


def named(name: str) -> str:
    """A name as one types it in a command, whatever is in it: in quotes, and escaped as Slack does."""
    first, last = '""' if '"' not in name else "«»"
    return f"{first}{esc(name)}{last}"
