"""A contact: the dialog that logs it, and what it adds up to since the last progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Changed
from bot.usecases.log_contact import Proposals
from bot.views import changes, kit, prospects
from bot.views.elements import Option
from bot.views.ids import Action, Block, Callback
from bot.views.markup import md
from bot.views.message import Block as Drawn
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from playbooks.deadlines import Stall, limit_reached
from playbooks.events import MOST_MINUTES, MOST_TEXT, MOST_WHAT, Contacted
from playbooks.history import Journey
from playbooks.model import Moment, Step, variant_letter
from playbooks.ports import Tracked
from playbooks.refusal import Refused


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known of the contact already. `outcome` is a key, `variant` a letter; `refused` what was wrong."""

    outcome: str = ""
    variant: str = ""
    minutes: int | None = None
    note: str = ""
    day: date | None = None
    what: str = ""
    refused: Refused | None = None


def dialog(tracked: Tracked, filled: Filled, proposals: Proposals, reader: Reader) -> Modal:
    """Only the outcome is needed: for the next action the playbook has a proposal, whatever the outcome."""
    words, journey = reader.words, tracked.journey
    return kit.modal(
        Callback.LOG,
        words.gettext("Log a contact"),
        *changes.standing(tracked, reader, filled.refused),
        _outcome(journey, filled, reader),
        *_moment(journey, reader),
        *_variant(journey.step, filled, reader),
        _minutes(journey, filled, reader),
        kit.input_block(
            words.gettext("Note"),
            kit.text_input(Action.FIELD, initial=filled.note, multiline=True, longest=MOST_TEXT),
            block=Block.NOTE,
            optional=True,
        ),
        *_next_action(filled, proposals, reader),
        submit=words.gettext("Log"),
        close=words.gettext("Cancel"),
        metadata=changes.slip_of(tracked),
    )


def logged(changed: Changed, reader: Reader) -> Message:
    """What was logged, what was spent without progress, and our next action.

    At the limit of the step a decision is worth more than another contact: then it is offered.
    """
    words, tracked = reader.words, changed.after
    contact, name = _latest_contact(tracked.journey), tracked.prospect.name
    said = _summary(tracked.journey, contact, reader)
    blocks: list[Drawn] = [
        kit.section(md(words.gettext("Logged for *{name}*: {contact}."), name=name, contact=said)),
        *changes.note(contact.note, reader),
        kit.context(spent_so_far(tracked.journey, reader)),
    ]
    if wait := tracked.journey.waits_on(reader.today):
        blocks.append(kit.context(prospects.waiting_text(wait.until, reader)))
    extra = []
    if warning := _warning(tracked.journey, reader):
        blocks.append(kit.section(warning))
        force = kit.button(words.gettext("Force a decision"), Action.DECIDE, prospects.ticket_of(tracked))
        extra = [force]
    blocks += changes.next_action(tracked, reader)
    blocks += changes.ending(tracked, reader, *extra)
    return kit.message(words.gettext("Logged for {name}: {contact}.", name=name, contact=said), *blocks)


def minutes_are_no_number(reader: Reader) -> str:
    return reader.words.gettext("Minutes are a whole number from 0 to {most}, such as 20.", most=MOST_MINUTES)


def _outcome(journey: Journey, filled: Filled, reader: Reader) -> Drawn:
    words, known = reader.words, journey.playbook.outcome(filled.outcome)
    options = [Option(outcome.label, outcome.key) for outcome in journey.playbook.outcomes]
    # Said in words as well: some clients do not draw what is chosen from the start.
    hint = words.gettext("Understood: {label}.", label=known.label) if known else ""
    menu = kit.select(Action.FIELD, options, initial=filled.outcome)
    return kit.input_block(words.gettext("How did it end?"), menu, block=Block.OUTCOME, hint=hint)


def _moment(journey: Journey, reader: Reader) -> list[Drawn]:
    """The step's contact moments, the planned one first and chosen."""
    words, planned = reader.words, _planned(journey)
    moments = sorted(journey.step.moments, key=lambda moment: moment != planned)
    if not moments:
        return []
    options = [Option(moment.name, moment.key) for moment in moments]
    menu = kit.select(Action.FIELD, options, initial=planned.key if planned else "")
    hint = words.gettext("Planned: {moment}.", moment=planned.name) if planned else ""
    label = words.gettext("Which contact moment?")
    return [kit.input_block(label, menu, block=Block.MOMENT, hint=hint, optional=True)]


