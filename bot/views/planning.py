"""The one next action: another date, or other words."""

from __future__ import annotations

from datetime import date

from bot.usecases.change import Changed
from bot.views import changes, kit
from bot.views.ids import Action, Block, Callback
from bot.views.markup import md
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from playbooks.events import MOST_WHAT
from playbooks.ports import Tracked
from playbooks.refusal import Refused


def dialog(tracked: Tracked, day: date | None, what: str, reader: Reader, refused: Refused | None = None) -> Modal:
    """The next action as it is, to change; `day` and `what` were said already, `refused` is what was wrong."""
    words, present = reader.words, tracked.journey.next_action
    on = day or (present.on if present and present.on >= reader.today else None)
    return kit.modal(
        Callback.PLAN,
        words.gettext("Next action"),
        *changes.standing(tracked, reader, refused),
        kit.input_block(
            words.gettext("What do we do next?"),
            kit.text_input(Action.FIELD, initial=what or (present.what if present else ""), longest=MOST_WHAT),
            block=Block.NEXT_WHAT,
        ),
        kit.input_block(words.gettext("On"), kit.date_picker(Action.FIELD, initial=on), block=Block.NEXT_DATE),
        submit=words.gettext("Save"),
        close=words.gettext("Cancel"),
        metadata=changes.slip_of(tracked),
    )


def planned(changed: Changed, reader: Reader) -> Message:
    """The next action that holds now, with the date understood."""
    words, tracked = reader.words, changed.after
    action, name = tracked.journey.next_action, tracked.prospect.name
    said = changes.planned(action, reader) if action else ""
    if changed.before == changed.after:
        template = words.gettext("Nothing changed: that was the next action of *{name}* already: {action}.")
    else:
        template = words.gettext("Next action for *{name}*: {action}.")
    text = md(template, name=name, action=said)
    return kit.message(text, kit.section(text), *changes.ending(tracked, reader))
