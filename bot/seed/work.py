"""What a team does about one prospect: every change goes through the use case that Slack's commands use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count

from bot.usecases.add_prospect import AddProspect, add_prospect
from bot.usecases.advance_prospect import AdvanceProspect, advance_prospect
from bot.usecases.assign_prospect import AssignProspect, assign_prospect
from bot.usecases.change import Act, Changed, Target
from bot.usecases.close_undecided import CloseUndecided, close_undecided
from bot.usecases.force_decision import ForceDecision, force_decision
from bot.usecases.log_contact import LogContact, log_contact
from bot.usecases.lose_prospect import LoseProspect, lose_prospect
from bot.usecases.plan_next_action import PlanNextAction, plan_next_action
from bot.usecases.postpone_prospect import PostponeProspect, postpone_prospect
from bot.usecases.tick_evidence import TickEvidence, tick_evidence
from bot.usecases.undo_change import UndoChange, undo_change
from bot.usecases.wait_for_prospect import WaitForProspect, wait_for_prospect
from playbooks.calendar import Calendar
from playbooks.history import Journey
from playbooks.ports import UnitOfWork
from playbooks.prospect import Person
from playbooks.team import Member

_BETWEEN_ACTS = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Lead:
    """A prospect as it comes in: who brings it in at `at`, and the seller whose it will be."""

    number: int
    at: datetime
    name: str
    source: str
    value: int | None
    person: Person
    by: Member
    seller: Member
    playbook: str


class Work:
    """One prospect in the hands of its owner.

    `journey` is its present one without its history, which would be heavy to keep for many; `now` the instant
    of the next act: setting it moves time forward, and each act moves it on by a little. Everything raises
    `Refused` when the rules are not kept: the seed has a fault then.
    """

    def __init__(self, lead: Lead, uow: UnitOfWork) -> None:
        self.lead = lead
        self.owner = lead.seller
        self.now = lead.at
        self._uow = uow
        self._numbers = count(1)
        self._prospect: int | None = None
        self._id = 0
        self._journey: Journey | None = None

    @property
    def journey(self) -> Journey:
        if self._journey is None:
            raise RuntimeError("a prospect is added first")
        return self._journey

    def at(self, instant: datetime) -> datetime:
        """Sets the instant of the next act, never before what was done last; gives it back."""
        self.now = max(self.now, instant)
        return self.now

    @property
    def today(self) -> date:
        """The date where the owner is."""
        return Calendar(self.owner.zone).today(self.now)

    def add(self) -> None:
        """Starts the first journey, or another one of a prospect that comes back."""
        lead = self.lead
        command = AddProspect(
            name=lead.name,
            source=lead.source,
            value=lead.value,
            people=(lead.person,),
            playbook=lead.playbook,
            owner=self.owner.id,
            prospect=self._prospect,
        )
        added = add_prospect(command, self._uow, self._act(lead.by))
        self._keep(added.changed)

    def log(
        self,
        outcome: str,
        *,
        variant: str | None = None,
        minutes: int | None = None,
        note: str | None = None,
        next_on: date | None = None,
        next_what: str | None = None,
    ) -> None:
        """A touch at the planned moment."""
        planned = self.journey.next_action
        command = LogContact(
            self._target,
            outcome,
            next_on=next_on,
            next_what=next_what,
            moment=planned.moment if planned else None,
            variant=variant,
            minutes=minutes,
            note=note,
        )
        self._do(lambda act: log_contact(command, self._uow, act))

    def tick(self, evidence: frozenset[str]) -> None:
        command = TickEvidence(self._target, self.journey.ticked | evidence)
        self._do(lambda act: tick_evidence(command, self._uow, act))

    def plan(self, on: date, what: str | None = None) -> None:
        command = PlanNextAction(self._target, on, what)
        self._do(lambda act: plan_next_action(command, self._uow, act))

    def advance(self, *decided: frozenset[str]) -> None:
        command = AdvanceProspect(self._target, decided)
        self._do(lambda act: advance_prospect(command, self._uow, act))

    def lose(self, reason: str, text: str | None = None) -> None:
        command = LoseProspect(self._target, reason, text)
        self._do(lambda act: lose_prospect(command, self._uow, act))

    def postpone(self, returns_on: date, text: str) -> None:
        command = PostponeProspect(self._target, returns_on, text)
        self._do(lambda act: postpone_prospect(command, self._uow, act))

    def close_undecided(self, text: str) -> None:
        command = CloseUndecided(self._target, text)
        self._do(lambda act: close_undecided(command, self._uow, act))

    def wait(self, until: date, what: str, why: str) -> None:
        command = WaitForProspect(self._target, until, what, why)
        self._do(lambda act: wait_for_prospect(command, self._uow, act))

    def force(self, due_on: date, what: str) -> None:
        command = ForceDecision(self._target, due_on, what)
        self._do(lambda act: force_decision(command, self._uow, act))

    def hand_over(self, to: Member, by: Member) -> None:
        command = AssignProspect(self._target, to.id)
        self._keep(assign_prospect(command, self._uow, self._act(by)))
        self.owner = to

    def undo(self) -> None:
        command = UndoChange(self._target)
        self._do(lambda act: undo_change(command, self._uow, act))

    @property
    def _target(self) -> Target:
        return Target(self._id)

    def _do(self, use_case: Callable[[Act], Changed]) -> None:
        self._keep(use_case(self._act(self.owner)))

    def _act(self, member: Member) -> Act:
        return Act(member, self.now, request=f"seed:{self.lead.number}:{next(self._numbers)}")

    def _keep(self, changed: Changed) -> None:
        self._id = changed.after.id
        self._prospect = changed.after.prospect.id
        self._journey = replace(changed.after.journey, history=())
        self.now += _BETWEEN_ACTS
