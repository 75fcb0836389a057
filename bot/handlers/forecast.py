"""`/forecast`: how many will be won, and how earlier forecasts did."""

from __future__ import annotations

from typing import Final

from bot.grammar.number_commands import ShowForecast
from bot.grammar.numbers import read_forecast
from bot.grammar.readings import Clear, Wrong
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.own import own_playbook
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.usecases.see_forecast import SeeForecast, see_forecast
from bot.views import forecast, help_texts, mistakes
from bot.views.ids import Action
from bot.views.message import Message
from bot.views.number_slips import ForecastSlip

NAME: Final = "forecast"


def register(router: Router) -> None:
    router.commands[NAME] = on_command
    router.clicks[Action.FORECAST] = on_show


def on_command(desk: Desk, text: str) -> Reply:
    match read_forecast(text):
        case Clear(command=ShowForecast(playbook=playbook)):
            return show(desk, ForecastSlip(playbook=playbook))
        case Wrong() as wrong:
            return mistakes.wrong(wrong, text, desk.reader)
        case _:
            return help_texts.forecast(desk.reader)


def on_show(desk: Desk, click: Click) -> Reply:
    return show(desk, ForecastSlip.model_validate_json(click.value or "{}"))


def show(desk: Desk, slip: ForecastSlip) -> Message:
    """Raises `Refused(PLAYBOOK_UNKNOWN)`."""
    with desk.reading() as uow:
        slip = slip.model_copy(update={"playbook": slip.playbook or own_playbook(desk, uow)})
        seen = see_forecast(uow, SeeForecast(slip.playbook), desk.at)
    by_key = slip.model_copy(update={"playbook": seen.playbook.key if slip.playbook else ""})
    return forecast.message(seen, by_key, desk.reader)
