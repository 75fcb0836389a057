"""Keeps Monday's forecasts at each tick, and says what came of it in the log."""

from __future__ import annotations

from datetime import date, datetime

import structlog

from bot.usecases.keep_forecasts import keep_forecasts, monday_of
from playbooks.calendar import Calendar
from playbooks.ports import Busy, Units
from playbooks.team import Workspace

log = structlog.get_logger()


class KeepForecasts:
    """Remembers in the process where this Monday's are done, so that a tick with nothing to do costs one query.

    Where nobody came by on Monday, they are made later in the week, of what was known on Monday.
    """

    def __init__(self) -> None:
        self._done: dict[int, date] = {}

    def __call__(self, units: Units, now: datetime) -> None:
        """Keeps what is missing in every workspace. Raises `Busy` when the database lets nobody in at all."""
        for workspace in units.workspaces():
            monday = self._monday(workspace, now)
            if monday is not None and self._done.get(workspace.id) != monday:
                self._keep(units, workspace, monday)

    def _monday(self, workspace: Workspace, now: datetime) -> date | None:
        try:
            return monday_of(Calendar(workspace.zone).today(now))
        except LookupError:  # a zone that this machine does not know; another one will
            return None

    def _keep(self, units: Units, workspace: Workspace, monday: date) -> None:
        try:
            kept = keep_forecasts(units, workspace, monday)
        except Busy:
            return  # the next tick does it
        except Exception:
            # The outermost boundary of one workspace: the others must go on, and this one is not tried all week.
            log.exception("forecast_not_kept", slack_team=workspace.slack_id)
        else:
            if kept:
                log.info("forecast_kept", slack_team=workspace.slack_id, playbooks=kept)
        self._done[workspace.id] = monday
