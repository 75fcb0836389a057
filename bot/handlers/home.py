"""App Home: each member's desk."""

from __future__ import annotations

from dataclasses import dataclass

from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.usecases.desk_numbers import RememberedNumbers, look_at_desk_numbers
from bot.usecases.look_at_desk import look_at_desk
from bot.views import home
from bot.views.ids import Action
from bot.views.message import Home
from bot.views.paging import PER_PAGE
from playbooks.pipeline import Filters


def register(router: Router) -> None:
    desks = _Desks(RememberedNumbers())
    router.home = desks.draw
    router.home_in_full = desks.draw_in_full
    router.clicks[Action.HOME_DESK] = desks.on_click
    router.clicks[Action.HOME_ALL] = on_page
    router.clicks[Action.HOME_ALL_BACK] = on_page


@dataclass(frozen=True, slots=True)
class _Desks:
    """Draws desks; their numbers are worked out once in a while."""

    remembered: RememberedNumbers

    def draw(self, desk: Desk) -> Home:
        """The desk as it is now, at once: with the numbers as far as they are known."""
        return home.desk(look_at_desk(desk.reading(), desk.act), self.remembered.get(desk.act), desk.reader)

    def draw_in_full(self, desk: Desk) -> Home:
        numbers = look_at_desk_numbers(desk.reading(), desk.act)
        self.remembered.keep(desk.act, numbers)
        return home.desk(look_at_desk(desk.reading(), desk.act), numbers, desk.reader)

    def on_click(self, desk: Desk, _: Click) -> Reply:
        return self.draw(desk)


def on_page(desk: Desk, click: Click) -> Reply:
    """All my open prospects, in Home itself: buttons in a dialog do nothing in some clients."""
    with desk.reading() as uow:
        page = uow.pipeline.page(
            Filters(owner=desk.member.id), today=desk.reader.today, offset=int(click.value), limit=PER_PAGE
        )
    return home.everything(page, desk.reader)
