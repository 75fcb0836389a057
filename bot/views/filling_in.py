"""*Fill in*: a dialog with exactly what a script lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict

from bot.usecases.read_script import ScriptSheet
from bot.views import kit
from bot.views.ids import Action, Block, Callback
from bot.views.markup import md
from bot.views.message import Block as Drawn
from bot.views.message import Modal
from bot.views.reader import Reader
from bot.views.scripts import FIELDS, ScriptChoice, missing_in
from bot.views.words import msgid
from playbooks.scripts import Missing

_LONGEST: Final = 200
_LABELS: Final[Mapping[Block, str]] = {
    Block.PERSON: msgid("Who decides there?"),
    Block.PERSON_ROLE: msgid("Their role"),
    Block.PHONE: msgid("Phone"),
    Block.EMAIL: msgid("E-mail"),
    Block.SOURCE: msgid("Source"),
    Block.VALUE: msgid("Value, a whole amount"),
}


class FillingIn(BaseModel):
    """What the dialog carries: the words to show again, and the person it is about (None: not known yet)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    choice: ScriptChoice
    person: str | None = None


def dialog(sheet: ScriptSheet, choice: ScriptChoice, reader: Reader) -> Modal | None:
    """Asks for what these words lack; None when nothing is lacking any more.

    One person at a time: what a second one lacks is asked for once the first is complete.
    """
    lacking = [lack for lack in missing_in(sheet, choice.part) if lack.field in FIELDS]
    if sheet.tracked is None or not lacking:
        return None
    words = reader.words
    person = next((lack.person for lack in lacking if _is_personal(lack)), None)
    fields = _fields(lacking, person)
    drawn = [_field(block, reader, optional=len(fields) > 1) for block in FIELDS.values() if block in fields]
    return kit.modal(
        Callback.FILL_IN,
        words.gettext("Fill in"),
        _about(sheet.tracked.prospect.name, person, reader),
        *drawn,
        submit=words.gettext("Save"),
        close=words.gettext("Cancel"),
        metadata=FillingIn(choice=choice, person=person),
    )


def nothing_given(reader: Reader) -> str:
    return reader.words.gettext("Fill in at least one field, or cancel.")


def whose_is_it(reader: Reader) -> str:
    return reader.words.gettext("Give the name as well: a role, phone or e-mail belongs to a person.")


def email_is_none(reader: Reader) -> str:
    return reader.words.gettext("This is not an e-mail address; try one like ann@acme.example.")


def _fields(lacking: Sequence[Missing], person: str | None) -> set[Block]:
    """The fields of this person and of the prospect; a person without a name needs one first."""
    blocks = {FIELDS[lack.field] for lack in lacking if not _is_personal(lack) or lack.person == person}
    unnamed = person is None and any(_is_personal(lack) for lack in lacking)
    return blocks | {Block.PERSON} if unnamed else blocks


def _is_personal(lack: Missing) -> bool:
    return lack.field.startswith("person.")


def _about(prospect: str, person: str | None, reader: Reader) -> Drawn:
    if person is None:
        return kit.section(md(reader.words.gettext("*{name}*"), name=prospect))
    return kit.section(md(reader.words.gettext("*{name}* · {person}"), name=prospect, person=person))


def _field(block: Block, reader: Reader, *, optional: bool) -> Drawn:
    field = kit.text_input(Action.FIELD, longest=_LONGEST)
    return kit.input_block(reader.words.gettext(_LABELS[block]), field, block=block, optional=optional)
