"""`/prospect`: my open prospects, most urgent first."""

from __future__ import annotations

from bot.grammar import commands as said
from bot.grammar.prospect import after_verb
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Replaces, Reply
from bot.handlers.router import Router
from bot.views import listing
from bot.views.ids import Action
from bot.views.limits import BUTTON_VALUE, length
from bot.views.listing import Choosing
from bot.views.message import Message
from bot.views.paging import PER_PAGE
from playbooks.pipeline import Filters, Page


def register(router: Router) -> None:
    router.clicks[Action.MINE_PAGE] = on_page
    router.clicks[Action.MINE_BACK] = on_page
    router.clicks[Action.CHOOSE_PAGE] = on_choices
    router.clicks[Action.CHOOSE_BACK] = on_choices


def run(desk: Desk, _: said.ShowDesk) -> Reply:
    return _mine(desk, 0)


def choose(desk: Desk, draft: Draft, text: str) -> Reply:
    """A command without a name: the member's own prospects, to finish the command with."""
    choosing = Choosing(verb=draft.verb, rest=after_verb(text))
    if length(choosing.model_dump_json()) > BUTTON_VALUE:
        choosing = Choosing(verb=draft.verb)
    return _choices(desk, choosing)


def on_page(desk: Desk, click: Click) -> Reply:
    return Replaces(_mine(desk, int(click.value)))


def on_choices(desk: Desk, click: Click) -> Reply:
    return Replaces(_choices(desk, Choosing.model_validate_json(click.value)))


def _mine(desk: Desk, offset: int) -> Message:
    return listing.mine(_page(desk, offset), desk.reader)


def _choices(desk: Desk, choosing: Choosing) -> Message:
    return listing.to_choose(_page(desk, choosing.offset), choosing, desk.reader)


def _page(desk: Desk, offset: int) -> Page:
    mine = Filters(owner=desk.member.id)
    with desk.reading() as uow:
        return uow.pipeline.page(mine, today=desk.reader.today, offset=offset, limit=PER_PAGE)
