"""A point of a message that Nextstep sends by itself: a prospect, why it is told, and the one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.usecases.see_point import Seen
from bot.views import changes, contacts, happenings, kit, prospects, standings
from bot.views.elements import Option
from bot.views.happenings import Act
from bot.views.ids import Action, Ticket
from bot.views.limits import plain
from bot.views.markup import md
from bot.views.message import Block
from bot.views.reader import Reader
from bot.views.scripts import Part, choice_of
from playbooks.deadlines import Stall
from playbooks.deliveries import Kind
from playbooks.events import NotNow

_ASK: Final = 320
"""Characters of an ask in a list: the whole of it is in the script."""
_MOST_ACTS: Final = 3


def blocks_of(seen: Seen, reader: Reader) -> list[Block]:
    """The point as it stands now: what is left to do, else what was done about it."""
    done = _done(seen, reader)
    if not seen.holds:
        return _settled(seen, done, reader)
    lines = [*done, _head(seen, reader), *_SAID[seen.point.kind](seen, reader)]
    return [kit.section(kit.joined(lines)), kit.actions(*_BUTTONS[seen.point.kind](seen, reader))]


def _head(seen: Seen, reader: Reader) -> kit.Mrkdwn:
    return md(
        "*{name}* · {place}", name=seen.tracked.prospect.name, place=prospects.place_of(seen.journey, reader)
    )


# What was done since the message was written.


def _done(seen: Seen, reader: Reader) -> list[kit.Text]:
    """`✓ Acme BV: Talked` when something was done since, and was not taken back."""
    acts = [act for act in happenings.acts(seen.journey) if _since(act, seen) and act.taken_back is None]
    if not acts:
        return []
    playbook = seen.journey.playbook
    titles = [happenings.title(act, playbook, seen.names, reader) for act in acts[-_MOST_ACTS:]]
    return [md("✓ *{name}*: {done}", name=seen.tracked.prospect.name, done="; ".join(titles))]


def _since(act: Act, seen: Seen) -> bool:
    return act.entries[0].seq > seen.point.version


def _settled(seen: Seen, done: list[kit.Text], reader: Reader) -> list[Block]:
    """What was done, what is next, and the way back."""
    words, tracked = reader.words, seen.tracked
    lines = done or [md("✓ {now}", now=standings.where_it_stands(seen.latest, reader))]
    if action := tracked.journey.next_action:
        lines.append(md(words.gettext("→ {action}"), action=prospects.next_action_text(action, reader)))
    ticket = prospects.ticket_of(tracked)
    row = [kit.button(words.gettext("Timeline"), Action.SHOW, ticket)]
    if done:
        row.append(kit.button(words.gettext("Undo"), Action.UNDO, ticket))
    return [kit.section(kit.joined(lines)), kit.actions(*row)]


# What is said of a point that still holds.


def _action(seen: Seen, reader: Reader) -> list[kit.Text]:
    gettext = reader.words.gettext
    lines = _next_action(seen, reader)
    lines += _ask(seen, reader)
    if _decision_is_due(seen, reader):
        lines.append(gettext("❗ decision due"))
    elif seen.stall:
        lines.append(gettext("⚠ stalled: no progress within this step's limit"))
    return lines


def _stalled(seen: Seen, reader: Reader) -> list[kit.Text]:
    words, step = reader.words, seen.journey.step
    since = words.working_days(seen.waited)
    match seen.stall:
        case Stall.CONTACTS:
            why = words.gettext("⚠ This step's contacts are used up, and no progress for {days}.", days=since)
        case Stall.ATTEMPTS:
            why = words.gettext(
                "⚠ This step's attempts are used up without reaching anybody, for {days}.", days=since
            )
        case _:
            limit = words.working_days(step.stalled_after)
            why = words.gettext("⚠ No progress for {days}; this step allows {limit}.", days=since, limit=limit)
    return [why, contacts.spent_so_far(seen.journey, reader), *_next_action(seen, reader), *_ask(seen, reader)]


def _due(seen: Seen, reader: Reader) -> list[kit.Text]:
    gettext = reader.words.gettext
    answer = gettext("Without an answer it goes to your manager on {day}.", day=reader.day(seen.days.escalates_on))
    return [_was_due(seen, reader), *_decision(seen, reader), answer]


def _escalated(seen: Seen, reader: Reader) -> list[kit.Text]:
    words, owner = reader.words, seen.owner.name
    if seen.days.asked_on is None:
        asked = words.gettext("{name} did not answer. What do they say? It is yours to ask now.", name=owner)
    else:
        asked = words.gettext(
            "{name} was asked on {day} and did not answer. It is yours to ask now.",
            name=owner,
            day=reader.day(seen.days.asked_on),
        )
    return [_was_due(seen, reader), asked, *_decision(seen, reader)]


def _closing(seen: Seen, reader: Reader) -> list[kit.Text]:
    words, day = reader.words, changes.understood(seen.days.closes_on, reader)
    closes = md(
        words.gettext("⏳ Nobody heard their decision. *On {day} it closes as no decision.*"),
        day=day,
    )
    keeps = words.gettext("An answer keeps it open, and so does a date that they name themselves.")
    return [closes, *_decision(seen, reader), keeps]


def _closed(seen: Seen, reader: Reader) -> list[kit.Text]:
    gettext = reader.words.gettext
    lines: list[kit.Text] = [gettext("Closed as no decision: the question went unanswered.")]
    if seen.days.asked_on is not None:
        day = reader.day(seen.days.asked_on)
        lines = [gettext("Closed as no decision: the question of {day} went unanswered.", day=day)]
    if seen.days.undo_until is not None and seen.days.undo_until >= reader.today:
        until = reader.day(seen.days.undo_until)
        lines.append(gettext("Did they decide after all? Undo keeps it open, until {day}.", day=until))
    return lines


def _returning(seen: Seen, reader: Reader) -> list[kit.Text]:
    """When it said *not now* and why, and how far it came."""
    words, journey = reader.words, seen.journey
    left = next((entry for entry in reversed(journey.history) if isinstance(entry.event, NotNow)), None)
    lines: list[kit.Text] = []
    if left is not None and isinstance(left.event, NotNow):
        back = words.gettext("↩ They said “not now” on {day}, and asked you back today.", day=reader.day(left.on))
        late = words.gettext(
            "↩ They said “not now” on {day}, and asked you back on {back}.",
            day=reader.day(left.on),
            back=reader.day(left.event.returns_on),
        )
        lines.append(back if left.event.returns_on == reader.today else late)
        lines += [kit.joined(["“", left.event.text, "”"], "")] if left.event.text else []
    lines.append(words.gettext("Start again where every prospect starts: at step 1."))
    return lines


def _was_due(seen: Seen, reader: Reader) -> kit.Text:
    gettext = reader.words.gettext
    if seen.deadlines is None:
        return gettext("❗ decision due")
    return gettext("❗ They should have decided by {day}.", day=reader.day(seen.deadlines.decision_due_on))


def _decision(seen: Seen, reader: Reader) -> list[kit.Text]:
    """The question, in the words of the playbook."""
    return [md(reader.words.gettext("*Do they decide?* {decision}"), decision=seen.journey.step.decision)]


def _next_action(seen: Seen, reader: Reader) -> list[kit.Text]:
    action = seen.journey.next_action
    return [md("→ {action}", action=prospects.next_action_text(action, reader))] if action else []


def _ask(seen: Seen, reader: Reader) -> list[kit.Text]:
    """The one thing to ask now: the decision once it is due or overdue, else what the planned talk is for."""
    if seen.sheet is None:
        return []
    sheet = seen.sheet
    pressing = seen.point.kind is not Kind.DAILY or _decision_is_due(seen, reader)
    spoken = sheet.decision if pressing and sheet.decision else sheet.spoken
    ask = spoken.ask.text if spoken else sheet.sells.text
    return [md("👉 _{ask}_", ask=plain(" ".join(_first_paragraph(ask).split()).replace("_", " "), _ASK))]


def _first_paragraph(ask: str) -> str:
    """In a letter the rest is the signature."""
    return ask.strip().partition("\n\n")[0]


def _decision_is_due(seen: Seen, reader: Reader) -> bool:
    due = seen.deadlines
    return due is not None and due.decision_due_on <= reader.today and not seen.journey.waits_on(reader.today)


# What can be done about it.


def _ticket(seen: Seen) -> Ticket:
    return prospects.ticket_of(seen.tracked)


def _action_buttons(seen: Seen, reader: Reader) -> list[kit.Element]:
    gettext, ticket = reader.words.gettext, _ticket(seen)
    menu = (
        (gettext("They decided"), Action.ADVANCE),
        (gettext("They want to wait"), Action.WAIT),
        (gettext("Force a decision"), Action.DECIDE),
        (gettext("Not now"), Action.NOT_NOW),
        (gettext("Lost"), Action.LOSE),
    )
    return [
        kit.button(gettext("Script"), Action.SCRIPT, ticket),
        kit.button(gettext("Log a contact"), Action.LOG, ticket, style="primary"),
        kit.button(gettext("Done, next on…"), Action.DONE, ticket),
        kit.overflow(Action.MORE, [Option(text, prospects.choice(action, ticket)) for text, action in menu]),
    ]


def _stalled_buttons(seen: Seen, reader: Reader) -> list[kit.Element]:
    gettext, ticket = reader.words.gettext, _ticket(seen)
    return [
        kit.button(gettext("They decided"), Action.ADVANCE, ticket),
        kit.button(gettext("Force a decision"), Action.DECIDE, ticket, style="primary"),
        kit.button(gettext("Let go…"), Action.LET_GO, ticket),
    ]


def _answer_buttons(seen: Seen, reader: Reader) -> list[kit.Element]:
    gettext, ticket = reader.words.gettext, _ticket(seen)
    row = [
        kit.button(gettext("Yes"), Action.DECIDED_YES, ticket, style="primary"),
        kit.button(gettext("No"), Action.DECIDED_NO, ticket),
        kit.button(gettext("Not now"), Action.DECIDED_NOT_NOW, ticket),
    ]
    if seen.sheet is not None and seen.sheet.decision is not None:
        choice = choice_of(seen.sheet, Part.DECISION)
        row.append(kit.button(gettext("Script"), Action.DECISION_SCRIPT, choice.value))
    return row


def _closing_buttons(seen: Seen, reader: Reader) -> list[kit.Element]:
    keep = kit.button(reader.words.gettext("Keep open: they named a date"), Action.WAIT, _ticket(seen))
    return [*_answer_buttons(seen, reader), keep]


def _closed_buttons(seen: Seen, reader: Reader) -> list[kit.Element]:
    gettext, ticket = reader.words.gettext, _ticket(seen)
    row = [kit.button(gettext("Timeline"), Action.SHOW, ticket)]
    if seen.days.undo_until is not None and seen.days.undo_until >= reader.today:
        row.append(kit.button(gettext("Undo"), Action.UNDO, ticket))
    return row


def _returning_buttons(seen: Seen, reader: Reader) -> list[kit.Element]:
    gettext, ticket = reader.words.gettext, _ticket(seen)
    return [
        kit.button(gettext("Start again"), Action.START_AGAIN, ticket, style="primary"),
        kit.button(gettext("Timeline"), Action.SHOW, ticket),
    ]


_SAID: Final[Mapping[Kind, Callable[[Seen, Reader], list[kit.Text]]]] = {
    Kind.DAILY: _action,
    Kind.STALL: _stalled,
    Kind.DECISION: _due,
    Kind.ESCALATION: _escalated,
    Kind.CLOSING: _closing,
    Kind.CLOSED: _closed,
    Kind.RETURNING: _returning,
}

_BUTTONS: Final[Mapping[Kind, Callable[[Seen, Reader], list[kit.Element]]]] = {
    Kind.DAILY: _action_buttons,
    Kind.STALL: _stalled_buttons,
    Kind.DECISION: _answer_buttons,
    Kind.ESCALATION: _answer_buttons,
    Kind.CLOSING: _closing_buttons,
    Kind.CLOSED: _closed_buttons,
    Kind.RETURNING: _returning_buttons,
}
