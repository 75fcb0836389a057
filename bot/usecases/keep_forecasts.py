"""Keeps each Monday's forecast as it was made, so that it can be scored once its weeks are over."""

from __future__ import annotations

from datetime import date, timedelta

from bot.usecases.numbers import Numbers
from bot.usecases.see_forecast import made_from
from playbooks.funnel.forecast import Forecast
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork, Units
from playbooks.team import Workspace


def monday_of(day: date) -> date:
    """The Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def keep_forecasts(units: Units, workspace: Workspace, monday: date) -> int:
    """Keeps the forecast of each playbook of a workspace as of this Monday, unless it is there already.

    It is worked out before the writing transaction begins: who answers people waits for no arithmetic. A
    playbook whose steps do not all have enough data is left out; how many were kept.
    """
    with units.reading(workspace.slack_id) as uow:
        made = {playbook.key: _made(uow, playbook, monday) for playbook in uow.playbooks.current()}
    found = {key: forecasts for key, forecasts in made.items() if forecasts}
    if not found:
        return 0
    with units.writing(workspace.slack_id) as uow:
        kept = sum(uow.forecasts.keep(key, monday, forecasts) for key, forecasts in found.items())
        uow.commit()
    return kept


def _made(uow: UnitOfWork, playbook: PublishedPlaybook, monday: date) -> tuple[Forecast, ...]:
    if any(each.made_on == monday for each in uow.forecasts.all(playbook.key, monday)):
        return ()
    numbers = Numbers(uow, playbook, monday)
    seen = numbers.funnel()
    if seen.is_assumed:
        return ()  # what the playbook expects is no forecast of this team's
    return made_from(numbers, seen, numbers.standing()) or ()
