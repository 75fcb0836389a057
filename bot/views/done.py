"""*Done, next on…*: what was to do is done, and the next thing gets its date."""

from __future__ import annotations

from bot.views import changes, kit
from bot.views.elements import Option
from bot.views.ids import Action, Block, Callback
from bot.views.markup import md
from bot.views.message import Block as Drawn
from bot.views.message import Modal
from bot.views.reader import Reader
from playbooks.events import MOST_WHAT, NextAction
from playbooks.ports import Tracked


def dialog(tracked: Tracked, proposed: NextAction, reader: Reader) -> Modal:
    """What is next, as the playbook proposes; how the contact ended, if it was one."""
    words, playbook = reader.words, tracked.journey.playbook
    outcomes = [Option(outcome.label, outcome.key) for outcome in playbook.outcomes]
    return kit.modal(
        Callback.DONE,
        words.gettext("Done"),
        *changes.standing(tracked, reader),
        *_what_was_done(tracked, reader),
        kit.input_block(
            words.gettext("What do we do next?"),
            kit.text_input(Action.FIELD, initial=proposed.what, longest=MOST_WHAT),
            block=Block.NEXT_WHAT,
        ),
        kit.input_block(
            words.gettext("On"), kit.date_picker(Action.FIELD, initial=proposed.on), block=Block.NEXT_DATE
        ),
        kit.input_block(
            words.gettext("How did it end?"),
            kit.select(Action.FIELD, outcomes),
            block=Block.OUTCOME,
            hint=words.gettext("Leave empty when it was no contact with them."),
            optional=True,
        ),
        submit=words.gettext("Save"),
        close=words.gettext("Cancel"),
        metadata=changes.slip_of(tracked),
    )


def _what_was_done(tracked: Tracked, reader: Reader) -> list[Drawn]:
    action = tracked.journey.next_action
    if action is None:
        return []
    return [kit.section(md(reader.words.gettext("*Done:* {what}"), what=action.what))]
