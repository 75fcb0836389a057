"""App Home: each member's desk."""

from __future__ import annotations

from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.usecases.look_at_desk import look_at_desk
from bot.views import home
from bot.views.ids import Action
from bot.views.message import Home
from bot.views.paging import PER_PAGE
from playbooks.pipeline import Filters


def register(router: Router) -> None:
    router.home = draw
    router.clicks[Action.HOME_DESK] = on_desk
    router.clicks[Action.HOME_ALL] = on_page
    router.clicks[Action.HOME_ALL_BACK] = on_page


def draw(desk: Desk) -> Home:
    """The desk as it is now."""
    return home.desk(look_at_desk(desk.reading(), desk.act), desk.reader)


def on_desk(desk: Desk, _: Click) -> Reply:
    return draw(desk)


def on_page(desk: Desk, click: Click) -> Reply:
    """All my open prospects, in Home itself: buttons in a dialog do nothing in some clients."""
    with desk.reading() as uow:
        page = uow.pipeline.page(
            Filters(owner=desk.member.id), today=desk.reader.today, offset=int(click.value), limit=PER_PAGE
        )
    return home.everything(page, desk.reader)
