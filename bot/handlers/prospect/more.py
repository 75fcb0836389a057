"""The menu beside a prospect's buttons: each choice does what a button of that name would."""

from __future__ import annotations

from functools import partial

from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.views import prospects
from bot.views.ids import Action


def register(router: Router) -> None:
    router.clicks[Action.MORE] = partial(on_choice, router)


def on_choice(router: Router, desk: Desk, click: Click) -> Reply:
    action, ticket = prospects.read_choice(click.value)
    return router.clicks[action](desk, Click(value=ticket.model_dump_json(), form=click.form))
