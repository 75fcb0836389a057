"""*Log a contact* on a message: with which prospect, and what of it to keep."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views import kit
from bot.views.elements import Option
from bot.views.ids import Action, Block, Callback, Ticket
from bot.views.message import Modal
from bot.views.reader import Reader
from playbooks.events import MOST_TEXT
from playbooks.names import folded_words, name_key
from playbooks.pipeline import Line


def which(lines: Sequence[Line], said: str, reader: Reader) -> Modal:
    """My open prospects to choose from, one that the message names first; its text is the note."""
    words = reader.words
    lines, mentioned = _named_first(lines, said)
    menu = kit.select(
        Action.FIELD,
        [Option(line.name, _ticket(line)) for line in lines],
        initial=_ticket(lines[0]) if mentioned else "",
    )
    hint = words.gettext("The message names {name}.", name=lines[0].name) if mentioned else ""
    note = kit.text_input(Action.FIELD, initial=said, multiline=True, longest=MOST_TEXT)
    return kit.modal(
        Callback.LOG_WHICH,
        words.gettext("Log a contact"),
        kit.input_block(words.gettext("Which prospect?"), menu, block=Block.PROSPECT, hint=hint),
        kit.input_block(words.gettext("Note"), note, block=Block.NOTE, optional=True),
        submit=words.gettext("Next"),
        close=words.gettext("Cancel"),
    )


def _ticket(line: Line) -> str:
    return Ticket(journey=line.journey_id, version=line.version).model_dump_json()


def _named_first(lines: Sequence[Line], said: str) -> tuple[list[Line], bool]:
    """The prospect with the longest name that stands in the text comes first."""
    text = f" {' '.join(folded_words(said))} "
    found = [line for line in lines if any(f" {name} " in text for name in _written(line.name))]
    if not found:
        return [*lines], False
    first = max(found, key=lambda line: len(line.name))
    return [first, *(line for line in lines if line is not first)], True


def _written(name: str) -> tuple[str, str]:
    """A name as it may stand in a text: as it is, and without its legal form."""
    return " ".join(folded_words(name)), name_key(name)
