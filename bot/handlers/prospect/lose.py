"""The prospect said no: closed, with the reason."""

from __future__ import annotations

from bot.grammar import commands as said
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect.journeys import drafted_journey, journey_behind, open_journey_of
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.usecases.change import Target
from bot.usecases.lose_prospect import LoseProspect, lose_prospect
from bot.views import closing
from bot.views.closing import Lost
from bot.views.ids import Action, Block, Callback
from playbooks.refusal import Refusal, Refused


def register(router: Router) -> None:
    router.clicks[Action.LOSE] = on_click
    router.submissions[Callback.LOSE] = on_submission


def run(desk: Desk, command: said.LoseProspect) -> Reply:
    target = Target(prospect=command.prospect.id)
    try:
        return _lose(desk, LoseProspect(target, reason=command.reason, text=command.note or None))
    except Refused as refused:
        if refused.code is not Refusal.REASON_NEEDS_TEXT:
            raise
        said_so_far = Lost(reason=command.reason, refused=refused)
        return closing.lose_dialog(open_journey_of(desk, command.prospect), said_so_far, desk.reader)


def ask(desk: Desk, draft: Draft) -> Reply:
    return closing.lose_dialog(drafted_journey(desk, draft), Lost(draft.reason, draft.note), desk.reader)


def on_click(desk: Desk, click: Click) -> Reply:
    return closing.lose_dialog(journey_behind(desk, click.ticket()), Lost(), desk.reader)


def on_submission(desk: Desk, form: Form) -> Reply:
    reason = form.text(Block.REASON) or ""
    return _lose(desk, LoseProspect(form.target(), reason=reason, text=form.text(Block.NOTE)))


def _lose(desk: Desk, command: LoseProspect) -> Reply:
    return closing.lost(lose_prospect(command, desk.writing(), desk.act), command.text, desk.reader)
