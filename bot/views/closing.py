"""The end of a journey: lost with a reason, or *not now* with a date to come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Changed
from bot.views import changes, kit, prospects
from bot.views.elements import Option
from bot.views.ids import Action, Block, Callback
from bot.views.markup import md
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from playbooks.events import MOST_TEXT
from playbooks.ports import Tracked
from playbooks.refusal import Refused


@dataclass(frozen=True, slots=True)
class Lost:
    """What was said of a loss: the reason's key, and words; `refused` is what was wrong with it."""

    reason: str = ""
    words: str = ""
    refused: Refused | None = None


def lose_dialog(tracked: Tracked, said: Lost, reader: Reader) -> Modal:
    """Why the prospect said no: one of the playbook's reasons, and words that explain it."""
    words, playbook = reader.words, tracked.journey.playbook
    known = playbook.lost_reason(said.reason)
    options = [Option(reason.label, reason.key) for reason in playbook.lost_reasons]
    return kit.modal(
        Callback.LOSE,
        words.gettext("Lost"),
        *changes.standing(tracked, reader, said.refused),
        kit.input_block(
            words.gettext("Why did they say no?"),
            kit.select(Action.FIELD, options, initial=said.reason),
            block=Block.REASON,
            # Said in words as well: some clients do not draw what is chosen from the start.
            hint=words.gettext("Understood: {label}.", label=known.label) if known else "",
        ),
        kit.input_block(
            words.gettext("In their words"),
            kit.text_input(Action.FIELD, initial=said.words, multiline=True, longest=MOST_TEXT),
            block=Block.NOTE,
            hint=words.gettext("Needed when none of the reasons fits."),
            optional=True,
        ),
        submit=words.gettext("Close as lost"),
        close=words.gettext("Cancel"),
        metadata=changes.slip_of(tracked),
    )


def lost(changed: Changed, said: str | None, reader: Reader) -> Message:
    """Where it ended and why."""
    words, journey = reader.words, changed.after.journey
    reason = journey.playbook.lost_reason(journey.reason or "")
    text = md(
        words.gettext("*{name}* is lost in {place}: {reason}."),
        name=changed.after.prospect.name,
        place=prospects.place_of(journey, reader),
        reason=reason.label if reason else journey.reason or "",
    )
    learned = words.gettext("A clear no is a result too: your time is free for those who decide.")
    return _closed(text, learned, changed.after, said, reader)


def postpone_dialog(tracked: Tracked, returns_on: date | None, why: str, reader: Reader) -> Modal:
    """When the prospect comes back, and why not now."""
    words = reader.words
    return kit.modal(
        Callback.NOT_NOW,
        words.gettext("Not now"),
        *changes.standing(tracked, reader),
        kit.section(
            words.gettext(
                "This closes the journey and gives the prospect back to marketing. "
                "On its date it comes back, and starts again at step 1."
            )
        ),
        kit.input_block(
            words.gettext("Comes back on"), kit.date_picker(Action.FIELD, initial=returns_on), block=Block.UNTIL
        ),
        kit.input_block(
            words.gettext("Why not now?"),
            kit.text_input(Action.FIELD, initial=why, multiline=True, longest=MOST_TEXT),
            block=Block.NOTE,
            optional=True,
        ),
        submit=words.gettext("Close for now"),
        close=words.gettext("Cancel"),
        metadata=changes.slip_of(tracked),
    )


def postponed(changed: Changed, returns_on: date, why: str | None, reader: Reader) -> Message:
    """When it comes back."""
    words = reader.words
    text = md(
        words.gettext("*{name}*: not now. It goes back to marketing and comes back on {day}."),
        name=changed.after.prospect.name,
        day=changes.understood(returns_on, reader),
    )
    nothing_due = words.gettext("Until then nothing is due; then it starts again at step 1.")
    return _closed(text, nothing_due, changed.after, why, reader)


def _closed(text: kit.Mrkdwn, after: str, tracked: Tracked, note: str | None, reader: Reader) -> Message:
    timeline = prospects.timeline_button(prospects.ticket_of(tracked), reader)
    return kit.message(
        text,
        kit.section(text),
        *changes.note(note, reader),
        kit.context(after),
        *changes.ending(tracked, reader, timeline),
    )
