"""Several people, or several copies of one request, at the same moment."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

import storage
from playbooks import journey as rules
from playbooks.ports import AlreadyHandled, Busy
from playbooks.refusal import Refused
from tests.builders import MONDAY, Office, a_member, advanced, an_action, an_office, noon, started, told
from tests.databases import emptied

IMPATIENT = 0.1


def all_at_once(times: int, act: Callable[[int], str]) -> Counter[str]:
    """How often each answer came from this many threads that begin together."""
    together = threading.Barrier(times)

    def begin(number: int) -> str:
        together.wait()
        return act(number)

    with ThreadPoolExecutor(times) as pool:
        return Counter(pool.map(begin, range(times)))


def test_of_eight_who_advance_one_prospect_one_wins(office: Office) -> None:
    tracked = office.start()

    def advance(_: int) -> str:
        try:
            office.save(tracked, advanced(tracked.journey))
        except Refused as refused:
            return refused.code
        return "saved"

    assert all_at_once(8, advance) == {"saved": 1, "changed_meanwhile": 7}
    with office.units.reading(office.slack_team) as uow:
        assert uow.journeys.get(tracked.id).journey.step_number == 2


def test_eight_who_log_one_after_another_all_see_the_newest(office: Office) -> None:
    tracked = office.start()

    def log(_: int) -> str:
        with office.units.writing(office.slack_team) as uow:
            now = uow.journeys.get(tracked.id)
            events = rules.log(now.journey, outcome="talked", next_action=an_action(MONDAY), on=MONDAY)
            uow.journeys.save(now, told(now.journey, events), uow.members.calendar(office.rep.id))
            uow.commit()
        return "logged"

    assert all_at_once(8, log) == {"logged": 8}
    with office.units.reading(office.slack_team) as uow:
        assert uow.journeys.get(tracked.id).journey.spent.contacts == 8


def test_a_request_that_comes_three_times_does_its_work_once(office: Office) -> None:
    tracked = office.start()

    def log(_: int) -> str:
        try:
            with office.units.writing(office.slack_team) as uow:
                now = uow.journeys.get(tracked.id)
                events = rules.log(now.journey, outcome="talked", next_action=an_action(MONDAY), on=MONDAY)
                saved = uow.journeys.save(now, told(now.journey, events), uow.members.calendar(office.rep.id))
                uow.inbox.keep("Ev1", at=noon(MONDAY), journey_id=saved.id, change=3)
                uow.commit()
        except AlreadyHandled as already:
            return f"change {already.handled.change} before"
        return "done"

    assert all_at_once(3, log) == {"done": 1, "change 3 before": 2}
    with office.units.reading(office.slack_team) as uow:
        assert uow.journeys.get(tracked.id).journey.version == 4


def test_one_of_four_starts_the_journey_of_a_prospect(office: Office) -> None:
    with office.units.writing(office.slack_team) as uow:
        prospect = uow.prospects.add("Acme", source=None, value=None, people=())
        uow.commit()

    def start(_: int) -> str:
        try:
            with office.units.writing(office.slack_team) as uow:
                journey = started(office.playbook, office.rep.id)
                uow.journeys.start(prospect, office.playbook_id, journey, uow.members.calendar(office.rep.id))
                uow.commit()
        except Refused as refused:
            return refused.code
        return "started"

    assert all_at_once(4, start) == {"started": 1, "open_already": 3}


def test_a_workspace_is_founded_once(store: storage.Store) -> None:
    found = all_at_once(4, lambda _: str(store.found("T0NEW", "New", "UTC").id))

    assert len(found) == 1
    with store.reading("T0NEW") as uow:
        assert uow.team.workspace_id == uow.workspace.id


def test_a_new_face_becomes_one_member(office: Office) -> None:
    def meet(_: int) -> str:
        with office.units.writing(office.slack_team) as uow:
            member = a_member(uow, "U3NEW", "Nel")
            uow.commit()
        return str(member.id)

    assert len(all_at_once(3, meet)) == 1


@pytest.fixture
def impatient(engine: Engine) -> Iterator[storage.Store]:
    """The same database through an engine that hardly waits."""
    url = engine.url.render_as_string(hide_password=False)
    other = storage.create_engine(url, busy_timeout=IMPATIENT)
    yield storage.Store(other)
    other.dispose()


def test_who_does_not_get_in_is_told_that_it_is_busy(office: Office, impatient: storage.Store) -> None:
    tracked = office.start()
    with office.units.writing(office.slack_team) as holding:
        holding.journeys.get(tracked.id)
        with pytest.raises(Busy), impatient.writing(office.slack_team) as uow:
            uow.journeys.get(tracked.id)


def test_reading_never_waits_for_writing(office: Office, impatient: storage.Store) -> None:
    tracked = office.start()
    with office.units.writing(office.slack_team) as writing:
        writing.journeys.save(tracked, advanced(tracked.journey), writing.members.calendar(office.rep.id))
        with impatient.reading(office.slack_team) as uow:
            assert uow.journeys.get(tracked.id).journey.step_number == 1


def test_a_lost_connection_is_busy_once_and_then_replaced(postgresql_engine: Engine) -> None:
    """On PostgreSQL only: a file has no connection to lose."""
    url = emptied(postgresql_engine).url.render_as_string(hide_password=False)
    engine = storage.create_engine(url, connections=1)
    store = storage.Store(engine)
    office = an_office(store)
    with engine.connect() as connection:
        ours = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with postgresql_engine.connect() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({ours}, 5000)")

    with pytest.raises(Busy), store.reading(office.slack_team) as uow:
        uow.prospects.all()
    with store.reading(office.slack_team) as uow:
        assert uow.prospects.all() == []
    engine.dispose()
