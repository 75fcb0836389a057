"""*Let go*: which of three ends it is, and then that end's own dialog."""

from __future__ import annotations

from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect.journeys import journey_behind
from bot.handlers.replies import Redraws, Reply
from bot.handlers.router import Router
from bot.usecases.change import Target
from bot.usecases.close_undecided import CloseUndecided, close_undecided
from bot.views import closing, letting_go
from bot.views.closing import Lost
from bot.views.ids import Action, Block, Callback
from bot.views.letting_go import Ending
from playbooks.ports import Tracked
from playbooks.refusal import Refusal, Refused


def register(router: Router) -> None:
    router.clicks[Action.LET_GO] = on_click
    router.submissions[Callback.LET_GO] = on_submission


def on_click(desk: Desk, click: Click) -> Reply:
    return letting_go.dialog(journey_behind(desk, click.ticket()), desk.reader)


def on_submission(desk: Desk, form: Form) -> Reply:
    match form.text(Block.ENDING):
        case Ending.LOST:
            return Redraws(closing.lose_dialog(_still_there(desk, form.target()), Lost(), desk.reader))
        case Ending.NOT_NOW:
            return Redraws(closing.postpone_dialog(_still_there(desk, form.target()), None, "", desk.reader))
        case _:
            changed = close_undecided(CloseUndecided(form.target()), desk.writing(), desk.act)
            return letting_go.undecided(changed, desk.reader)


def _still_there(desk: Desk, target: Target) -> Tracked:
    """The journey of the dialog, in the step that it was about."""
    if target.journey is None:
        raise ValueError("a dialog about a journey names it")
    with desk.reading() as uow:
        tracked = uow.journeys.get(target.journey)
    if not target.fits(tracked.journey):
        raise Refused(Refusal.CHANGED_MEANWHILE, tracked=tracked)
    return tracked
