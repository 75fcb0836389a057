"""A new prospect: the dialog, and what to do first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel, ConfigDict

from bot.usecases.add_prospect import Added
from bot.usecases.read_script import ScriptSheet
from bot.views import changes, kit, prospects
from bot.views.elements import Option
from bot.views.ids import Action, Block, Callback
from bot.views.markup import md
from bot.views.message import Block as Drawn
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from bot.views.scripts import spoken_blocks
from playbooks.pipeline import PublishedPlaybook

_LONGEST_NAME = 200


class Promised(BaseModel):
    """What was typed that the dialog has no field for: whose it will be, and the first next action."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    owner: int | None = None
    next_on: date | None = None
    next_what: str | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known already; `playbook` is a key, `owner` the name of who is promised it."""

    name: str = ""
    source: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    value: str = ""
    playbook: str = ""
    owner: str = ""
    promised: Promised = field(default_factory=Promised)


def dialog(
    filled: Filled, playbooks: Sequence[PublishedPlaybook], sources: Sequence[str], reader: Reader
) -> Modal:
    """Only the name is needed; the person makes the scripts speak."""
    words = reader.words
    fields = [
        _line(words.gettext("Company"), Block.NAME, filled.name, optional=False),
        _line(words.gettext("Source"), Block.SOURCE, filled.source, hint=_source_hint(sources, reader)),
        _line(words.gettext("Who decides there?"), Block.PERSON, filled.person),
        _line(words.gettext("Their role"), Block.PERSON_ROLE, ""),
        _line(words.gettext("Phone"), Block.PHONE, filled.phone),
        _line(words.gettext("E-mail"), Block.EMAIL, filled.email),
        _line(words.gettext("Value, a whole amount"), Block.VALUE, filled.value),
    ]
    fields.append(changes.note_field(filled.note, Action.FIELD, reader))
    if len(playbooks) > 1:
        options = [Option(playbook.name, playbook.key) for playbook in playbooks]
        menu = kit.select(Action.FIELD, options, initial=filled.playbook)
        fields.append(kit.input_block(words.gettext("Playbook"), menu, block=Block.PLAYBOOK))
    return kit.modal(
        Callback.ADD,
        words.gettext("Add a prospect"),
        *fields,
        *_promised(filled, reader),
        submit=words.gettext("Add"),
        close=words.gettext("Cancel"),
        metadata=filled.promised,
    )


def _promised(filled: Filled, reader: Reader) -> list[Drawn]:
    """Said in words, for there is no field that shows it."""
    gettext, promised = reader.words.gettext, filled.promised
    said = []
    if promised.next_on:
        day, what = reader.day(promised.next_on), promised.next_what
        said.append(gettext("Next action: {what}, {day}", what=what, day=day) if what else day)
    if filled.owner:
        said.append(gettext("Owner: {name}", name=filled.owner))
    return [kit.context(gettext("You typed: {said}", said=" · ".join(said)))] if said else []


def added(result: Added, sheet: ScriptSheet, reader: Reader) -> Message:
    """Where it stands, the first next action and its script; and whom it looks like."""
    words, tracked = reader.words, result.changed.after
    name, place = tracked.prospect.name, prospects.place_of(tracked.journey, reader)
    blocks: list[Drawn] = [kit.section(md(words.gettext("*{name}* starts in {place}."), name=name, place=place))]
    if result.lookalikes:
        alike = words.list_of([known.name for known in result.lookalikes[:3]])
        looks_like = words.gettext(
            "⚠ This looks like {names}, which is here already. The same company? Then undo this one.", names=alike
        )
        blocks.append(kit.section(looks_like))
    blocks += changes.next_action(tracked, reader)
    blocks += [kit.divider(), *spoken_blocks(sheet, reader), *changes.ending(tracked, reader)]
    return kit.message(words.gettext("{name} starts in {place}.", name=name, place=place), *blocks)


def whose_number(reader: Reader) -> str:
    return reader.words.gettext("Whose phone number or e-mail address is it? Give a name.")


def value_is_no_number(reader: Reader) -> str:
    return reader.words.gettext("A value is a whole amount; try 12000.")


def _line(label: str, block: Block, initial: str, *, hint: str = "", optional: bool = True) -> Drawn:
    field = kit.text_input(Action.FIELD, initial=initial, longest=_LONGEST_NAME)
    return kit.input_block(label, field, block=block, hint=hint, optional=optional)


def _source_hint(sources: Sequence[str], reader: Reader) -> str:
    if not sources:
        return reader.words.gettext("Where they came from, such as fair or website.")
    return reader.words.gettext("Known so far: {sources}.", sources=", ".join(sources[:8]))
