"""A new prospect, by command, button or shortcut."""

from __future__ import annotations

from enum import StrEnum

from bot.grammar import commands as said
from bot.grammar.arguments import Key
from bot.grammar.readings import Draft, Wrong
from bot.grammar.values import read_email
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.members import member_said
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.add_prospect import AddProspect, add_prospect
from bot.usecases.read_script import script_after
from bot.views import adding, filling_in
from bot.views.adding import Filled
from bot.views.ids import Action, Block, Callback
from playbooks.prospect import Person


def register(router: Router) -> None:
    router.clicks[Action.ADD] = on_click
    router.submissions[Callback.ADD] = on_submission
    router.shortcuts[Callback.ADD] = on_shortcut


def run(desk: Desk, command: said.AddProspect) -> Reply:
    if (command.phone or command.email) and not command.person:
        return _dialog(desk, _filled(command))  # a number without a person: the dialog asks whose it is
    person = Person(
        name=command.person, phone=command.phone or None, email=command.email or None, decides=bool(command.person)
    )
    return _add(
        desk,
        AddProspect(
            name=command.name,
            source=command.source or None,
            value=int(command.value) if command.value is not None else None,
            people=(person,) if command.person else (),
            playbook=command.playbook or None,
            owner=member_said(desk, command.rep).id if command.rep else None,
            next_on=command.next.day if command.next else None,
            next_what=command.next.what or None if command.next else None,
            note=command.note or None,
        ),
    )


def _filled(command: said.AddProspect) -> Filled:
    return Filled(
        name=command.name, source=command.source, phone=command.phone, email=command.email, note=command.note
    )


def ask(desk: Desk, draft: Draft) -> Reply:
    return _dialog(
        desk,
        Filled(
            name=draft.said,
            source=draft.values.get(Key.SOURCE, ""),
            person=draft.values.get(Key.PERSON, ""),
            phone=draft.values.get(Key.PHONE, ""),
            email=draft.values.get(Key.EMAIL, ""),
            note=draft.values.get(Key.NOTE, ""),
        ),
    )


def on_click(desk: Desk, click: Click) -> Reply:
    return _dialog(desk, Filled(name=click.value))


def on_shortcut(desk: Desk, _: object) -> Reply:
    return _dialog(desk, Filled())


def on_submission(desk: Desk, form: Form) -> Reply:
    if errors := _errors(desk, form):
        return FieldErrors(errors)
    return _add(
        desk,
        AddProspect(
            name=form.text(Block.NAME) or "",
            source=form.text(Block.SOURCE),
            value=form.amount(Block.VALUE),
            people=_people(form),
            playbook=form.text(Block.PLAYBOOK),
            note=form.text(Block.NOTE),
        ),
    )


def _errors(desk: Desk, form: Form) -> dict[StrEnum, str]:
    """What cannot be kept as it was typed, by field."""
    errors: dict[StrEnum, str] = {}
    try:
        form.amount(Block.VALUE)
    except ValueError:
        errors[Block.VALUE] = adding.value_is_no_number(desk.reader)
    phone, email = form.text(Block.PHONE), form.text(Block.EMAIL)
    if form.text(Block.PERSON) is None and (phone or email):
        errors[Block.PERSON] = adding.whose_number(desk.reader)
    if email and isinstance(read_email(email), Wrong):
        errors[Block.EMAIL] = filling_in.email_is_none(desk.reader)
    return errors


def _people(form: Form) -> tuple[Person, ...]:
    name = form.text(Block.PERSON)
    if name is None:
        return ()
    return (
        Person(
            name=name,
            role=form.text(Block.PERSON_ROLE),
            phone=form.text(Block.PHONE),
            email=form.text(Block.EMAIL),
            decides=True,
        ),
    )


def _add(desk: Desk, command: AddProspect) -> Reply:
    added = add_prospect(command, desk.writing(), desk.act)
    return adding.added(added, script_after(added.changed, desk.act), desk.reader)


def _dialog(desk: Desk, filled: Filled) -> Reply:
    with desk.reading() as uow:
        return adding.dialog(filled, uow.playbooks.current(), uow.pipeline.sources(), desk.reader)
