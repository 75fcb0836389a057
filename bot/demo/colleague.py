"""A colleague at work while the demo runs: what happens after the day's message comes on its own."""

from __future__ import annotations

from datetime import datetime

from bot.demo.workspace import MEMBERS, ONE_CONTACT_LEFT, WORKSPACE_ID
from bot.usecases.change import Act, Target
from bot.usecases.log_contact import LogContact, log_contact
from playbooks.deadlines import limit_reached
from playbooks.pipeline import Filters
from playbooks.ports import AlreadyHandled, Busy, Units
from playbooks.refusal import Refused
from playbooks.team import Role

_MANY = 1_000


def meets_prospects(units: Units, at: datetime) -> None:
    """Logs a meeting with each prospect that has one contact left in its step: its owner hears of the stall.

    The first time only, and only where nobody did anything else with it meanwhile.
    """
    handle = next(member.slack_id for member in MEMBERS if member.role is Role.MARKETING)
    with units.reading(WORKSPACE_ID) as uow:
        colleague = uow.members.by_slack_id(handle)
        lines = uow.pipeline.page(Filters(), today=at.date(), offset=0, limit=_MANY).lines
        told = [line for line in lines if line.name in ONE_CONTACT_LEFT.values()]
        open_ones = [uow.journeys.get(line.journey_id) for line in told]
    for tracked in open_ones:
        journey = tracked.journey
        left = journey.step.contacts_without_progress - journey.spent.contacts
        if colleague is None or limit_reached(journey) or left != 1:
            continue
        act = Act(colleague, at, request=f"demo:{tracked.id}")
        contact = LogContact(Target(tracked.id, step=journey.step_number), "met", minutes=15)
        try:
            log_contact(contact, units.writing(WORKSPACE_ID), act)
        except (AlreadyHandled, Refused, Busy):  # an earlier run of the demo did it, or somebody is just at it
            continue
