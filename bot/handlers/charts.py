"""*Chart* beside numbers: the picture of them comes in the asker's messages with Nextstep.

Slack shows an uploaded picture to one person alone only there: a file cannot be part of an answer that only its
asker sees (docs/adr/where-a-chart-goes.md).
"""

from __future__ import annotations

from functools import partial

from bot.handlers import funnel, plan
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Reply, Sends
from bot.handlers.router import Router
from bot.usecases.deliver import Picture, Post
from bot.usecases.see_forecast import SeeForecast, see_forecast
from bot.views import number_pictures
from bot.views.ids import Action
from bot.views.number_pictures import Drawing
from bot.views.number_slips import ChartSlip
from bot.views.number_slips import Picture as Which

_AFTER_THE_TITLE = 1


def register(router: Router) -> None:
    router.clicks[Action.CHART] = on_chart


def on_chart(desk: Desk, click: Click) -> Reply:
    drawing = _drawing(desk, ChartSlip.model_validate_json(click.value))
    if drawing is None:
        return number_pictures.nothing_to_draw(desk.reader)
    return Sends(number_pictures.on_its_way(desk.reader), partial(_post, drawing))


def _drawing(desk: Desk, slip: ChartSlip) -> Drawing | None:
    with desk.reading() as uow:
        match slip.picture:
            case Which.FUNNEL:
                whole = slip.funnel.model_copy(update={"by": None, "slice": None})
                return number_pictures.of_funnel(funnel.seen_of(desk, uow, whole), desk.reader)
            case Which.PLAN:
                return number_pictures.of_plan(plan.seen_of(desk, uow, slip.plan), desk.reader)
            case Which.FORECAST:
                seen = see_forecast(uow, SeeForecast(slip.funnel.playbook), desk.at)
                return number_pictures.of_forecast(seen, desk.reader)


def _post(drawing: Drawing) -> Post:
    message = number_pictures.beside(drawing)
    picture = Picture(drawing.draw(), drawing.title, drawing.alt, _AFTER_THE_TITLE)
    return Post(message.text, message.blocks, picture)
