"""What a rep fills in for a script is kept once, beside what is known, and touches no journey."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

import storage
from bot.usecases.change import Act
from bot.usecases.fill_in import FillIn, fill_in
from playbooks.ports import AlreadyHandled
from playbooks.prospect import Person, Prospect
from tests.builders import MONDAY, Office, noon

EVA = Person("Eva Smit", decides=True)


def filled(office: Office, command: FillIn, request: str = "1") -> Prospect:
    act = Act(member=office.rep, at=noon(MONDAY), request=request)
    return fill_in(command, office.units.writing(office.slack_team), act)


def kept(office: Office, prospect: int) -> Prospect:
    with office.units.reading(office.slack_team) as uow:
        return uow.prospects.get(prospect)


def test_a_first_person_is_whom_we_talk_to(office: Office) -> None:
    tracked = office.start()
    filled(office, FillIn(tracked.id, name="Eva Smit"))
    assert kept(office, tracked.prospect.id).people == (EVA,)


def test_what_is_filled_in_goes_to_the_person_it_was_asked_of(office: Office) -> None:
    tracked = office.start()
    filled(office, FillIn(tracked.id, name="Eva Smit"))
    filled(office, FillIn(tracked.id, name="Jan"), "2")
    filled(office, FillIn(tracked.id, whom="Jan", phone="020-1", email="jan@acme.example"), "3")
    people = kept(office, tracked.prospect.id).people
    assert people == (EVA, Person("Jan", phone="020-1", email="jan@acme.example"))


def test_what_somebody_filled_in_meanwhile_stays(office: Office) -> None:
    tracked = office.start(source="fair")
    filled(office, FillIn(tracked.id, name="Eva Smit", phone="020-1", value=500))
    filled(office, FillIn(tracked.id, name="Eva Smit", phone="020-2", role="CFO", source="web", value=0), "2")
    known = kept(office, tracked.prospect.id)
    assert (known.source, known.value) == ("fair", 500)
    assert known.people == (Person("Eva Smit", role="CFO", phone="020-1", decides=True),)


def test_a_person_who_left_meanwhile_is_not_brought_back(office: Office) -> None:
    tracked = office.start()
    filled(office, FillIn(tracked.id, whom="Eva Smit", phone="020-1"))
    assert kept(office, tracked.prospect.id).people == ()


def test_the_same_request_fills_in_once(office: Office) -> None:
    tracked = office.start()
    filled(office, FillIn(tracked.id, name="Eva Smit"))
    with pytest.raises(AlreadyHandled):
        filled(office, FillIn(tracked.id, name="Eva Smith"))
    assert kept(office, tracked.prospect.id).people == (EVA,)


def test_everything_still_agrees_with_the_events(office: Office, engine: Engine) -> None:
    tracked = office.start()
    filled(office, FillIn(tracked.id, name="Eva Smit", source="fair", value=500))
    assert list(storage.verify(engine)) == []
