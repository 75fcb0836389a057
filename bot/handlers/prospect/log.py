"""A touch and how it ended, logged from a command or a dialog."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.grammar import commands as said
from bot.grammar.arguments import Key
from bot.grammar.readings import Draft
from bot.grammar.values import read_minutes
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect.journeys import drafted_journey, journey_behind, open_journey_of
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.change import Target
from bot.usecases.log_contact import LogContact, log_contact, proposed_after_log
from bot.views import contacts
from bot.views.contacts import Filled
from bot.views.ids import Action, Block, Callback
from bot.views.message import Modal
from playbooks.ports import Tracked
from playbooks.refusal import Refusal, Refused

_CORRECTED: Final = frozenset({Refusal.SCRIPT_UNKNOWN, Refusal.MINUTES_OUT_OF_RANGE, Refusal.DATE_TOO_FAR})
"""What is wrong in one place only: the dialog opens, so that the rest need not be typed again."""


def register(router: Router) -> None:
    router.clicks[Action.LOG] = on_click
    router.submissions[Callback.LOG] = on_submission


def run(desk: Desk, command: said.LogContact) -> Reply:
    contact = LogContact(
        target=Target(prospect=command.prospect.id),
        outcome=command.outcome,
        next_on=command.next.day if command.next else None,
        next_what=command.next.what or None if command.next else None,
        variant=command.script or None,
        minutes=command.minutes,
        note=command.note or None,
    )
    try:
        return _log(desk, contact)
    except Refused as refused:
        if refused.code not in _CORRECTED:
            raise
        return dialog(desk, open_journey_of(desk, command.prospect), _to_correct(contact, refused))


def ask(desk: Desk, draft: Draft) -> Reply:
    filled = Filled(
        outcome=draft.outcome,
        variant=draft.values.get(Key.SCRIPT, ""),
        minutes=draft.minutes,
        note=draft.note,
        day=draft.day,
        what=draft.what,
    )
    return dialog(desk, drafted_journey(desk, draft), filled)


def on_click(desk: Desk, click: Click) -> Reply:
    return dialog(desk, journey_behind(desk, click.ticket()), Filled())


def on_submission(desk: Desk, form: Form) -> Reply:
    try:
        minutes = _minutes(form.text(Block.MINUTES))
    except ValueError:
        return FieldErrors({Block.MINUTES: contacts.minutes_are_no_number(desk.reader)})
    return _log(
        desk,
        LogContact(
            target=form.target(),
            outcome=form.text(Block.OUTCOME) or "",
            next_on=form.date(Block.NEXT_DATE),
            next_what=form.text(Block.NEXT_WHAT),
            moment=form.text(Block.MOMENT),
            variant=form.text(Block.SCRIPT),
            minutes=minutes,
            note=form.text(Block.NOTE),
        ),
    )


def dialog(desk: Desk, tracked: Tracked, filled: Filled) -> Modal:
    """The dialog for this journey, with what is known of the contact already."""
    with desk.reading() as uow:
        proposals = proposed_after_log(tracked, uow, desk.act)
    return contacts.dialog(tracked, filled, proposals, desk.reader)


def _to_correct(contact: LogContact, refused: Refused) -> Filled:
    """All that was typed. Words after a script's letter (`script:B went well`) are most likely the note."""
    letter, _, after = (contact.variant or "").partition(" ")
    note = "\n".join(filter(None, (contact.note, after.strip())))
    filled = Filled(
        outcome=contact.outcome,
        variant=letter,
        minutes=contact.minutes,
        note=note,
        day=contact.next_on,
        what=contact.next_what or "",
        refused=refused,
    )
    return replace(filled, day=None) if refused.code is Refusal.DATE_TOO_FAR else filled


def _log(desk: Desk, command: LogContact) -> Reply:
    return contacts.logged(log_contact(command, desk.writing(), desk.act), desk.reader)


def _minutes(typed: str | None) -> int | None:
    """Minutes as in a command: `20`, `20 min`, `1 hour`. Raises ValueError for anything else."""
    if typed is None:
        return None
    match read_minutes(typed):
        case (int(minutes), ""):
            return minutes
        case _:
            raise ValueError(typed)
