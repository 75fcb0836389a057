"""The prospect named a date of its own: waiting until then."""

from __future__ import annotations

from datetime import date

from bot.grammar import commands as said
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect.journeys import drafted_journey, journey_behind, open_journey_of
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.change import Target
from bot.usecases.wait_for_prospect import WaitForProspect, wait_for_prospect
from bot.views import changes, waiting
from bot.views.ids import Action, Block, Callback
from playbooks.gate import check_waits_left
from playbooks.ports import Tracked
from playbooks.refusal import Refusal, Refused


def register(router: Router) -> None:
    router.clicks[Action.WAIT] = on_click
    router.submissions[Callback.WAIT] = on_submission


def run(desk: Desk, command: said.WaitForProspect) -> Reply:
    target = Target(prospect=command.prospect.id)
    try:
        return _wait(desk, target, command.until, command.note or None)
    except Refused as refused:
        if refused.code not in (Refusal.WAIT_TOO_LONG, Refusal.WAIT_TOO_OFTEN):
            raise
        return _dialog(desk, open_journey_of(desk, command.prospect), None, command.note, refused)


def ask(desk: Desk, draft: Draft) -> Reply:
    return _dialog(desk, drafted_journey(desk, draft), draft.day, draft.note)


def on_click(desk: Desk, click: Click) -> Reply:
    return _dialog(desk, journey_behind(desk, click.ticket()), None, "")


def on_submission(desk: Desk, form: Form) -> Reply:
    until = form.date(Block.UNTIL)
    if until is None:
        return FieldErrors({Block.UNTIL: changes.date_missing(desk.reader)})
    return _wait(desk, form.target(), until, form.text(Block.NOTE))


def _dialog(desk: Desk, tracked: Tracked, until: date | None, why: str, refused: Refused | None = None) -> Reply:
    """The dialog; where the step leaves no wait, what can be done instead."""
    try:
        check_waits_left(tracked.journey)
    except Refused as too_often:
        return waiting.not_allowed(too_often, tracked, desk.reader)
    return waiting.dialog(tracked, until, why, desk.reader, refused)


def _wait(desk: Desk, target: Target, until: date, why: str | None) -> Reply:
    command = WaitForProspect(target, until=until, what=waiting.what_then(desk.reader), why=why)
    changed = wait_for_prospect(command, desk.writing(), desk.act)
    return waiting.waits(changed, until, why, desk.reader)
