"""The prospect named a date of its own: the dialog, and what waiting means."""

from __future__ import annotations

from datetime import date

from bot.usecases.change import Changed
from bot.views import changes, kit, prospects, refusals
from bot.views.ids import Action, Block, Callback
from bot.views.markup import md
from bot.views.message import Block as Drawn
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from playbooks.events import MOST_TEXT
from playbooks.history import Journey
from playbooks.ports import Tracked
from playbooks.refusal import Refused


def dialog(
    tracked: Tracked, until: date | None, why: str, reader: Reader, refused: Refused | None = None
) -> Modal:
    """Until when, and why; what the step allows, and what was refused, is said first."""
    words = reader.words
    return kit.modal(
        Callback.WAIT,
        words.gettext("They want to wait"),
        *changes.standing(tracked, reader, refused),
        kit.section(
            words.gettext(
                "Only for a date that the prospect named. Until then the step's clock stands still: "
                "no stall, and no decision due. The time still counts in the numbers."
            )
        ),
        kit.context(_allowed(tracked.journey, reader)),
        kit.input_block(words.gettext("Until"), kit.date_picker(Action.FIELD, initial=until), block=Block.UNTIL),
        kit.input_block(
            words.gettext("What happens until then?"),
            kit.text_input(Action.FIELD, initial=why, multiline=True, longest=MOST_TEXT),
            block=Block.NOTE,
            hint=words.gettext("In their words, such as: budget round."),
            optional=True,
        ),
        submit=words.gettext("Wait"),
        close=words.gettext("Cancel"),
        metadata=changes.slip_of(tracked),
    )


def waits(changed: Changed, until: date, why: str | None, reader: Reader) -> Message:
    """Until when they wait, that the clock stands still, and what is ours to do then."""
    words, tracked = reader.words, changed.after
    said = md(
        words.gettext("*{name}* waits until {day}, as they asked."),
        name=tracked.prospect.name,
        day=changes.understood(until, reader),
    )
    still = words.gettext("The step's clock stands still until then, and goes on afterwards where it was.")
    blocks: list[Drawn] = [
        kit.section(said),
        *changes.note(why, reader),
        kit.context(still, _allowed(tracked.journey, reader)),
        *changes.next_action(tracked, reader),
    ]
    return kit.message(said, *blocks, *changes.ending(tracked, reader))


def not_allowed(refused: Refused, tracked: Tracked, reader: Reader) -> Message:
    """The step does not let them wait once more: what can be done instead."""
    words, ticket = reader.words, prospects.ticket_of(tracked)
    sentence = refusals.sentence(refused, reader)
    instead = kit.actions(
        kit.button(words.gettext("Force a decision"), Action.DECIDE, ticket),
        kit.button(words.gettext("Not now"), Action.NOT_NOW, ticket),
    )
    return kit.message(sentence, *changes.standing(tracked, reader), kit.section(sentence), instead)


def what_then(reader: Reader) -> str:
    """The words for our next action on the day they named."""
    return reader.words.gettext("Pick it up again, as agreed")


def _allowed(journey: Journey, reader: Reader) -> str:
    """`1 of 2 waits used in this step, each up to 30 working days`."""
    words, limits = reader.words, journey.step.waiting
    if not (limits.days and limits.times):
        return words.gettext("This step leaves no room to wait.")
    return words.ngettext(
        "{n} of {most} wait used in this step, up to {days}.",
        "{n} of {most} waits used in this step, each up to {days}.",
        limits.times,
        n=len(journey.waits),
        most=limits.times,
        days=words.working_days(limits.days),
    )
