"""The prospect named a date of its own: waiting until then."""

from __future__ import annotations

from datetime import date

from bot.grammar import commands as said
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect.journeys import drafted_journey, journey_behind, target_of
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.change import Target
from bot.usecases.wait_for_prospect import WaitForProspect, wait_for_prospect
from bot.views import changes, waiting
from bot.views.ids import Action, Block, Callback
from playbooks.refusal import Refusal, Refused


def register(router: Router) -> None:
    router.clicks[Action.WAIT] = on_click
    router.submissions[Callback.WAIT] = on_submission


def run(desk: Desk, command: said.WaitForProspect) -> Reply:
    target = target_of(desk, command.prospect)
    try:
        return _wait(desk, target, command.until, command.note or None)
    except Refused as refused:
        if refused.code not in (Refusal.WAIT_TOO_LONG, Refusal.WAIT_TOO_OFTEN):
            raise
        with desk.reading() as uow:
            return waiting.not_allowed(refused, uow.journeys.get(target.journey), desk.reader)


def ask(desk: Desk, draft: Draft) -> Reply:
    return waiting.dialog(drafted_journey(desk, draft), draft.day, draft.note, desk.reader)


def on_click(desk: Desk, click: Click) -> Reply:
    return waiting.dialog(journey_behind(desk, click.ticket()), None, "", desk.reader)


def on_submission(desk: Desk, form: Form) -> Reply:
    until = form.date(Block.UNTIL)
    if until is None:
        return FieldErrors({Block.UNTIL: changes.date_missing(desk.reader)})
    return _wait(desk, form.target(), until, form.text(Block.NOTE))


def _wait(desk: Desk, target: Target, until: date, why: str | None) -> Reply:
    command = WaitForProspect(target, until=until, what=waiting.what_then(desk.reader), why=why)
    changed = wait_for_prospect(command, desk.writing(), desk.act)
    return waiting.waits(changed, until, why, desk.reader)
