"""`/nextstep health`: whether everything works, and what to do about messages that nobody can tell about."""

from __future__ import annotations

from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Replaces, Reply
from bot.handlers.router import Router
from bot.usecases.look_at_health import look_at_health, send_anyway
from bot.views import health, owed
from bot.views.ids import Action
from bot.views.message import Message


def register(router: Router) -> None:
    router.clicks[Action.SEND_ANYWAY] = on_send_anyway


def show(desk: Desk) -> Message:
    found = look_at_health(desk.checks, desk.reading(), desk.act, desk.units.ledger())
    return health.health(found, desk.reader)


def on_send_anyway(desk: Desk, click: Click) -> Reply:
    """The second of two clicks is told that the first one did it."""
    number = int(click.value)
    done = send_anyway(number, desk.reading(), desk.act, desk.units.ledger())
    found = look_at_health(desk.checks, desk.reading(), desk.act, desk.units.ledger())
    return Replaces(health.health(found, desk.reader, news=owed.sent_anyway(number, desk.reader, done=done)))