def _variant(step: Step, filled: Filled, reader: Reader) -> list[Drawn]:
    """The letters of the step's scripts, each with the moments that have it."""
    words = reader.words
    letters = sorted({script.variant for moment in step.moments for script in moment.scripts})
    if not letters:
        return []
    options = [Option(f"{letter}: {', '.join(_moments_with(step, letter))}", letter) for letter in letters]
    said = filled.variant.strip().upper()
    hint = words.gettext("Understood: {label}.", label=said) if said in letters else ""
    menu = kit.select(Action.FIELD, options, initial=said)
    label = words.gettext("Which script did you use?")
    return [kit.input_block(label, menu, block=Block.SCRIPT, hint=hint, optional=True)]


def _moments_with(step: Step, letter: str) -> Iterable[str]:
    return [moment.name for moment in step.moments if any(script.variant == letter for script in moment.scripts)]


def _minutes(journey: Journey, filled: Filled, reader: Reader) -> Drawn:
    words, planned = reader.words, _planned(journey)
    # Without the most there may be: Slack refuses a field that starts with more, the gate says it in words.
    field = kit.number(reader.blocks, Action.FIELD, initial=filled.minutes, least=0)
    hint = ""
    if planned:
        usual = words.minutes(planned.minutes)
        hint = words.gettext("{moment} is planned for {minutes}.", moment=planned.name, minutes=usual)
    return kit.input_block(words.gettext("Minutes it took"), field, block=Block.MINUTES, hint=hint, optional=True)


def _next_action(filled: Filled, proposals: Proposals, reader: Reader) -> list[Drawn]:
    words = reader.words
    proposed = words.gettext(
        "Leave empty for what the playbook proposes. After a contact: {contact}. After an attempt: {attempt}.",
        contact=changes.planned(proposals.contact, reader),
        attempt=changes.planned(proposals.attempt, reader),
    )
    return [
        kit.input_block(
            words.gettext("Our next action"),
            kit.text_input(Action.FIELD, initial=filled.what, longest=MOST_WHAT),
            block=Block.NEXT_WHAT,
            hint=proposed,
            optional=True,
        ),
        kit.input_block(
            words.gettext("On"),
            kit.date_picker(Action.FIELD, initial=filled.day),
            block=Block.NEXT_DATE,
            hint=words.gettext("Leave empty for the playbook's day."),
            optional=True,
        ),
    ]


def _planned(journey: Journey) -> Moment | None:
    action = journey.next_action
    return journey.step.moment(action.moment) if action and action.moment else None


def _latest_contact(journey: Journey) -> Contacted:
    return next(entry.event for entry in reversed(journey.history) if isinstance(entry.event, Contacted))


def _summary(journey: Journey, contact: Contacted, reader: Reader) -> str:
    """`Talked, First call, script B, 20 min`."""
    words = reader.words
    outcome = journey.playbook.outcome(contact.outcome)
    moment = journey.step.moment(contact.moment) if contact.moment else None
    parts: Sequence[str | None] = [
        outcome.label if outcome else contact.outcome,
        moment.name if moment else contact.moment,
        words.gettext("script {letter}", letter=variant_letter(contact.script)) if contact.script else None,
        words.minutes(contact.minutes) if contact.minutes is not None else None,
    ]
    return ", ".join(part for part in parts if part)


def spent_so_far(journey: Journey, reader: Reader) -> str:
    """What went in since the last progress, against what the step allows."""
    words, step, spent = reader.words, journey.step, journey.spent
    parts = [
        words.ngettext(
            "{n} of {most} contact without progress",
            "{n} of {most} contacts without progress",
            step.contacts_without_progress,
            n=spent.contacts,
            most=step.contacts_without_progress,
        )
    ]
    if spent.attempts:
        attempts = words.ngettext(
            "{n} of {most} attempt without a contact",
            "{n} of {most} attempts without a contact",
            step.attempts_without_contact,
            n=spent.attempts,
            most=step.attempts_without_contact,
        )
        parts.append(attempts)
    if spent.minutes:
        minutes = words.minutes(spent.minutes)
        parts.append(words.gettext("{minutes} since the last progress", minutes=minutes))
    return " · ".join(parts)


def _warning(journey: Journey, reader: Reader) -> str:
    """A kind word at the limit; none while they wait, nor once they were asked to decide."""
    words = reader.words
    if journey.decision_due_on is not None or journey.waits_on(reader.today):
        return ""
    match limit_reached(journey):
        case Stall.CONTACTS:
            return words.gettext(
                "⚠ That is as many contacts as this step allows without progress. "
                "A clear yes or no helps you both more than another talk: ask for the decision."
            )
        case Stall.ATTEMPTS:
            return words.gettext(
                "⚠ That is as many attempts as this step allows without reaching anyone. "
                "Try another way in, or ask for a decision and let it go."
            )
        case _:
            return ""
