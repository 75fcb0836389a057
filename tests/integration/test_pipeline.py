"""What a team sees of its prospects."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from playbooks import journey as rules
from playbooks.pipeline import Filters, Page
from playbooks.ports import Tracked
from tests.builders import MONDAY, WEEK, Office, a_playbook, advanced, an_action, lost, noon, started, told

TODAY = MONDAY + timedelta(days=21)


def planned(office: Office, name: str, next_on: date, *, since: date = TODAY, **changes: object) -> Tracked:
    """A prospect whose next action falls on this day and whose journey started `since`."""
    return office.start(name, on=since, next_action=an_action(next_on), **changes)


def page(office: Office, filters: Filters | None = None, *, offset: int = 0, limit: int = 10) -> Page:
    with office.units.reading(office.slack_team) as uow:
        return uow.pipeline.page(filters or Filters(), today=TODAY, offset=offset, limit=limit)


def names(office: Office, filters: Filters | None = None, *, offset: int = 0, limit: int = 10) -> list[str]:
    return [line.name for line in page(office, filters, offset=offset, limit=limit).lines]


@pytest.fixture
def busy_office(office: Office) -> Office:
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    planned(office, "Later", TODAY + timedelta(days=5))
    planned(office, "Decision due", TODAY + timedelta(days=9), since=MONDAY)
    planned(office, "Tomorrow", tomorrow, source="fair")
    planned(office, "Overdue", yesterday, since=yesterday, owner=office.colleague.id)
    planned(office, "Long overdue", TODAY - timedelta(days=6), since=TODAY - timedelta(days=7))
    closed = planned(office, "Lost", tomorrow)
    office.save(closed, lost(closed.journey, on=TODAY))
    return office


def test_most_urgent_first(busy_office: Office) -> None:
    assert names(busy_office) == ["Long overdue", "Overdue", "Decision due", "Tomorrow", "Later"]


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_pages_follow_one_another(busy_office: Office, limit: int) -> None:
    pages = [page(busy_office, offset=offset, limit=limit) for offset in range(0, 6, limit)]

    assert [line.name for part in pages for line in part.lines] == names(busy_office)
    assert {part.total for part in pages} == {5}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(source="fair"), ["Tomorrow"]),
        (Filters(step_number=1, due_by=TODAY), ["Long overdue", "Overdue"]),
        (Filters(step_number=2), []),
        (Filters(stalled_on=TODAY), ["Long overdue", "Decision due"]),
        (Filters(decision_due_on=TODAY), ["Decision due"]),
        (Filters(playbook="services", due_by=TODAY), ["Long overdue", "Overdue"]),
        (Filters(playbook="other"), []),
    ],
)
def test_filters(busy_office: Office, filters: Filters, expected: list[str]) -> None:
    assert names(busy_office, filters) == expected
    assert page(busy_office, filters).total == len(expected)


def test_a_rep_sees_their_own(busy_office: Office) -> None:
    assert names(busy_office, Filters(owner=busy_office.colleague.id)) == ["Overdue"]


def test_who_waits_is_neither_stalled_nor_due(office: Office) -> None:
    tracked = planned(office, "Waiting", MONDAY, since=MONDAY)
    until = TODAY + timedelta(days=3)
    events = rules.wait(tracked.journey, until=until, on=MONDAY, calendar=WEEK, what="Call back")
    office.save(tracked, told(tracked.journey, events))

    line = page(office).lines[0]

    assert line.is_waiting(TODAY)
    assert names(office, Filters(stalled_on=TODAY)) == []
    assert names(office, Filters(stalled_on=until + timedelta(days=30))) == ["Waiting"]
    assert names(office, Filters(waiting_on=TODAY)) == ["Waiting"]


def test_used_up_attempts_stall_a_prospect(office: Office) -> None:
    tracked = planned(office, "Silent", TODAY)
    journey = tracked.journey
    for _ in range(journey.step.attempts_without_contact):
        events = rules.log(journey, outcome="no_answer", next_action=an_action(TODAY), on=TODAY)
        journey = told(journey, events, on=TODAY)
    office.save(tracked, journey)

    assert page(office).lines[0].exhausted
    assert names(office, Filters(stalled_on=TODAY)) == ["Silent"]


def test_a_line_says_what_its_buttons_need(office: Office) -> None:
    tracked = planned(office, "Acme", TODAY, source="fair")
    office.save(tracked, advanced(tracked.journey, on=TODAY))

    line = page(office).lines[0]

    assert (line.step_number, line.step_name, line.steps, line.version) == (2, "Step 2", 3, 4)
    assert line.next_action == an_action(TODAY + timedelta(days=1))
    assert (line.owner, line.source) == (office.rep.id, "fair")


def test_counts_per_step(busy_office: Office) -> None:
    moved = planned(busy_office, "Moved", TODAY)
    busy_office.save(moved, advanced(moved.journey, on=TODAY))
    with busy_office.units.reading(busy_office.slack_team) as uow:
        counts = uow.pipeline.counts(Filters(), TODAY)

    assert [(count.step_name, count.open, count.stalled) for count in counts] == [
        ("Step 1", 5, 2),
        ("Step 2", 1, 0),
    ]


def test_versions_of_one_playbook_count_together(office: Office) -> None:
    office.start("Old")
    with office.units.writing(office.slack_team) as uow:
        book = a_playbook(name="New words")
        newer = uow.playbooks.publish("", book, at=noon(MONDAY), by=None)
        prospect = uow.prospects.add("New", source=None, value=None, people=())
        calendar = uow.members.calendar(office.rep.id)
        uow.journeys.start(prospect, newer.id, started(book, office.rep.id), calendar)
        uow.commit()
    with office.units.reading(office.slack_team) as uow:
        counts = uow.pipeline.counts(Filters(), MONDAY)

    assert [(count.step_name, count.open) for count in counts] == [("New words", 2)]


def test_sources_by_name_each_once(office: Office) -> None:
    for number, source in enumerate(["web", "fair", "web", None]):
        office.start(f"Prospect {number}", source=source)
    with office.units.reading(office.slack_team) as uow:
        assert uow.pipeline.sources() == ["fair", "web"]


def test_a_dossier_has_every_journey_newest_first_and_who_took_part(office: Office) -> None:
    first = office.start("Acme")
    handed = told(first.journey, rules.assign(first.journey, owner=office.colleague.id))
    office.save(first, lost(handed))
    with office.units.writing(office.slack_team) as uow:
        calendar = uow.members.calendar(office.rep.id)
        again = started(office.playbook, office.rep.id)
        second = uow.journeys.start(first.prospect, office.playbook_id, again, calendar)
        uow.commit()
    with office.units.reading(office.slack_team) as uow:
        dossier = uow.pipeline.dossier(first.prospect.id)

    assert dossier.prospect == first.prospect
    assert dossier.journeys == ((second.id, again), (first.id, lost(handed)))
    assert {member.name for member in dossier.members.values()} == {"Robin", "Sam"}


def test_a_dossier_without_journeys_is_the_prospect_alone(office: Office) -> None:
    with office.units.writing(office.slack_team) as uow:
        prospect = uow.prospects.add("Acme", source=None, value=None, people=())
        uow.commit()
    with office.units.reading(office.slack_team) as uow:
        assert uow.pipeline.dossier(prospect.id).journeys == ()
