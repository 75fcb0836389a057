"""*Fill in*: what a script lacks is asked for, kept, and the script shown again with it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bot.grammar.readings import Wrong
from bot.grammar.values import read_amount, read_email
from bot.handlers import script
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.fill_in import FillIn, fill_in
from bot.views import adding, filling_in
from bot.views.filling_in import FillingIn
from bot.views.ids import Action, Block, Callback
from bot.views.scripts import ScriptChoice

_ALL: Final = (Block.PERSON, Block.PERSON_ROLE, Block.PHONE, Block.EMAIL, Block.SOURCE, Block.VALUE)
_OF_A_PERSON: Final = (Block.PERSON_ROLE, Block.PHONE, Block.EMAIL)


def register(router: Router) -> None:
    router.clicks[Action.FILL_IN] = on_click
    router.submissions[Callback.FILL_IN] = on_submission


def on_click(desk: Desk, click: Click) -> Reply:
    """The dialog; or, when somebody filled it in meanwhile, the words with it."""
    choice = ScriptChoice.model_validate_json(click.value)
    dialog = filling_in.dialog(script.sheet_of(desk, choice), choice, desk.reader)
    return dialog or script.show(desk, choice)


def on_submission(desk: Desk, form: Form) -> Reply:
    filling = FillingIn.model_validate_json(form.metadata)
    if errors := _errors(desk, form, filling):
        return FieldErrors(errors)
    if filling.choice.journey is None:
        raise ValueError("only a prospect's script has a button to fill it in")
    command = FillIn(
        journey=filling.choice.journey,
        whom=filling.person,
        name=form.text(Block.PERSON),
        role=form.text(Block.PERSON_ROLE),
        phone=form.text(Block.PHONE),
        email=form.text(Block.EMAIL),
        source=form.text(Block.SOURCE),
        value=form.amount(Block.VALUE),
    )
    fill_in(command, desk.writing(), desk.act)
    return script.show(desk, filling.choice)


def _errors(desk: Desk, form: Form, filling: FillingIn) -> dict[StrEnum, str]:
    """What cannot be kept as it was typed, by field."""
    reader, given = desk.reader, [block for block in _ALL if form.text(block)]
    if not given:
        return {next(block for block in _ALL if block in form.values): filling_in.nothing_given(reader)}
    errors: dict[StrEnum, str] = {}
    nameless = filling.person is None and Block.PERSON not in given
    if nameless and any(block in given for block in _OF_A_PERSON):
        errors[Block.PERSON] = filling_in.whose_is_it(reader)
    if isinstance(read_email(form.text(Block.EMAIL) or "ann@acme.example"), Wrong):
        errors[Block.EMAIL] = filling_in.email_is_none(reader)
    if isinstance(read_amount(form.text(Block.VALUE) or "0"), Wrong):
        errors[Block.VALUE] = adding.value_is_no_number(reader)
    return errors
