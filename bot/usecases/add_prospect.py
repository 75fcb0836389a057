"""A new prospect, or one that comes back: a journey starts at step 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.usecases.change import Act, Changed, once
from bot.usecases.next_actions import chosen
from playbooks import journey, next_action
from playbooks.calendar import Calendar
from playbooks.history import Journey, Status, record
from playbooks.names import KnownProspect, matches, name_key, same_company
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import Tracked, UnitOfWork
from playbooks.prospect import Person, Prospect, check_prospect
from playbooks.refusal import Refusal, Refused
from playbooks.team import Member

RETURNED = "returned:"
"""Stands before the source of a prospect that comes back after *not now*: no new intake (numbers.md)."""
_SAME_BEGINNING = 2
"""Letters that a lookalike shares from the start; comparing with every name would slow down as they grow."""
_MOST_COMPARED = 2000


@dataclass(frozen=True, slots=True)
class AddProspect:
    """`playbook` is a key, None the workspace's default; `prospect` names an existing one that comes back.

    `next_on` and `next_what` are the first next action; both default to the playbook's first moment.
    """

    name: str
    source: str | None = None
    value: int | None = None
    people: Sequence[Person] = ()
    playbook: str | None = None
    owner: int | None = None
    next_on: date | None = None
    next_what: str | None = None
    prospect: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """The change, and existing prospects that this one looks like."""

    changed: Changed
    lookalikes: tuple[KnownProspect, ...]


def add_prospect(command: AddProspect, uow: UnitOfWork, act: Act) -> Added:
    """Starts a journey with its first next action.

    A prospect without a name, or with texts that do not fit, is refused.

    A prospect of exactly this name gets a new journey instead of a double. Raises `Refused(OPEN_ALREADY)`
    when that one has an open journey, `Refused(PLAYBOOK_UNKNOWN)` for a playbook that is not there.
    """
    check_prospect(command.name, command.source, command.people)
    with uow:
        uow.take_turns()  # two people may add the same company at once
        once(uow, act)
        _check_owner(uow, command.owner)
        prospect, lookalikes = _prospect(uow, command)
        earlier = uow.journeys.latest(prospect.id)
        if earlier is not None and earlier.journey.is_open:
            raise Refused(Refusal.OPEN_ALREADY, tracked=earlier)
        return Added(_start(uow, act, command, prospect, earlier), lookalikes)


def _check_owner(uow: UnitOfWork, owner: int | None) -> None:
    """Nobody who left can be given a prospect."""
    if owner is not None and not (member := uow.members.get(owner)).active:
        raise Refused(Refusal.MEMBER_UNKNOWN, said=member.name)


def _prospect(uow: UnitOfWork, command: AddProspect) -> tuple[Prospect, tuple[KnownProspect, ...]]:
    if command.prospect is not None:
        return _known(uow, command.prospect, command), ()
    same = [k for k in uow.prospects.by_keys([name_key(command.name)]) if same_company(k.name, command.name)]
    if same:
        return _known(uow, same[0].id, command), ()
    alike = uow.prospects.starting_with(name_key(command.name)[:_SAME_BEGINNING], _MOST_COMPARED)
    lookalikes = tuple(matches(command.name, alike))
    added = uow.prospects.add(command.name, source=command.source, value=command.value, people=command.people)
    return added, lookalikes


def _known(uow: UnitOfWork, prospect_id: int, command: AddProspect) -> Prospect:
    """The prospect that comes back, with what is new: people, how to reach them, and the value."""
    before = uow.prospects.get(prospect_id)
    said = {person.name.casefold(): person for person in command.people}
    people = tuple(_brought_up_to_date(known, said.pop(known.name.casefold(), None)) for known in before.people)
    value = before.value if command.value is None else command.value
    after = replace(before, people=(*people, *said.values()), value=value)
    if after != before:
        uow.prospects.update(after)
    return after


def _brought_up_to_date(known: Person, said: Person | None) -> Person:
    if said is None:
        return known
    return replace(
        known,
        role=said.role or known.role,
        phone=said.phone or known.phone,
        email=said.email or known.email,
    )


def _start(
    uow: UnitOfWork, act: Act, command: AddProspect, prospect: Prospect, earlier: Tracked | None
) -> Changed:
    published = published_for(uow, command.playbook, act.member).id
    playbook = uow.playbooks.get(published)
    owner = command.owner or act.member.id
    calendar = uow.members.calendar(owner)
    proposed = next_action.on_entering(playbook.step(1), calendar, act.today)
    returned = earlier is not None and earlier.journey.status is Status.NOT_NOW
    source = command.source or prospect.source
    events = journey.start(
        owner=owner,
        next_action=chosen(proposed, command.next_on, command.next_what),
        on=act.today,
        source=f"{RETURNED}{source or ''}" if returned else source,
        returned=returned,
        note=command.note,
    )
    on = Calendar(uow.workspace.zone).today(act.at)
    started = record(Journey(playbook), events, at=act.at, on=on, by=act.member.id)
    tracked = uow.journeys.start(prospect, published, started, calendar)
    uow.inbox.keep(act.request, at=act.at, journey_id=tracked.id, change=1)
    uow.commit()
    return Changed(before=None, after=tracked)


def published_for(uow: UnitOfWork, key: str | None, member: Member) -> PublishedPlaybook:
    """The playbook that was named; else the first in the member's language; else the workspace's default.

    Raises `Refused(PLAYBOOK_UNKNOWN)`.
    """
    current = uow.playbooks.current()
    wanted = [known for known in current if key in (None, known.key)]
    if not wanted:
        raise Refused(Refusal.PLAYBOOK_UNKNOWN, said=key, playbooks=tuple(current))
    speaks = [known for known in wanted if member.reads.startswith(uow.playbooks.get(known.id).language)]
    return (speaks or wanted)[0]
