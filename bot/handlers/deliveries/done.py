"""*Done, next on…*: the shortest way to keep the next action dated."""

from __future__ import annotations

from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect.journeys import journey_behind
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.log_contact import LogContact, log_contact, proposed_after_log
from bot.usecases.plan_next_action import PlanNextAction, plan_next_action
from bot.views import changes, contacts, done, planning
from bot.views.ids import Action, Block, Callback


def register(router: Router) -> None:
    router.clicks[Action.DONE] = on_click
    router.submissions[Callback.DONE] = on_submission


def on_click(desk: Desk, click: Click) -> Reply:
    tracked = journey_behind(desk, click.ticket())
    with desk.reading() as uow:
        proposed = proposed_after_log(tracked, uow, desk.act).contact
    return done.dialog(tracked, proposed, desk.reader)


def on_submission(desk: Desk, form: Form) -> Reply:
    """With an outcome it is a contact, and counts as one; without, only the next action changes."""
    next_on, next_what = form.date(Block.NEXT_DATE), form.text(Block.NEXT_WHAT)
    if next_on is None:
        return FieldErrors({Block.NEXT_DATE: changes.date_missing(desk.reader)})
    outcome = form.text(Block.OUTCOME)
    if outcome is None:
        planned = plan_next_action(PlanNextAction(form.target(), next_on, next_what), desk.writing(), desk.act)
        return planning.planned(planned, desk.reader)
    contact = LogContact(form.target(), outcome, next_on=next_on, next_what=next_what, moment=_moment(desk, form))
    return contacts.logged(log_contact(contact, desk.writing(), desk.act), desk.reader)


def _moment(desk: Desk, form: Form) -> str | None:
    """The moment that was planned is the one that was had."""
    with desk.reading() as uow:
        action = uow.journeys.get(form.slip().journey).journey.next_action
    return action.moment if action else None
