"""A new prospect, by command, button or shortcut."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from bot.grammar import commands as said
from bot.grammar.arguments import Key, MemberSaid
from bot.grammar.commands import NextSaid
from bot.grammar.readings import Draft, Wrong
from bot.grammar.values import read_email
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.members import member_said
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.add_prospect import AddProspect, add_prospect, published_for
from bot.usecases.named_playbooks import playbook_said
from bot.usecases.read_script import script_after
from bot.views import adding, filling_in
from bot.views.adding import Filled, Promised
from bot.views.ids import Action, Block, Callback
from playbooks.prospect import Person


def register(router: Router) -> None:
    router.clicks[Action.ADD] = on_click
    router.submissions[Callback.ADD] = on_submission
    router.shortcuts[Callback.ADD] = on_shortcut


def run(desk: Desk, command: said.AddProspect) -> Reply:
    if (command.phone or command.email) and not command.person:
        # A number without a person: the dialog asks whose it is.
        return _dialog(desk, _promising(desk, _filled(command), command.rep, command.next))
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
            playbook=_playbook(desk, command.playbook),
            owner=member_said(desk, command.rep).id if command.rep else None,
            next_on=command.next.day if command.next else None,
            next_what=command.next.what or None if command.next else None,
            note=command.note or None,
        ),
    )


def ask(desk: Desk, draft: Draft) -> Reply:
    values = draft.values
    filled = Filled(
        source=values.get(Key.SOURCE, ""),
        person=values.get(Key.PERSON, ""),
        phone=values.get(Key.PHONE, ""),
        email=values.get(Key.EMAIL, ""),
        value=values.get(Key.VALUE, ""),
        playbook=values.get(Key.PLAYBOOK, ""),
        note=draft.note,
    )
    return _dialog(
        desk, _promising(desk, filled, draft.member, NextSaid(draft.day, draft.what) if draft.day else None)
    )


def _filled(command: said.AddProspect) -> Filled:
    return Filled(
        name=command.name,
        source=command.source,
        phone=command.phone,
        email=command.email,
        value=str(command.value if command.value is not None else ""),
        playbook=command.playbook,
        note=command.note,
    )


def _promising(desk: Desk, filled: Filled, rep: MemberSaid | None, next_said: NextSaid | None) -> Filled:
    """With what the dialog has no field for. Raises `Refused(MEMBER_UNKNOWN)`."""
    owner = member_said(desk, rep) if rep else None
    promised = Promised(
        owner=owner.id if owner else None,
        next_on=next_said.day if next_said else None,
        next_what=next_said.what or None if next_said else None,
    )
    return replace(filled, owner=owner.name if owner else "", promised=promised)


def on_click(desk: Desk, click: Click) -> Reply:
    return _dialog(desk, Filled(name=click.value))


def on_shortcut(desk: Desk, _: object) -> Reply:
    return _dialog(desk, Filled())


def on_submission(desk: Desk, form: Form) -> Reply:
    if errors := _errors(desk, form):
        return FieldErrors(errors)
    promised = Promised.model_validate_json(form.metadata or "{}")
    return _add(
        desk,
        AddProspect(
            name=form.text(Block.NAME) or "",
            source=form.text(Block.SOURCE),
            value=form.amount(Block.VALUE),
            people=_people(form),
            playbook=form.text(Block.PLAYBOOK),
            owner=promised.owner,
            next_on=promised.next_on,
            next_what=promised.next_what,
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


def _playbook(desk: Desk, said: str) -> str | None:
    """The key of the playbook that was named, as loosely as elsewhere."""
    if not said:
        return None
    with desk.reading() as uow:
        return playbook_said(uow, said).key


def _dialog(desk: Desk, filled: Filled) -> Reply:
    named = _playbook(desk, filled.playbook)
    with desk.reading() as uow:
        playbook = published_for(uow, named, desk.member).key
        known = replace(filled, playbook=playbook)
        return adding.dialog(known, uow.playbooks.current(), uow.pipeline.sources(), desk.reader)
