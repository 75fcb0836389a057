"""The words a rep says, as a rep reads them during a call."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from bot.usecases.read_script import ScriptSheet, Spoken
from bot.views import kit
from bot.views.ids import Action, Block
from bot.views.markup import md
from bot.views.message import Block as Drawn
from bot.views.reader import Reader
from bot.views.words import msgid
from playbooks.scripts import Missing


class Part(StrEnum):
    """What is shown of a step's script."""

    TALK = "talk"
    OBJECTIONS = "objections"
    DECISION = "decision"


class ScriptChoice(BaseModel):
    """Which words: of a journey where it stands now, or else of a step of a playbook version.

    `moment` and `variant` None mean the ones that are next; `start` is the first objection shown. Short
    enough to be the value of a menu's option.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    journey: int | None = None
    playbook: int | None = None
    step: int = 1
    moment: str | None = None
    variant: str | None = None
    part: Part = Part.TALK
    start: int = 0

    @property
    def value(self) -> str:
        return self.model_dump_json(exclude_defaults=True)


FIELDS: Final[Mapping[str, Block]] = {
    "person.name": Block.PERSON,
    "person.role": Block.PERSON_ROLE,
    "person.phone": Block.PHONE,
    "person.email": Block.EMAIL,
    "prospect.source": Block.SOURCE,
    "prospect.value": Block.VALUE,
}
"""What a rep can fill in, and its field in the dialog."""

_LABELS: Final[Mapping[Block, str]] = {
    Block.PERSON: msgid("name"),
    Block.PERSON_ROLE: msgid("role"),
    Block.PHONE: msgid("phone number"),
    Block.EMAIL: msgid("e-mail address"),
    Block.SOURCE: msgid("source"),
    Block.VALUE: msgid("value"),
}


def spoken_blocks(sheet: ScriptSheet, reader: Reader) -> list[Drawn]:
    """The script of one moment: how to open, what to ask about, and the one ask.

    Ends with a button to fill in what this prospect lacks, when it lacks anything.
    """
    words = reader.words
    if sheet.moment is None or sheet.variant is None or sheet.spoken is None:
        return [kit.section(words.gettext("This step has no script."))]
    title = md(
        words.gettext("*Script {variant}: {moment}* · {minutes}"),
        variant=sheet.variant.variant,
        moment=sheet.moment.name,
        minutes=words.minutes(sheet.moment.minutes),
    )
    lacking = fill_in_blocks(sheet, choice_of(sheet), reader)
    return [kit.section(title), *talk_blocks(sheet.spoken, reader), *lacking]


def talk_blocks(spoken: Spoken, reader: Reader) -> list[Drawn]:
    """One talk; the ask stands apart, for it is what the talk is for."""
    words = reader.words
    blocks = kit.sections(spoken.opening.text)
    if spoken.questions:
        questions = "\n".join(f"• {question.text}" for question in spoken.questions)
        blocks += kit.sections(md(words.gettext("*Questions*\n{questions}"), questions=questions))
    ask = kit.sections(md(words.gettext("👉 *The one ask*\n{ask}"), ask=spoken.ask.text))
    return [*blocks, kit.divider(), *ask]


def fill_in_blocks(sheet: ScriptSheet, choice: ScriptChoice, reader: Reader) -> list[Drawn]:
    """What the words shown lack, and the button to fill it in; nothing without a prospect to fill it in for."""
    lacking = [lack for lack in missing_in(sheet, choice.part) if lack.field in FIELDS]
    if sheet.tracked is None or not lacking:
        return []
    words = reader.words
    labels = [_label(lack, reader) for lack in dict.fromkeys(lacking)]
    text = words.gettext("Not known yet: {missing}.", missing=words.list_of(labels))
    return [kit.context(text), kit.actions(kit.button(words.gettext("Fill in"), Action.FILL_IN, choice))]


def choice_of(sheet: ScriptSheet, part: Part = Part.TALK) -> ScriptChoice:
    """What brings this sheet up again."""
    where = (
        {"journey": sheet.tracked.id}
        if sheet.tracked
        else {"playbook": sheet.playbook_id, "step": sheet.step_number}
    )
    return ScriptChoice(
        **where,
        moment=sheet.moment.key if sheet.moment else None,
        variant=sheet.variant.variant if sheet.variant else None,
        part=part,
    )


def missing_in(sheet: ScriptSheet, part: Part) -> tuple[Missing, ...]:
    """What the words of this part lack, each once. The answers to objections belong to the talk."""
    if part is Part.DECISION:
        return sheet.decision.missing if sheet.decision else ()
    talk = sheet.spoken.missing if part is Part.TALK and sheet.spoken else ()
    return tuple(dict.fromkeys([*talk, *(lack for item in sheet.objections for lack in item.missing)]))


def _label(lack: Missing, reader: Reader) -> str:
    label = reader.words.gettext(_LABELS[FIELDS[lack.field]])
    if lack.person is None:
        return label
    return reader.words.gettext("{label} of {person}", label=label, person=lack.person)
