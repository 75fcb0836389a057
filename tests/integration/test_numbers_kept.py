"""What the numbers keep besides the histogram: identities, forecasts, targets, effort, where imports came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import numpy as np
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DatabaseError

import storage
from playbooks import journey as rules
from playbooks.funnel.forecast import Forecast, Wins
from playbooks.history import Journey
from playbooks.model import Playbook
from playbooks.numbers import Logged, Target
from playbooks.ports import NotHere
from storage.engine import PATIENCE, WRITING
from tests.builders import MONDAY, Office, a_playbook, advanced, an_action, an_office, lost, noon, told, undone

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def changed(book: Playbook, number: int, **changes: object) -> Playbook:
    """The same playbook with these changes in one step."""
    steps = list(book.steps)
    steps[number - 1] = steps[number - 1].model_copy(update=changes)
    return book.model_copy(update={"steps": tuple(steps)})


def published(office: Office, book: Playbook, same: Mapping[int, int] | None = None) -> Sequence[int]:
    """The identities of the steps of a new version."""
    with office.units.writing(office.slack_team) as uow:
        added = uow.playbooks.publish("", book, at=noon(MONDAY), by=None, same=same)
        identities = uow.visits.steps(added.id)
        uow.commit()
    return identities


def first_identities(office: Office) -> Sequence[int]:
    with office.units.reading(office.slack_team) as uow:
        return uow.visits.steps(office.playbook_id)


def test_a_step_with_the_same_decision_and_evidence_is_the_same_step(office: Office) -> None:
    one, two, three = first_identities(office)
    fourth = published(office, changed(office.playbook, 2, decision="They sign", name="Sign"))

    assert (fourth[0], fourth[2]) == (one, three)
    assert fourth[1] not in {one, two, three}
    assert published(office, changed(office.playbook, 3, stalled_after=9)) == (one, two, three)
    assert published(office, changed(office.playbook, 1, evidence=()))[1:] == (two, three)


def test_whoever_publishes_may_say_that_a_step_is_the_same_in_other_words(office: Office) -> None:
    one, two, three = first_identities(office)
    other_words = changed(office.playbook, 2, decision="We really go on")

    assert published(office, other_words, same={2: two}) == (one, two, three)
    assert published(office, other_words) == (one, two, three)


def test_a_step_does_not_count_on_as_one_of_another_playbook(office: Office) -> None:
    one, *_ = first_identities(office)
    assert not set(published(office, a_playbook("other"))) & set(first_identities(office))
    with pytest.raises(NotHere, match="no step with the identity"):
        published(office, a_playbook("other"), same={1: one})


def test_the_steps_of_a_version_that_is_not_there_are_nowhere(office: Office) -> None:
    other = an_office(office.units, "T0OTHER")
    with office.units.reading(office.slack_team) as uow, pytest.raises(NotHere):
        uow.visits.steps(other.playbook_id)


def test_nothing_is_known_of_an_empty_database(office: Office) -> None:
    with office.units.reading(office.slack_team) as uow:
        steps = uow.visits.steps(office.playbook_id)
        assert len(uow.visits.known(steps, MONDAY).count) == 0
        assert uow.visits.first_day(steps) is None
        assert uow.visits.first_exit(steps) is None
        assert uow.visits.entries(steps[0], MONDAY, 8).tolist() == [0.0] * 8
        assert uow.visits.efforts("services", MONDAY, MONDAY) == {}


def test_the_first_day_and_the_first_exit_are_the_earliest_of_all_steps(office: Office) -> None:
    tracked = office.start("First")
    office.start("Second", on=TUESDAY)
    office.save(tracked, advanced(tracked.journey, on=WEDNESDAY))
    with office.units.reading(office.slack_team) as uow:
        steps = uow.visits.steps(office.playbook_id)
        assert uow.visits.first_day(steps) == MONDAY
        assert uow.visits.first_exit(steps) == WEDNESDAY
        assert uow.visits.first_day(steps[1:]) == WEDNESDAY
        assert uow.visits.first_exit(steps[1:]) is None


def test_what_was_taken_back_the_same_day_was_never_there(office: Office) -> None:
    tracked = office.start()
    office.save(tracked, undone(tracked.journey))
    with office.units.reading(office.slack_team) as uow:
        assert uow.visits.first_day(uow.visits.steps(office.playbook_id)) is None


def test_effort_counts_where_it_was_logged_as_far_as_it_stands(office: Office) -> None:
    tracked = office.start()
    journey = tracked.journey
    for moment, minutes in (("call", 15), ("call", None), (None, None), (None, 5)):
        journey = logged(journey, moment, minutes)
    journey = logged(advanced(journey), None, 30)
    journey = undone(logged(journey, "call", 60))
    office.save(tracked, journey)
    with office.units.reading(office.slack_team) as uow:
        one, two, _ = uow.visits.steps(office.playbook_id)
        assert uow.visits.efforts("services", MONDAY, MONDAY) == {
            one: Logged(touches=4, minutes=20, without_minutes={"call": 1, None: 1}),
            two: Logged(touches=1, minutes=30),
        }
        assert uow.visits.efforts("services", TUESDAY, WEDNESDAY) == {}
        assert uow.visits.efforts("other", MONDAY, MONDAY) == {}


def logged(journey: Journey, moment: str | None, minutes: int | None) -> Journey:
    events = rules.log(
        journey, outcome="talked", next_action=an_action(TUESDAY), on=MONDAY, moment=moment, minutes=minutes
    )
    return told(journey, events)


def a_forecast(weeks: int, *chances: float) -> Forecast:
    wins = Wins(np.array(chances))
    return Forecast(weeks, wins, Wins(wins.chances[::-1]))


def test_a_forecast_is_kept_as_it_was_made_and_once(office: Office) -> None:
    made = [a_forecast(1, 0.1, 1 / 3, 0.5), a_forecast(4, 0.25, 0.75)]
    with office.units.writing(office.slack_team) as uow:
        assert uow.forecasts.keep("services", MONDAY, made)
        assert not uow.forecasts.keep("services", MONDAY, [a_forecast(1, 1.0), made[1]])
        assert uow.forecasts.keep("services", TUESDAY, made[:1])
        assert uow.forecasts.keep("other", MONDAY, made[:1])
        uow.commit()
    with office.units.reading(office.slack_team) as uow:
        kept = uow.forecasts.all("services")
        assert [(each.made_on, each.weeks) for each in kept] == [(MONDAY, 1), (MONDAY, 4), (TUESDAY, 1)]
        assert kept[0].wins.chances.tolist() == [0.1, 1 / 3, 0.5]
        assert kept[0].never.chances.tolist() == [0.5, 1 / 3, 0.1]
        assert [each.made_on for each in uow.forecasts.all("services", since=TUESDAY)] == [TUESDAY]


def test_a_forecast_is_never_edited(office: Office, engine: Engine) -> None:
    with office.units.writing(office.slack_team) as uow:
        uow.forecasts.keep("services", MONDAY, [a_forecast(1, 0.5, 0.5)])
        uow.commit()
    with pytest.raises(DatabaseError, match="forecast_never_changes"), engine.begin() as connection:
        connection.exec_driver_sql("UPDATE forecast SET chances = '[1.0]'")


def test_a_target_takes_the_place_of_the_one_before(office: Office) -> None:
    first = Target(wins=10.0, certainty=0.8, set_at=noon(MONDAY), set_by=office.rep.id)
    with office.units.writing(office.slack_team) as uow:
        assert uow.targets.get("services") is None
        uow.targets.set("services", first)
        uow.targets.set("services", second := replace(first, wins=2.5, set_by=None))
        uow.commit()
    with office.units.reading(office.slack_team) as uow:
        assert uow.targets.get("services") == second
        assert uow.targets.get("other") is None


def test_selling_time_is_part_of_a_members_rhythm(office: Office) -> None:
    with office.units.writing(office.slack_team) as uow:
        rhythm = replace(uow.members.rhythm(office.rep.id), selling_minutes=960)
        uow.members.set_rhythm(office.rep.id, rhythm)
        uow.commit()
    with office.units.reading(office.slack_team) as uow:
        assert uow.members.rhythms()[office.rep.id].selling_minutes == 960
        assert uow.members.rhythm(office.colleague.id).selling_minutes is None


def test_what_an_import_made_is_found_by_its_key_and_says_so(office: Office) -> None:
    journey = told(office.start("Elsewhere").journey, ())
    history = tuple(replace(entry, imported=True) for entry in journey.history)
    with office.units.writing(office.slack_team) as uow:
        prospect = uow.prospects.add("Imported", source=None, value=None, people=())
        calendar = uow.members.calendar(office.rep.id)
        begun = replace(journey, history=history)
        tracked = uow.journeys.start(prospect, office.playbook_id, begun, calendar, import_key="row 1")
        uow.commit()
    with office.units.reading(office.slack_team) as uow:
        assert uow.journeys.imported(["row 1", "row 2"]) == {"row 1": tracked.id}
        assert uow.journeys.get(tracked.id).journey.history == history


def test_four_who_add_to_one_cell_at_once_are_all_counted(engine: Engine) -> None:
    # However busy the machine is, everybody gets a turn.
    office = an_office(storage.Store(engine.execution_options(**{PATIENCE: 60.0})))
    together = Barrier(4)

    def add(number: int) -> None:
        together.wait()
        tracked = office.start(f"P{number}", source="fair")
        office.save(tracked, lost(advanced(tracked.journey)))

    threads = [Thread(target=add, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert storage.verify(engine) == []
    with office.units.reading(office.slack_team) as uow:
        known = uow.visits.known(uow.visits.steps(office.playbook_id), TUESDAY)
    assert known.count[known.age == 0].sum() == known.count.sum() == 8


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_counting_costs_a_start_one_statement_a_move_two_and_a_touch_none(office: Office, engine: Engine) -> None:
    office.start()
    with statements(engine) as sent:
        tracked = office.start("Second")
    assert [each.split()[0] for each in sent if "visit_count" in each] == ["INSERT"]
    with statements(engine) as sent:
        office.save(tracked, advanced(tracked.journey))
    assert [each.split()[0] for each in sent if "visit_count" in each] == ["INSERT", "DELETE"]
    third = office.start("Third")
    with statements(engine) as sent:
        office.save(third, logged(third.journey, None, 5))
    assert not [each for each in sent if "visit_count" in each]


def test_slack_takes_over_what_an_import_made_before_it(store: storage.Store) -> None:
    local = store.found(storage.LOCAL, "Imported", "Europe/Amsterdam")
    taken = store.found("T0NEXT", "Next", "America/New_York")

    assert taken == replace(local, slack_id="T0NEXT", name="Next")
    assert store.workspace(storage.LOCAL) is None
    assert store.workspaces() == [taken]


def test_slack_takes_over_nothing_where_it_was_already(store: storage.Store) -> None:
    first = store.found("T0NEXT", "Next", "Europe/Amsterdam")
    local = store.found(storage.LOCAL, "Imported", "Europe/Amsterdam")
    other = store.found("T0OTHER", "Other", "Europe/Amsterdam")

    assert store.workspaces() == [first, local, other]


def test_a_database_with_a_history_is_counted_when_it_gets_its_histogram(tmp_path: Path) -> None:
    engine = storage.create_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    storage.migrate(engine)
    office = an_office(storage.Store(engine))
    tracked = office.start()
    office.save(tracked, advanced(tracked.journey))
    newest = published(office, changed(office.playbook, 2, decision="Other"))
    as_before_the_numbers(engine)

    storage.migrate(engine)

    assert storage.verify(engine) == []
    with storage.Store(engine).reading(office.slack_team) as uow:
        assert uow.visits.steps(office.playbook_id) == (1, 2, 3)
        assert len(newest) == 3
        assert uow.visits.known([1, 2, 3], TUESDAY).count.sum() == 2
    engine.dispose()


def as_before_the_numbers(engine: Engine) -> None:
    """The same data at the schema before."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        for table in ("visit_count", "version_step", "step", "forecast", "plan_target"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("DROP INDEX uq_journey_import_key")
        connection.exec_driver_sql("DROP INDEX ix_event_contacted")
        for column in ("journey DROP COLUMN import_key", "member DROP COLUMN selling_minutes"):
            connection.exec_driver_sql(f"ALTER TABLE {column}")
        connection.exec_driver_sql("ALTER TABLE team DROP COLUMN open_slices")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
