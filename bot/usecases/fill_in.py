"""What a script lacked about a prospect and its people."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.usecases.change import Act, once
from playbooks.ports import UnitOfWork
from playbooks.prospect import Person, Prospect, check_prospect


@dataclass(frozen=True, slots=True)
class FillIn:
    """What is known now; None where nothing was said. `whom` is the person it is about by name, None a new one."""

    journey: int
    whom: str | None = None
    name: str | None = None
    role: str | None = None
    phone: str | None = None
    email: str | None = None
    source: str | None = None
    value: int | None = None


def fill_in(command: FillIn, uow: UnitOfWork, act: Act) -> Prospect:
    """Keeps it where the prospect still lacks it: what somebody filled in meanwhile stays.

    A prospect's data are no event of its journey: nothing that is counted depends on them.
    """
    with uow:
        once(uow, act)
        tracked = uow.journeys.get(command.journey)
        known = tracked.prospect
        filled = replace(
            known,
            source=known.source or command.source,
            value=known.value if known.value is not None else command.value,
            people=_people(known, command),
        )
        check_prospect(filled.name, filled.source, filled.people)
        if filled != known:
            uow.prospects.update(filled)
        uow.inbox.keep(act.request, at=act.at, journey_id=tracked.id, change=None)
        uow.commit()
        return filled


def _people(known: Prospect, command: FillIn) -> tuple[Person, ...]:
    names = [person.name for person in known.people]
    about = command.whom if command.whom is not None else command.name
    if about in names:
        place = names.index(about)
        return (*known.people[:place], _filled(known.people[place], command), *known.people[place + 1 :])
    if command.name is None:
        return known.people
    decides = not any(person.decides for person in known.people)
    return (*known.people, _filled(Person(command.name, decides=decides), command))


def _filled(person: Person, command: FillIn) -> Person:
    return replace(
        person,
        role=person.role or command.role,
        phone=person.phone or command.phone,
        email=person.email or command.email,
    )
