"""A prospect in a list, and what one can do with it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from bot.views import kit
from bot.views.elements import Option
from bot.views.ids import Action, Ticket
from bot.views.markup import md
from bot.views.message import Block
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.events import NextAction
from playbooks.history import Journey
from playbooks.pipeline import Line
from playbooks.ports import Tracked


def line_blocks(line: Line, reader: Reader, owner: str = "") -> list[Block]:
    """One prospect: where it stands, what is ours to do and when, and the buttons for it.

    `owner` is the name to show in a list of more than one member.
    """
    ticket = Ticket(journey=line.journey_id, version=line.version)
    return [kit.section(summary(line, reader, owner)), buttons(ticket, reader)]


def buttons(ticket: Ticket, reader: Reader) -> Block:
    """The same row everywhere: what happens most often as buttons, the rest in a menu."""
    row = _row(reader.words)
    *shown, menu = row["elements"]
    value = ticket.model_dump_json()
    options = [
        {**option, "value": choice(action, ticket)}
        for action, option in zip(_IN_MENU, menu["options"], strict=True)
    ]
    return {**row, "elements": [*({**button, "value": value} for button in shown), {**menu, "options": options}]}


_IN_MENU: Final = (Action.SHOW, Action.WAIT, Action.DECIDE, Action.NOT_NOW, Action.LOSE)
_ANY: Final = Ticket(journey=0, version=0)


@lru_cache(maxsize=64)
def _row(words: Words) -> Block:
    """The row with what it says, drawn once: a list shows it under every prospect, with other values only."""
    gettext = words.gettext
    texts = (
        gettext("Timeline"),
        gettext("They want to wait"),
        gettext("Force a decision"),
        gettext("Not now"),
        gettext("Lost"),
    )
    options = [Option(text, choice(action, _ANY)) for action, text in zip(_IN_MENU, texts, strict=True)]
    return kit.actions(
        kit.button(gettext("They decided"), Action.ADVANCE, _ANY, style="primary"),
        kit.button(gettext("Log a contact"), Action.LOG, _ANY),
        kit.button(gettext("Script"), Action.SCRIPT, _ANY),
        kit.overflow(Action.MORE, options),
    )


def waiting_text(until: date, reader: Reader) -> str:
    """That the clock stands still, and until when."""
    return reader.words.gettext("⏸ waiting until {day}, as they asked", day=reader.day(until))


def timeline_button(ticket: Ticket, reader: Reader) -> kit.Element:
    """The way to all that happened."""
    return kit.button(reader.words.gettext("Timeline"), Action.SHOW, ticket)


def ticket_of(tracked: Tracked) -> Ticket:
    """What a button about this journey carries."""
    return Ticket(journey=tracked.id, version=tracked.journey.version)


def place(number: int, name: str, steps: int, reader: Reader) -> str:
    """`step 2 of 6, Intake`."""
    return reader.words.gettext("step {number} of {steps}, {name}", number=number, steps=steps, name=name)


def place_of(journey: Journey, reader: Reader) -> str:
    """Where a journey stands."""
    return place(journey.step_number, journey.step.name, journey.playbook.last, reader)


def next_action_text(action: NextAction, reader: Reader) -> str:
    """`Call the decider, tomorrow`; overdue ones say so."""
    words, day = reader.words, reader.relative_day(action.on)
    if action.on < reader.today:
        return words.gettext("{what}, overdue since {day}", what=action.what, day=reader.day(action.on))
    return words.gettext("{what}, {day}", what=action.what, day=day)


def choice(action: Action, ticket: Ticket) -> str:
    """What an option of a prospect's menu carries; `read_choice` reads it."""
    return f"{action}:{ticket.journey}:{ticket.version}"


def read_choice(value: str) -> tuple[Action, Ticket]:
    """What was chosen in the menu of a prospect. Raises ValueError for a value that is not ours."""
    action, journey, version = value.split(":")
    return Action(action), Ticket(journey=int(journey), version=int(version))


def summary(line: Line, reader: Reader, owner: str = "") -> kit.Mrkdwn:
    """The text of a line: its name, its place, our next action, and what asks for attention."""
    where = [place(line.step_number, line.step_name, line.steps, reader), *([owner] if owner else [])]
    parts: list[kit.Text] = [md("*{name}* · {where}", name=line.name, where=" · ".join(where))]
    if line.next_action:
        parts.append(md("→ {action}", action=next_action_text(line.next_action, reader)))
    parts.extend(_signs(line, reader))
    return kit.joined(parts)


def _signs(line: Line, reader: Reader) -> list[kit.Text]:
    """What asks for attention, in words, for a colour or a sign alone says nothing to a screen reader."""
    words, today = reader.words, reader.today
    if line.waiting_until and line.is_waiting(today):
        return [waiting_text(line.waiting_until, reader)]
    if line.decision_is_due(today):
        return [words.gettext("❗ decision due")]
    if line.is_stalled(today):
        return [words.gettext("⚠ stalled: no progress within this step's limit")]
    return []
