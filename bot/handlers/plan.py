"""`/plan`: from so many customers back to prospects, days and hours; and the team's target."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.grammar.number_commands import AskPlan, Pace, SetPlan, ShowPlan
from bot.grammar.numbers import read_certainty, read_plan
from bot.grammar.paces import read_wins
from bot.grammar.readings import Clear, Wrong
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.own import own_playbook
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.change_role import only_for_leaders
from bot.usecases.make_plan import MakePlan, PlanSeen, make_plan
from bot.usecases.named_playbooks import playbook_said
from bot.usecases.set_target import SetTarget, set_target
from bot.views import backward_plan, help_texts, mistakes, number_mistakes, plan_dialog
from bot.views.ids import Action, Block, Callback
from bot.views.message import Message, Modal
from bot.views.number_slips import PlanSlip
from playbooks.funnel.periods import Period
from playbooks.funnel.ranges import DEFAULT_CERTAINTY
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused

NAME: Final = "plan"


def register(router: Router) -> None:
    router.commands[NAME] = on_command
    router.clicks[Action.SHOW_PLAN] = on_show
    router.clicks[Action.MAKE_PLAN] = on_ask
    router.clicks[Action.SET_TARGET] = on_set
    router.submissions[Callback.MAKE_PLAN] = on_submission


def on_command(desk: Desk, text: str) -> Reply:
    match read_plan(text):
        case Clear(command=ShowPlan() as asked):
            return show(desk, _slip(asked.pace, asked.certainty, asked.playbook, asked.what_if))
        case Clear(command=SetPlan() as asked):
            return _set(desk, _slip(asked.pace, asked.certainty, asked.playbook))
        case Clear(command=AskPlan() as asked):
            slip = PlanSlip(
                wins=asked.wins, certainty=asked.certainty, playbook=asked.playbook, setting=asked.setting
            )
            return _ask(desk, slip)
        case Wrong() as wrong:
            return mistakes.wrong(wrong, text, desk.reader)
        case _:
            return help_texts.plan(desk.reader)


def on_show(desk: Desk, click: Click) -> Reply:
    return show(desk, _read(click.value))


def on_ask(desk: Desk, click: Click) -> Reply:
    return _ask(desk, _read(click.value))


def on_set(desk: Desk, click: Click) -> Reply:
    return _set(desk, _read(click.value))


def on_submission(desk: Desk, form: Form) -> Reply:
    """What was typed over the dialog; mistakes stand beside their fields."""
    slip = _read(form.metadata)
    errors: dict[StrEnum, str] = {}
    wins = read_wins(form.text(Block.WINS) or "")
    certainty = read_certainty(form.text(Block.CERTAINTY) or str(round(DEFAULT_CERTAINTY * 100)))
    for field, read in ((Block.WINS, wins), (Block.CERTAINTY, certainty)):
        if isinstance(read, Wrong):
            errors[field] = number_mistakes.beside_field(read, desk.reader)
    if isinstance(wins, Wrong) or isinstance(certainty, Wrong):
        return FieldErrors(errors)
    asked = slip.model_copy(
        update={
            "wins": wins,
            "period": Period(form.text(Block.PERIOD) or slip.period),
            "certainty": certainty,
            "playbook": form.text(Block.PLAYBOOK) or slip.playbook,
            "setting": False,
        }
    )
    return _set(desk, asked) if slip.setting else show(desk, asked)


def show(desk: Desk, slip: PlanSlip) -> Message | Modal:
    """The plan; without a number and without a target the dialog asks. Raises `Refused` as `make_plan` does."""
    try:
        with desk.reading() as uow:
            slip = _named(desk, uow, slip)
            seen = seen_of(desk, uow, slip)
    except Refused as refused:
        if refused.code is not Refusal.NO_TARGET:
            raise
        return _ask(desk, slip)
    return backward_plan.message(seen, slip, desk.reader, leads=desk.member.leads)


def seen_of(desk: Desk, uow: UnitOfWork, slip: PlanSlip) -> PlanSeen:
    """The plan that a slip asks for."""
    asked = MakePlan(slip.wins_a_week, slip.certainty, slip.what_if, slip.playbook)
    return make_plan(uow, asked, desk.at, desk.member)


def _ask(desk: Desk, slip: PlanSlip) -> Modal:
    with desk.reading() as uow:
        if slip.setting:
            only_for_leaders(uow, desk.member.id)
        return plan_dialog.dialog(_named(desk, uow, slip), uow.playbooks.current(), desk.reader)


def _set(desk: Desk, slip: PlanSlip) -> Message:
    wins, certainty = slip.wins_a_week, slip.certainty or DEFAULT_CERTAINTY
    if wins is None:
        raise Refused(Refusal.NO_TARGET)
    with desk.reading() as uow:
        slip = _named(desk, uow, slip)
        several = len(uow.playbooks.current()) > 1
        playbook = playbook_said(uow, slip.playbook)
    target = set_target(SetTarget(wins, certainty, slip.playbook), desk.writing(), desk.act)
    return plan_dialog.target_set(target, slip, desk.reader, playbook.name if several else "")


def _named(desk: Desk, uow: UnitOfWork, slip: PlanSlip) -> PlanSlip:
    """With the key of the playbook that was named, or else of the asker's own.

    Raises `Refused(PLAYBOOK_UNKNOWN)`.
    """
    key = playbook_said(uow, slip.playbook).key if slip.playbook else own_playbook(desk, uow)
    return slip.model_copy(update={"playbook": key})


def _slip(
    pace: Pace | None, certainty: float | None, playbook: str, what_if: Mapping[int, float] | None = None
) -> PlanSlip:
    slip = PlanSlip(certainty=certainty, playbook=playbook, what_if=dict(what_if or {}))
    return slip if pace is None else slip.model_copy(update={"wins": pace.wins, "period": pace.period})


def _read(value: str) -> PlanSlip:
    return PlanSlip.model_validate_json(value or "{}")
