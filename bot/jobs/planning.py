"""Plans at each tick, and says what came of it in the log."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.usecases.plan_deliveries import plan_deliveries
from playbooks.ports import Units

log = structlog.get_logger()


def plan_and_log(units: Units, now: datetime) -> None:
    """Writes down what is owed by `now`. Raises `Busy`."""
    planned = plan_deliveries(units, now, explain=False)
    if planned.messages:
        log.info("planned", deliveries=planned.messages)
    for trouble in planned.troubles:
        log.error("not_planned", slack_team=trouble.slack_team, what=trouble.what, error=trouble.error)
