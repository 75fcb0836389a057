"""*Let go*: an end to a prospect without progress, in one of three ways."""

from __future__ import annotations

from enum import StrEnum

from bot.usecases.change import Changed
from bot.views import changes, kit, prospects
from bot.views.elements import Option
from bot.views.ids import Action, Block, Callback
from bot.views.markup import md
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from playbooks.ports import Tracked


class Ending(StrEnum):
    """How it ends."""

    LOST = "lost"
    NOT_NOW = "not_now"
    NO_DECISION = "no_decision"


def dialog(tracked: Tracked, reader: Reader) -> Modal:
    """Which of the three it is; the first two have a dialog of their own, which follows."""
    gettext = reader.words.gettext
    options = [
        Option(gettext("They said no"), Ending.LOST),
        Option(gettext("Not now: they want to be asked again later"), Ending.NOT_NOW),
        Option(gettext("No decision comes, and we stop asking"), Ending.NO_DECISION),
    ]
    return kit.modal(
        Callback.LET_GO,
        gettext("Let go"),
        *changes.standing(tracked, reader),
        kit.input_block(gettext("How does it end?"), kit.radio(Action.FIELD, options), block=Block.ENDING),
        submit=gettext("Go on"),
        close=gettext("Cancel"),
        metadata=changes.slip_of(tracked),
    )


def undecided(changed: Changed, reader: Reader) -> Message:
    """Closed as no decision, with the way back."""
    words, tracked = reader.words, changed.after
    text = md(
        words.gettext("*{name}* is closed in {place}: no decision."),
        name=tracked.prospect.name,
        place=prospects.place_of(tracked.journey, reader),
    )
    learned = words.gettext("Your time is free for those who decide.")
    timeline = prospects.timeline_button(prospects.ticket_of(tracked), reader)
    return kit.message(text, kit.section(text), kit.context(learned), *changes.ending(tracked, reader, timeline))
