"""A touch and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.change import Act, Changed, Target, keep, taken_up
from bot.usecases.next_actions import chosen
from playbooks import journey, next_action
from playbooks.events import NextAction
from playbooks.model import Counts, Outcome
from playbooks.ports import Tracked, UnitOfWork


@dataclass(frozen=True, slots=True)
class LogContact:
    """`next_on` is the date for the next action, `next_what` its words; both default to the playbook's.

    `variant` is the letter of the script that was used, `minutes` the time it took.
    """

    target: Target
    outcome: str
    next_on: date | None = None
    next_what: str | None = None
    moment: str | None = None
    variant: str | None = None
    minutes: int | None = None
    note: str | None = None


def log_contact(command: LogContact, uow: UnitOfWork, act: Act) -> Changed:
    """Keeps the contact; the next action is the one given, else the playbook's. Raises `Refused`."""
    with uow:
        tracked = taken_up(uow, act, command.target)
        events = journey.log(
            tracked.journey,
            outcome=command.outcome,
            next_action=_next_action(uow, tracked, command, act),
            on=act.today,
            moment=command.moment,
            variant=command.variant,
            minutes=command.minutes,
            note=command.note,
        )
        return keep(uow, act, tracked, events)


@dataclass(frozen=True, slots=True)
class Proposals:
    """The playbook's next action after a contact, and after an attempt at one."""

    contact: NextAction
    attempt: NextAction


def proposed_after_log(tracked: Tracked, uow: UnitOfWork, act: Act) -> Proposals:
    """What comes next when no date and no words are given, for a contact at the moment that is planned."""
    calendar = uow.members.calendar(tracked.journey.owner)

    def after(counts: Counts) -> NextAction:
        outcome = Outcome(key="any", label="any", counts=counts)
        return next_action.after_contact(tracked.journey, outcome, calendar, act.today)

    return Proposals(contact=after(Counts.CONTACT), attempt=after(Counts.ATTEMPT))


def _next_action(uow: UnitOfWork, tracked: Tracked, command: LogContact, act: Act) -> NextAction | None:
    known = tracked.journey.playbook.outcome(command.outcome)
    if known is None or not tracked.journey.is_open:
        return None
    calendar = uow.members.calendar(tracked.journey.owner)
    proposed = next_action.after_contact(tracked.journey, known, calendar, act.today, moment=command.moment)
    return chosen(proposed, command.next_on, command.next_what)
