"""`/prospect next`: another date, or other words, for the one next action."""

from __future__ import annotations

from bot.grammar import commands as said
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect.journeys import drafted_journey, journey_behind, open_journey_of
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.usecases.change import Target
from bot.usecases.plan_next_action import PlanNextAction, plan_next_action
from bot.views import planning
from bot.views.ids import Action, Block, Callback
from playbooks.refusal import Refusal, Refused


def register(router: Router) -> None:
    router.clicks[Action.PLAN] = on_click
    router.submissions[Callback.PLAN] = on_submission


def run(desk: Desk, command: said.SetNextAction) -> Reply:
    target, day, what = Target(prospect=command.prospect.id), command.next.day, command.next.what
    try:
        return _plan(desk, PlanNextAction(target, on=day, what=what or None))
    except Refused as refused:
        if refused.code is not Refusal.DATE_TOO_FAR:
            raise
        return planning.dialog(open_journey_of(desk, command.prospect), None, what, desk.reader, refused)


def ask(desk: Desk, draft: Draft) -> Reply:
    return planning.dialog(drafted_journey(desk, draft), draft.day, draft.what, desk.reader)


def on_click(desk: Desk, click: Click) -> Reply:
    return planning.dialog(journey_behind(desk, click.ticket()), None, "", desk.reader)


def on_submission(desk: Desk, form: Form) -> Reply:
    on = form.date(Block.NEXT_DATE)
    if on is None:
        raise Refused(Refusal.NO_NEXT_ACTION)
    return _plan(desk, PlanNextAction(form.target(), on=on, what=form.text(Block.NEXT_WHAT)))


def _plan(desk: Desk, command: PlanNextAction) -> Reply:
    return planning.planned(plan_next_action(command, desk.writing(), desk.act), desk.reader)
