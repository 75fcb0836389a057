"""The forced decision: the words to ask for it, the deadline, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Changed
from bot.usecases.force_decision import Room
from bot.usecases.read_script import ScriptSheet
from bot.views import changes, kit, prospects
from bot.views.ids import Action, Block, Callback
from bot.views.limits import BlockMode
from bot.views.markup import md
from bot.views.message import Block as Drawn
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from bot.views.scripts import Part, choice_of, fill_in_blocks, talk_blocks
from playbooks.events import MOST_WHAT
from playbooks.ports import Tracked


@dataclass(frozen=True, slots=True)
class Filled:
    """What was said already."""

    day: date | None = None
    what: str = ""


def dialog(tracked: Tracked, sheet: ScriptSheet, room: Room, filled: Filled, reader: Reader) -> Modal:
    """The decision script of the step, filled in, and by when the prospect answers."""
    words = reader.words
    latest = changes.understood(room.latest, reader)
    return kit.modal(
        Callback.DECIDE,
        words.gettext("Force a decision"),
        *changes.standing(tracked, reader),
        *_ends_a_wait(tracked, reader),
        *_script(sheet, reader),
        # A button inside a dialog does nothing where only the core is drawn; the script marks the gap anyway.
        *(_gaps(sheet, reader) if reader.blocks is BlockMode.FULL else []),
        kit.divider(),
        kit.input_block(
            words.gettext("By when do they decide?"),
            kit.date_picker(Action.FIELD, initial=filled.day or room.proposed),
            block=Block.UNTIL,
            hint=words.gettext("At the latest {day}.", day=latest),
        ),
        kit.input_block(
            words.gettext("Our next action that day"),
            kit.text_input(Action.FIELD, initial=filled.what or what_then(reader), longest=MOST_WHAT),
            block=Block.NEXT_WHAT,
            optional=True,
        ),
        submit=words.gettext("They were asked"),
        close=words.gettext("Cancel"),
        metadata=changes.slip_of(tracked),
    )


def asked(changed: Changed, due_on: date, reader: Reader) -> Message:
    """The deadline that was given, and a button for each answer."""
    words, tracked = reader.words, changed.after
    said = md(
        words.gettext("*{name}* was asked to decide by {day}."),
        name=tracked.prospect.name,
        day=changes.understood(due_on, reader),
    )
    blocks: list[Drawn] = [
        kit.section(said),
        *changes.next_action(tracked, reader),
        *_answers(tracked, reader),
    ]
    undo = kit.button(words.gettext("Undo"), Action.UNDO, prospects.ticket_of(tracked))
    return kit.message(said, *blocks, kit.actions(undo))


def asked_already(tracked: Tracked, sheet: ScriptSheet, room: Room, reader: Reader) -> Message:
    """They have a date already: what counts now is what they say; or an earlier date, where there is room."""
    words, name = reader.words, tracked.prospect.name
    day = changes.understood(room.due_on, reader)
    said = md(words.gettext("*{name}* was asked already, and decides by {day}."), name=name, day=day)
    if room.due_on < reader.today:
        said = md(words.gettext("*{name}* should have decided by {day}. Call now, and ask."), name=name, day=day)
    blocks: list[Drawn] = [
        kit.section(said),
        *_script(sheet, reader),
        *_gaps(sheet, reader),
        kit.divider(),
        *_answers(tracked, reader),
    ]
    if room.left:
        earlier = kit.button(words.gettext("An earlier date"), Action.DECIDE_EARLIER, prospects.ticket_of(tracked))
        blocks.append(kit.actions(earlier))
    return kit.message(said, *blocks)


def what_then(reader: Reader) -> str:
    """The words for our next action on the day the decision is due."""
    return reader.words.gettext("Hear their decision")


def _ends_a_wait(tracked: Tracked, reader: Reader) -> list[Drawn]:
    wait = tracked.journey.waits_on(reader.today)
    if wait is None:
        return []
    text = reader.words.gettext(
        "⏸ They asked to wait until {day}; asking for a decision ends that.", day=reader.day(wait.until)
    )
    return [kit.context(text)]


def _script(sheet: ScriptSheet, reader: Reader) -> list[Drawn]:
    """What to say; a step without decision script still asks for its decision."""
    words = reader.words
    if sheet.decision is None:
        text = md(words.gettext("*Ask them to decide:* {decision}"), decision=sheet.step.decision)
        return kit.sections(text)
    return talk_blocks(sheet.decision, reader)


def _gaps(sheet: ScriptSheet, reader: Reader) -> list[Drawn]:
    """What the script lacks about this prospect, and the button to fill it in."""
    return fill_in_blocks(sheet, choice_of(sheet, Part.DECISION), reader)


def _answers(tracked: Tracked, reader: Reader) -> list[Drawn]:
    """Yes, no or not now: each opens its own dialog."""
    words, ticket = reader.words, prospects.ticket_of(tracked)
    return [
        kit.section(words.gettext("What do they say?")),
        kit.actions(
            kit.button(words.gettext("They decided"), Action.DECIDED_YES, ticket, style="primary"),
            kit.button(words.gettext("No"), Action.DECIDED_NO, ticket),
            kit.button(words.gettext("Not now"), Action.DECIDED_NOT_NOW, ticket),
        ),
    ]
