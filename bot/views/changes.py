"""What every dialog and answer about one journey shares: where it stands, what is next, and what one can do."""

from __future__ import annotations

from datetime import date

from bot.views import ids, kit, prospects, refusals
from bot.views.ids import Action, Slip
from bot.views.markup import md
from bot.views.message import Block
from bot.views.reader import Reader
from playbooks.events import NextAction
from playbooks.ports import Tracked
from playbooks.refusal import Refused

_LONGEST_NOTE = 2000


def slip_of(tracked: Tracked) -> Slip:
    """What a dialog about this journey carries."""
    return Slip(journey=tracked.id, step=tracked.journey.step_number)


def standing(tracked: Tracked, reader: Reader, refused: Refused | None = None) -> list[Block]:
    """Which prospect a dialog is about, in which step it is, and why what was typed was refused, if it was."""
    place = prospects.place_of(tracked.journey, reader)
    blocks = [kit.section(md("*{name}* · {place}", name=tracked.prospect.name, place=place))]
    if refused:
        blocks.append(kit.section(f"⚠ {refusals.sentence(refused, reader)}"))
    return blocks


def understood(day: date, reader: Reader) -> str:
    """A date as it was understood: `Fri 27 Nov (in 3 days)`, far from today without the distance."""
    shown, near = reader.day(day), reader.relative_day(day)
    return shown if shown == near else f"{shown} ({near})"


def planned(action: NextAction, reader: Reader) -> str:
    """`Call back, Fri 27 Nov (in 3 days)`."""
    return reader.words.gettext("{what}, {day}", what=action.what, day=understood(action.on, reader))


def next_action(tracked: Tracked, reader: Reader) -> list[Block]:
    """The line on our next action; nothing for a journey that is over."""
    action = tracked.journey.next_action
    if action is None:
        return []
    text = md(reader.words.gettext("*Next action:* {action}"), action=planned(action, reader))
    return [kit.section(text)]


def date_missing(reader: Reader) -> str:
    """Beside the field of a date that was left empty."""
    return reader.words.gettext("Choose a date.")


def note(text: str | None, reader: Reader) -> list[Block]:
    """The words that were kept with a change, so that one sees what was understood."""
    return [kit.context(reader.words.gettext("Note: {note}", note=text))] if text else []


def note_field(typed: str, field: Action, reader: Reader) -> Block:
    """A dialog's field for words of one's own, with what was typed behind the name."""
    box = kit.text_input(field, initial=typed, multiline=True, longest=_LONGEST_NOTE)
    return kit.input_block(reader.words.gettext("Note"), box, block=ids.Block.NOTE, optional=True)


def ending(tracked: Tracked, reader: Reader, *buttons: kit.Element) -> list[Block]:
    """The last rows of an answer: the prospect's own buttons while it is open, then these and *Undo*."""
    ticket, words = prospects.ticket_of(tracked), reader.words
    undo = kit.button(words.gettext("Undo"), Action.UNDO, ticket)
    if not tracked.journey.is_open:
        return [kit.actions(*buttons, undo)]
    plan = kit.button(words.gettext("Change next action"), Action.PLAN, ticket)
    return [prospects.buttons(ticket, reader), kit.actions(*buttons, plan, undo)]
