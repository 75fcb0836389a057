"""*Why?* beside a number: from how many cases, and how it is computed, as it is now."""

from __future__ import annotations

from bot.handlers import funnel, plan
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.usecases.see_forecast import SeeForecast, see_forecast
from bot.views import why
from bot.views.ids import Action
from bot.views.message import Modal
from bot.views.number_slips import Topic, WhySlip
from playbooks.refusal import Refusal, Refused


def register(router: Router) -> None:
    router.clicks[Action.WHY] = on_why


def on_why(desk: Desk, click: Click) -> Reply:
    return _dialog(desk, WhySlip.model_validate_json(click.value))


def _dialog(desk: Desk, slip: WhySlip) -> Modal:
    with desk.reading() as uow:
        match slip.topic:
            case Topic.PLAN:
                return why.of_plan(plan.seen_of(desk, uow, slip.plan), desk.reader)
            case Topic.FORECAST:
                seen_ahead = see_forecast(uow, SeeForecast(slip.funnel.playbook), desk.at)
                return why.of_forecast(seen_ahead, desk.reader)
            case _:
                seen = funnel.seen_of(desk, uow, slip.funnel)
    match slip.topic:
        case Topic.OVERALL:
            return why.of_overall(seen, desk.reader)
        case Topic.BOTTLENECK:
            return why.of_bottleneck(seen, desk.reader)
        case _ if slip.funnel.by is not None:
            return why.of_slices(seen, desk.reader)
    if not 1 <= slip.step <= len(seen.funnel.steps):
        # The playbook has fewer steps than when the button was drawn.
        raise Refused(Refusal.NO_SUCH_STEP, asked=slip.step, last=len(seen.funnel.steps))
    return why.of_step(seen, slip.step, desk.reader)
