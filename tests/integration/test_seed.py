"""The demo's team and its history: what a newcomer finds, made by the same rules as everyone's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

import storage
from bot import playbook_files
from bot.demo.run import COMMANDS_TO_TRY
from bot.demo.workspace import MEMBERS, WORKSPACE_ID
from bot.seed import SeedOptions, is_empty, seed_workspace
from bot.seed.chances import Fate, chance_of, plan_step
from bot.seed.stories import DECIDING, READY, STALLED, WAITING
from bot.usecases.add_prospect import AddProspect, add_prospect
from bot.usecases.change import Act
from playbooks.calendar import Calendar
from playbooks.events import Assigned, Contacted, DecisionForced, Undone, WaitAgreed
from playbooks.history import Journey, Status
from playbooks.model import variant_id
from playbooks.names import name_key
from playbooks.pipeline import Filters, Line
from playbooks.ports import Units
from playbooks.team import Member, Role
from storage.rows import EventRow
from tests import databases

WEDNESDAY = datetime(2026, 3, 18, 9, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 21, 9, 30, tzinfo=UTC)
TODAY = WEDNESDAY.date()


def open_lines(units: Units) -> Sequence[Line]:
    with units.reading(WORKSPACE_ID) as uow:
        return uow.pipeline.page(Filters(), today=TODAY, offset=0, limit=1_000).lines


def journeys(units: Units) -> list[Journey]:
    with units.reading(WORKSPACE_ID) as uow:
        dossiers = [uow.pipeline.dossier(known.id) for known in uow.prospects.all()]
    return [journey for dossier in dossiers for _, journey in dossier.journeys]


def members(units: Units) -> Sequence[Member]:
    with units.reading(WORKSPACE_ID) as uow:
        return uow.members.all()


def test_the_demo_has_one_of_every_kind_and_its_database_is_sound(store: storage.Store, engine: Engine) -> None:
    seeded = seed_workspace(store, SeedOptions(), WEDNESDAY)

    assert storage.verify(engine) == []
    assert sum(seeded.journeys.values()) == 60
    assert seeded.journeys.keys() == {Status.WON, Status.LOST, Status.NO_DECISION, Status.NOT_NOW, Status.OPEN}
    lines = open_lines(store)
    assert len(lines) == seeded.journeys[Status.OPEN]
    assert sum(line.is_stalled(TODAY) for line in lines) == seeded.stalled > 0
    assert sum(line.is_waiting(TODAY) for line in lines) == seeded.waiting > 0
    assert sum(line.decision_is_due(TODAY) for line in lines) == seeded.decisions_due > 0
    assert {line.decision_due_on for line in lines} & {TODAY}
    due = [line.next_action.on for line in lines if line.next_action]
    assert TODAY in due
    assert min(due) < TODAY < max(due)
    reps = {member.id for member in members(store) if member.role is Role.REP}
    assert {line.owner for line in lines} == reps


def test_its_history_has_what_happens_in_a_team(sqlite_engine: Engine) -> None:
    store = storage.Store(sqlite_engine)
    seed_workspace(store, SeedOptions(prospects=150), WEDNESDAY)

    found = journeys(store)
    events = [entry.event for journey in found for entry in journey.history]
    kinds = Counter(type(event) for event in events)
    assert all(kinds[kind] for kind in (Undone, Assigned, WaitAgreed, DecisionForced))
    assert len({journey.reason for journey in found if journey.status is Status.LOST}) > 4
    assert {event.outcome for event in events if isinstance(event, Contacted)} == {
        "talked", "met", "sent", "no_answer", "voicemail", "no_show"
    }  # fmt: skip
    scripts = {event.script for event in events if isinstance(event, Contacted)}
    first_step = found[0].playbook.step(1)
    both = {variant_id(first_step, first_step.moments[0], script) for script in first_step.moments[0].scripts}
    assert both <= scripts


def test_everything_happens_in_working_hours_and_in_order(sqlite_engine: Engine) -> None:
    store = storage.Store(sqlite_engine)
    seed_workspace(store, SeedOptions(), WEDNESDAY)

    calendars = {member.id: Calendar(member.zone) for member in members(store)}
    found = journeys(store)
    for entry in (entry for journey in found for entry in journey.history):
        assert entry.by is not None
        calendar = calendars[entry.by]
        assert calendar.works_on(calendar.today(entry.occurred_at))
        assert 9 <= entry.occurred_at.astimezone(ZoneInfo(calendar.zone)).hour < 18
    for journey in found:
        instants = [entry.occurred_at for entry in journey.history]
        assert instants == sorted(instants)
        assert instants[-1] < WEDNESDAY
    with sqlite_engine.connect() as connection:
        starts = connection.scalars(
            select(EventRow.occurred_at).where(EventRow.kind == "started").order_by(EventRow.journey_id)
        ).all()
    assert starts == sorted(starts)


def test_the_same_number_makes_the_same_history(
    sqlite_engine: Engine, sqlite_template: Path, tmp_path: Path
) -> None:
    store = storage.Store(sqlite_engine)
    engine = databases.copied(sqlite_template, tmp_path / "other.sqlite3")
    other = storage.Store(engine)
    later_that_day = WEDNESDAY.replace(hour=17)
    seed_workspace(store, SeedOptions(prospects=30), WEDNESDAY)
    seed_workspace(other, SeedOptions(prospects=30), later_that_day)

    assert open_lines(store) == open_lines(other)
    assert journeys(store) == journeys(other)
    engine.dispose()


@pytest.mark.parametrize("number", [2, 3])
def test_another_number_makes_another_history_with_the_same_stories(sqlite_engine: Engine, number: int) -> None:
    store = storage.Store(sqlite_engine)
    seed_workspace(store, SeedOptions(random=number), SATURDAY)

    today = SATURDAY.date()
    lines = {line.name: line for line in open_lines(store)}
    for language in ("en", "nl"):
        ready, deciding = lines[READY.names[language]], lines[DECIDING.names[language]]
        assert ready.next_action
        assert (ready.step_number, ready.next_action.on) == (2, today)
        assert not ready.is_stalled(today)
        assert deciding.decision_due_on == today
        assert lines[WAITING.names[language]].is_waiting(today)
        stalled = lines[STALLED.names[language]]
        assert stalled.is_stalled(today)
        assert not stalled.decision_is_due(today)


def test_the_commands_to_try_fit_what_the_first_member_finds(sqlite_engine: Engine) -> None:
    store = storage.Store(sqlite_engine)
    seed_workspace(store, SeedOptions(), WEDNESDAY)

    emma = next(member for member in members(store) if member.slack_id == MEMBERS[0].slack_id)
    mine = {name_key(line.name): line for line in open_lines(store) if line.owner == emma.id}
    said = " ".join(command for command, _ in COMMANDS_TO_TRY)
    assert "advance Brightwater" in said
    ready = mine[name_key(READY.names["en"])]
    assert ready.name.startswith("Brightwater")
    with store.reading(WORKSPACE_ID) as uow:
        journey = uow.journeys.get(ready.journey_id).journey
        assert not journey.step.missing(journey.ticked)
        assert journey.playbook.key == "b2b-saas"
        assert [published.key for published in uow.playbooks.current()] == ["b2b-diensten", "b2b-saas"]

    act = Act(emma, WEDNESDAY, request="try")
    added = add_prospect(AddProspect("Kestrel Robotics", source="fair"), store.writing(WORKSPACE_ID), act)
    assert added.lookalikes == ()


def test_somebody_leads_and_no_stranger_becomes_admin(sqlite_engine: Engine) -> None:
    store = storage.Store(sqlite_engine)
    seed_workspace(store, SeedOptions(members=9, prospects=12, weeks=2), WEDNESDAY)

    roles = {member.name: member.role for member in members(store)}
    assert len(roles) == 9
    assert roles["Fatima El Amrani"] is Role.ADMIN
    assert Counter(roles.values()) == {Role.REP: 7, Role.ADMIN: 1, Role.MARKETING: 1}


def test_one_member_alone_sells_and_is_admin(sqlite_engine: Engine) -> None:
    store = storage.Store(sqlite_engine)
    seed_workspace(store, SeedOptions(members=1, prospects=8, weeks=1), WEDNESDAY)

    (alone,) = members(store)
    assert alone.role is Role.ADMIN
    assert {journey.owner for journey in journeys(store)} == {alone.id}


def test_a_second_seed_is_refused_in_one_sentence_and_changes_nothing(store: storage.Store) -> None:
    assert is_empty(store)
    seed_workspace(store, SeedOptions(prospects=4), WEDNESDAY)
    assert not is_empty(store)
    before = open_lines(store)

    with pytest.raises(ValueError, match="already") as refused:
        seed_workspace(store, SeedOptions(prospects=9), WEDNESDAY)

    assert "\n" not in str(refused.value)
    assert open_lines(store) == before


def test_what_was_made_is_said_in_sentences(sqlite_engine: Engine) -> None:
    seeded = seed_workspace(storage.Store(sqlite_engine), SeedOptions(prospects=0, weeks=1), WEDNESDAY)

    assert str(seeded).startswith("Made Noorderlicht: 5 members and 0 prospects in 1 week. ")


@pytest.mark.parametrize("key", ["b2b-diensten", "b2b-saas"])
def test_steps_convert_about_as_often_as_the_playbook_expects(key: str) -> None:
    playbook = playbook_files.load(key)[1].playbook
    assert playbook
    chance = chance_of("conversion", key)
    for step in playbook.steps[1:]:
        fates = Counter(plan_step(step, "website", 1.0, chance).fate for _ in range(2_000))
        assert step.expects
        assert abs(100 * fates[Fate.ADVANCES] / 2_000 - step.expects.conversion) < 5
