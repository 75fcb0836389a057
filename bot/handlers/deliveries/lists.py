"""*9 more, show all*: a list beside the message, which stays as it is."""

from __future__ import annotations

from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.prospect import listing
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.views.ids import Action
from bot.views.listing import Listed


def register(router: Router) -> None:
    router.clicks[Action.SHOW_LIST] = on_click


def on_click(desk: Desk, click: Click) -> Reply:
    return listing.page(desk, Listed.model_validate_json(click.value or "{}"))
