"""How each command is used: a line for each thing it does, with an example to copy."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views import kit
from bot.views.ids import Action
from bot.views.markup import md
from bot.views.message import Message
from bot.views.reader import Reader

Example = tuple[str, str]
"""What to type, and what it does."""


def prospect(reader: Reader) -> Message:
    """The subcommands of `/prospect`."""
    gettext = reader.words.gettext
    title = gettext("What you can type after the command")
    first = [
        ("add Acme BV source:fair", gettext("starts a journey at step 1")),
        ("advance Acme", gettext("they took the decision: one step on")),
        ("log Acme talked next:friday min:20", gettext("a contact, how it ended and what comes next")),
        ("next Acme friday call back", gettext("another next action")),
        ("show Acme", gettext("all that happened")),
        ("list step:3 source:fair stalled", gettext("everybody's open prospects, filtered")),
    ]
    then = [
        ("wait Acme 1 march budget round", gettext("they named a date: waiting, not stalled")),
        ("decide Acme", gettext("asks for a decision by a date")),
        ("lost Acme price", gettext("they said no, and why")),
        ("not-now Acme 1 march", gettext("back to marketing until that date")),
        ("assign Acme @ann", gettext("hands it over")),
        ("undo Acme", gettext("takes back the last change")),
    ]
    hint = gettext("Nothing after the command: your open prospects. The beginning of a name is enough.")
    add = kit.actions(kit.button(gettext("Add a prospect"), Action.ADD))
    return kit.message(title, kit.header(title), _lines(first), _lines(then), kit.context(hint), add)


def _lines(examples: Sequence[Example]) -> kit.Block:
    return kit.section(
        kit.joined(md("{typed} – {does}", typed=kit.code(typed), does=does) for typed, does in examples)
    )
