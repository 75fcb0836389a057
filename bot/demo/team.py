"""What the demo's team has set, and what was planned for it before the demo begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from bot.demo.workspace import SALES_CHANNEL_ID, WORKSPACE_ID, ZONE
from bot.usecases.plan_deliveries import plan_deliveries
from playbooks.calendar import Calendar
from playbooks.ports import Units
from playbooks.team import Role


def settle(units: Units, now: datetime) -> None:
    """Gives a new team its channel and its manager, and lets the bot have been there since midnight.

    Without that it would be new this very morning, and begin to speak tomorrow.
    """
    with units.writing(WORKSPACE_ID) as uow:
        leader = next(member for member in uow.members.all() if member.role is Role.ADMIN)
        uow.update_team(replace(uow.team, channel=SALES_CHANNEL_ID, manager_id=leader.id))
        uow.commit()
    calendar = Calendar(ZONE)
    plan_deliveries(units, calendar.instant(calendar.today(now), time.min))
