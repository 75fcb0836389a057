"""*Not now*: back to marketing, with a date to come back on."""

from __future__ import annotations

from bot.grammar import commands as said
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect.journeys import drafted_journey, journey_behind
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.change import Target
from bot.usecases.postpone_prospect import PostponeProspect, postpone_prospect
from bot.views import changes, closing
from bot.views.ids import Action, Block, Callback


def register(router: Router) -> None:
    router.clicks[Action.NOT_NOW] = on_click
    router.submissions[Callback.NOT_NOW] = on_submission


def run(desk: Desk, command: said.PostponeProspect) -> Reply:
    target = Target(prospect=command.prospect.id)
    return _postpone(desk, PostponeProspect(target, returns_on=command.until, text=command.note or None))


def ask(desk: Desk, draft: Draft) -> Reply:
    return closing.postpone_dialog(drafted_journey(desk, draft), draft.day, draft.note, desk.reader)


def on_click(desk: Desk, click: Click) -> Reply:
    return closing.postpone_dialog(journey_behind(desk, click.ticket()), None, "", desk.reader)


def on_submission(desk: Desk, form: Form) -> Reply:
    returns_on = form.date(Block.UNTIL)
    if returns_on is None:
        return FieldErrors({Block.UNTIL: changes.date_missing(desk.reader)})
    return _postpone(desk, PostponeProspect(form.target(), returns_on=returns_on, text=form.text(Block.NOTE)))


def _postpone(desk: Desk, command: PostponeProspect) -> Reply:
    changed = postpone_prospect(command, desk.writing(), desk.act)
    return closing.postponed(changed, command.returns_on, command.text, desk.reader)
