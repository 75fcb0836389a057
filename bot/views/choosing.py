"""Which prospect is meant: a choice instead of a guess."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from bot.views import kit
from bot.views.ids import Action
from bot.views.limits import BUTTON_VALUE
from bot.views.message import Block, Message
from bot.views.reader import Reader
from playbooks.names import KnownProspect


class Pick(BaseModel):
    """A choice: the text that was typed, to be read again, and the prospect that is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    prospect: int


def which_prospect(text: str, said: str, candidates: Sequence[KnownProspect], reader: Reader) -> Message:
    """A button for each prospect that the name may mean."""
    words = reader.words
    question = words.gettext("Which one do you mean by {said}?", said=said)
    return kit.message(question, kit.section(question), *choices(text, candidates))


def choices(text: str, candidates: Sequence[KnownProspect]) -> list[Block]:
    """A row per candidate, for an action stands once in a row; none when the text is too long to carry."""
    picks = [(known, Pick(text=text, prospect=known.id)) for known in candidates]
    return [
        kit.actions(kit.button(known.name, Action.PICK, pick))
        for known, pick in picks
        if len(pick.model_dump_json()) <= BUTTON_VALUE
    ]
