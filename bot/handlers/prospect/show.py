"""`/prospect show`: all about one prospect."""

from __future__ import annotations

from bot.grammar import commands as said
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Replaces, Reply
from bot.handlers.router import Router
from bot.usecases.show_prospect import ShowProspect, show_prospect
from bot.views import timeline
from bot.views.ids import Action
from bot.views.message import Message
from bot.views.timeline import Turn


def register(router: Router) -> None:
    router.clicks[Action.SHOW] = on_click
    router.clicks[Action.TIMELINE_PAGE] = on_page
    router.clicks[Action.TIMELINE_BACK] = on_page


def run(desk: Desk, command: said.ShowProspect) -> Reply:
    return _timeline(desk, command.prospect.id)


def on_click(desk: Desk, click: Click) -> Reply:
    """The prospect behind a button, as it is now: an old button shows the present as well."""
    with desk.reading() as uow:
        tracked = uow.journeys.get(click.ticket().journey)
    return _timeline(desk, tracked.prospect.id)


def on_page(desk: Desk, click: Click) -> Reply:
    turn = Turn.model_validate_json(click.value)
    return Replaces(_timeline(desk, turn.prospect, turn.start))


def _timeline(desk: Desk, prospect: int, start: int = 0) -> Message:
    shown = show_prospect(ShowProspect(prospect), desk.reading(), desk.act)
    return timeline.timeline(shown, desk.reader, start)
