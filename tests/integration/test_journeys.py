"""What is written comes back, as it was, and nobody's work is overwritten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playbooks import journey as rules
from playbooks.history import Status
from playbooks.ports import NotHere
from playbooks.prospect import Person
from playbooks.refusal import Refusal, Refused
from storage import Store
from tests.builders import MONDAY, Office, a_playbook, advanced, an_action, lost, noon, started, told, undone


def test_a_journey_comes_back_as_it_was_kept(office: Office) -> None:
    tracked = office.start("Café Zürich")
    journey = told(
        tracked.journey,
        rules.log(
            tracked.journey,
            outcome="talked",
            next_action=an_action(MONDAY),
            on=MONDAY,
            note="\u202b\u05e9\u05dc\u05d5\u05dd 🎉",
        ),
    )
    office.save(tracked, advanced(journey))

    with office.units.reading(office.slack_team) as uow:
        found = uow.journeys.get(tracked.id)

    assert found.journey == advanced(journey)
    assert found.prospect == tracked.prospect
    assert found.journey.history[0].occurred_at == noon(MONDAY)


def test_what_was_not_committed_is_not_there(office: Office) -> None:
    tracked = office.start()
    with office.units.writing(office.slack_team) as uow:
        uow.journeys.save(tracked, advanced(tracked.journey), uow.members.calendar(office.rep.id))

    with office.units.reading(office.slack_team) as uow:
        assert uow.journeys.get(tracked.id).journey == tracked.journey


def test_saving_over_somebody_elses_change_is_refused(office: Office) -> None:
    tracked = office.start()
    office.save(tracked, advanced(tracked.journey))

    with pytest.raises(Refused) as refused:
        office.save(tracked, lost(tracked.journey))

    assert refused.value.code is Refusal.CHANGED_MEANWHILE
    assert refused.value.details["tracked"].journey.step_number == 2


def test_a_prospect_has_one_open_journey(office: Office) -> None:
    first = office.start()
    with office.units.writing(office.slack_team) as uow, pytest.raises(Refused) as refused:
        uow.journeys.start(
            first.prospect,
            office.playbook_id,
            started(office.playbook, office.rep.id),
            uow.members.calendar(office.rep.id),
        )

    assert refused.value.code is Refusal.OPEN_ALREADY
    assert refused.value.details["tracked"].id == first.id


def test_undoing_a_loss_is_refused_once_the_prospect_came_back(office: Office) -> None:
    first = office.start()
    closed = office.save(first, lost(first.journey))
    with office.units.writing(office.slack_team) as uow:
        again = started(office.playbook, office.rep.id)
        uow.journeys.start(first.prospect, office.playbook_id, again, uow.members.calendar(office.rep.id))
        uow.commit()

    with pytest.raises(Refused) as refused:
        office.save(closed, undone(closed.journey))

    assert refused.value.code is Refusal.OPEN_ALREADY


def test_the_latest_journey_is_the_open_one_and_never_a_withdrawn_one(office: Office) -> None:
    tracked = office.start()
    office.save(tracked, undone(tracked.journey))

    with office.units.reading(office.slack_team) as uow:
        assert uow.journeys.latest(tracked.prospect.id) is None
        assert uow.journeys.get(tracked.id).journey.status is Status.WITHDRAWN


def test_an_imported_history_may_begin_further_on(office: Office) -> None:
    journey = advanced(started(office.playbook, office.rep.id), times=2)
    with office.units.writing(office.slack_team) as uow:
        prospect = uow.prospects.add("Acme", source="import", value=None, people=())
        tracked = uow.journeys.start(prospect, office.playbook_id, journey, uow.members.calendar(office.rep.id))
        uow.commit()

    with office.units.reading(office.slack_team) as uow:
        assert uow.pipeline.line(tracked.id).step_number == 3


def test_new_words_reach_an_open_journey_and_new_steps_do_not(office: Office) -> None:
    tracked = office.start()
    with office.units.writing(office.slack_team) as uow:
        words = uow.playbooks.publish("", a_playbook(name="Other words"), at=noon(MONDAY), by=None)
        uow.playbooks.publish("", a_playbook(steps=4), at=noon(MONDAY), by=None)
        uow.commit()

    with office.units.reading(office.slack_team) as uow:
        found = uow.journeys.get(tracked.id)
        assert uow.playbooks.newest(office.playbook_id) == uow.playbooks.get(words.id)

    assert found.journey.step.name == "Other words"
    assert found.journey.playbook.last == 3
    assert found.playbook_id == office.playbook_id


def test_people_keep_their_order(office: Office) -> None:
    people = (Person("Zoë", "buyer"), Person("Ann", None, "+31 6 1", "a@example.org", decides=True))
    with office.units.writing(office.slack_team) as uow:
        added = uow.prospects.add("Acme", source="fair", value=1200, people=people)
        uow.prospects.update(added)
        uow.commit()

    with office.units.reading(office.slack_team) as uow:
        assert uow.prospects.get(added.id).people == people


def test_a_workspace_does_not_see_anothers_rows(office: Office, store: Store) -> None:
    tracked = office.start()
    store.found("T0OTHER", "Other", "UTC")

    with store.reading("T0OTHER") as uow:
        assert uow.members.by_slack_id("U1REP") is None
        assert uow.prospects.all() == []
        for look_up in (
            lambda: uow.journeys.get(tracked.id),
            lambda: uow.prospects.get(tracked.prospect.id),
            lambda: uow.members.get(office.rep.id),
            lambda: uow.playbooks.get(office.playbook_id),
            lambda: uow.pipeline.line(tracked.id),
        ):
            with pytest.raises(NotHere):
                look_up()


def test_a_reading_unit_of_work_refuses_to_write(office: Office) -> None:
    with office.units.reading(office.slack_team) as uow, pytest.raises(RuntimeError, match="only reads"):
        uow.prospects.add("Acme", source=None, value=None, people=())


def test_the_deadlines_of_a_line_are_the_owners(office: Office) -> None:
    tracked = office.start()
    with office.units.reading(office.slack_team) as uow:
        line = uow.pipeline.line(tracked.id)

    assert line.stalls_on == MONDAY + timedelta(days=7)
    assert line.decision_due_on == MONDAY + timedelta(days=14)
