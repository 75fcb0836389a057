"""`/prospect`: my open prospects, most urgent first."""

from __future__ import annotations

from bot.grammar import commands as said
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Replaces, Reply
from bot.handlers.router import Router
from bot.views import listing
from bot.views.ids import Action
from bot.views.message import Message
from bot.views.paging import PER_PAGE
from playbooks.pipeline import Filters


def register(router: Router) -> None:
    router.clicks[Action.MINE_PAGE] = on_page
    router.clicks[Action.MINE_BACK] = on_page


def run(desk: Desk, _: said.ShowDesk) -> Reply:
    return _page(desk, 0)


def choose(desk: Desk, draft: Draft) -> Reply:
    """A command without a name: the member's own prospects, each with its buttons."""
    del draft
    return _page(desk, 0)


def on_page(desk: Desk, click: Click) -> Reply:
    return Replaces(_page(desk, int(click.value)))


def _page(desk: Desk, offset: int) -> Message:
    with desk.reading() as uow:
        page = uow.pipeline.page(
            Filters(owner=desk.member.id), today=desk.reader.today, offset=offset, limit=PER_PAGE
        )
    return listing.mine(page, desk.reader)
