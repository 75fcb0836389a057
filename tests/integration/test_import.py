"""An import into a real database: all of it or nothing, once however often, and true to its events."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

import storage
from bot.usecases.export_history import COLUMNS, export_history
from bot.usecases.import_history import OPEN_ALREADY, Contradicted, Imported, ImportHistory, import_history
from bot.usecases.plan_deliveries import plan_deliveries
from playbooks.events import NextActionSet
from playbooks.funnel.histogram import NEVER
from playbooks.funnel.visits import Exit
from playbooks.imports.history import read_history
from storage import Store
from storage.rows import EventRow, JourneyRow, MemberRow, ProspectRow, VersionStepRow, VisitCountRow
from tests import databases
from tests.builders import WORKSPACE, Office, a_member, advanced, an_office, undone

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HEADER = "prospect,step,entered_at,left_at,exit,rep,source"
ROWS = (
    "Acme,step1,2026-01-05,2026-01-09,advanced,Robin,fair",
    "Acme,step2,2026-01-09,2026-01-20,not_now,Robin,fair",
    "Acme,step1,2026-02-09,,,sam,fair",
    "Bolt,step3,2026-01-12,2026-01-30,won,Robin,",
    "Care,step1,2026-01-12,2026-01-12,lost,Pat Example,web",
    "Dune,step2,2026-02-20,,,,web",
)


def imported(office: Office, *rows: str, **more: Any) -> Imported:
    history = read_history(
        "\n".join([HEADER, *rows]).encode(),
        "history.csv",
        playbook=office.playbook,
        zone="Europe/Amsterdam",
        now=NOW,
    )
    assert history.bad == []
    command = ImportHistory(
        history.runs,
        office.playbook.key,
        reps=more.pop("reps", {}),
        skips_bad=more.pop("skips_bad", False),
    )
    return import_history(command, office.units.writing(office.slack_team), NOW, **more)


def everything(engine: Engine) -> dict[str, int]:
    tables = (ProspectRow, JourneyRow, EventRow, VisitCountRow, MemberRow)
    with engine.connect() as connection:
        return {
            table.__tablename__: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }


def cells(engine: Engine) -> Counter[tuple[Any, ...]]:
    """The histogram of what stands, without the days on which it became known; steps by number, reps by name."""
    row, found = VisitCountRow, Counter[tuple[Any, ...]]()
    statement = (
        select(
            VersionStepRow.number,
            row.entered,
            row.age,
            row.exit,
            row.inferred,
            MemberRow.name,
            row.source,
            row.variant,
            row.count,
        )
        .join(MemberRow, MemberRow.id == row.rep)
        .join(VersionStepRow, VersionStepRow.step_id == row.step)
        .where(row.undone == NEVER)
    )
    with engine.connect() as connection:
        for *cell, count in connection.execute(statement):
            found[tuple(cell)] += count
    return found


def exported(office: Office) -> list[str]:
    rows = export_history(None, office.units.reading(office.slack_team))
    return [",".join(row) for row in rows]


def test_what_is_imported_agrees_with_its_events(office: Office, engine: Engine) -> None:
    done = imported(office, *ROWS)
    assert storage.verify(engine) == []
    assert (done.journeys, done.prospects, done.inferred, done.returned) == (5, 4, 3, 1)
    assert done.exits == {Exit.WON: 1, Exit.LOST: 1, Exit.NOT_NOW: 1, Exit.UNDECIDED: 2}


def test_importing_twice_changes_nothing(office: Office, engine: Engine) -> None:
    imported(office, *ROWS)
    before = everything(engine)
    again = imported(office, *ROWS)
    assert (again.journeys, again.here_already, again.differing) == (0, 5, ())
    assert everything(engine) == before


SAME_DAY = (
    "Acme BV,step1,2026-01-05,2026-01-05,not_now,Robin,fair",
    "Acme BV,step1,2026-01-05,,,Robin,fair",
    "Acme NV,step1,2026-01-05,,,Robin,fair",
)


def test_journeys_that_begin_on_one_day_are_told_apart(office: Office, engine: Engine) -> None:
    assert imported(office, *SAME_DAY[:2]).journeys == 2
    again = imported(office, *SAME_DAY)
    assert (again.journeys, again.here_already, again.differing) == (1, 2, ())
    assert storage.verify(engine) == []


def test_a_company_that_took_a_legal_form_since_is_still_known(office: Office) -> None:
    imported(office, "Acme,step1,2026-01-05,,,Robin,fair")
    again = imported(office, "Acme BV,step1,2026-01-05,,,Robin,fair")
    assert (again.journeys, again.here_already) == (0, 1)


def test_a_rep_in_two_cases_is_one_person(office: Office) -> None:
    done = imported(office, "Acme,step1,2026-01-05,,,PAT DOE,", "Bolt,step1,2026-01-05,,,Pat Doe,")
    assert (done.reps, [rep.name for rep in done.unknown_reps]) == (1, ["Pat Doe"])


def test_rows_that_came_since_are_added_and_those_that_changed_are_told(office: Office, engine: Engine) -> None:
    imported(office, *ROWS)
    changed = [row.replace("2026-01-12,lost", "2026-01-13,lost") for row in ROWS]
    again = imported(office, *changed, "Echo,step1,2026-02-25,,,Robin,")
    assert (again.journeys, again.here_already) == (1, 5)
    assert [run.prospect for run in again.differing] == ["Care"]
    assert storage.verify(engine) == []


def test_reps_are_members_by_name_or_people_whom_only_the_file_knows(office: Office) -> None:
    done = imported(office, *ROWS, "Echo,step1,2026-02-25,,,Robbin,")
    with office.units.reading(office.slack_team) as uow:
        members = {member.slack_id: member for member in uow.members.all()}
        dune = uow.journeys.latest(uow.prospects.by_keys(["dune"])[0].id)
        acme = uow.journeys.latest(uow.prospects.by_keys(["acme"])[0].id)
    assert [(rep.name, rep.meant) for rep in done.unknown_reps] == [("Pat Example", None), ("Robbin", "Robin")]
    assert not members["import:Pat Example"].active
    assert acme is not None
    assert acme.journey.owner == office.colleague.id
    assert dune is not None
    assert dune.journey.owner == members["import:"].id


@pytest.mark.parametrize("said", ["Robin", "ROBIN", "U1REP", "u1rep", "robin@example.com", "RB"])
def test_a_rep_is_known_by_name_id_address_or_as_the_mapping_says(office: Office, said: str) -> None:
    done = imported(office, f"Acme,step1,2026-01-05,,,{said},", reps={"rb": "Robin"})
    with office.units.reading(office.slack_team) as uow:
        tracked = uow.journeys.latest(uow.prospects.by_keys(["acme"])[0].id)
    assert done.unknown_reps == ()
    assert tracked is not None
    assert tracked.journey.owner == office.rep.id


def test_a_name_that_two_members_have_is_refused(office: Office) -> None:
    with office.units.writing(office.slack_team) as uow:
        a_member(uow, "U3OTHER", "Robin")
        uow.commit()
    with pytest.raises(ValueError, match="2 members are called 'Robin': write U1REP or U3OTHER in the column rep"):
        imported(office, *ROWS)


def test_a_dry_run_writes_nothing(office: Office, engine: Engine) -> None:
    before = everything(engine)
    assert imported(office, *ROWS, dry_run=True).journeys == 5
    assert everything(engine) == before


def test_an_import_that_fails_on_the_way_leaves_nothing(
    office: Office, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(engine)

    def broken(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(office, *ROWS, told=broken)
    assert everything(engine) == before


def test_a_prospect_that_is_open_here_already_is_a_bad_row(office: Office, engine: Engine) -> None:
    office.start("Dune B.V.")
    before = everything(engine)
    with pytest.raises(Contradicted) as contradicted:
        imported(office, *ROWS)
    assert [str(bad) for bad in contradicted.value.bad] == [f"line 7, prospect 'Dune': {OPEN_ALREADY}"]
    assert everything(engine) == before
    assert imported(office, *ROWS, skips_bad=True).journeys == 4
    assert storage.verify(engine) == []


def test_a_known_prospect_keeps_its_row(office: Office) -> None:
    office.start("Care BV")
    assert imported(office, *ROWS).prospects == 3


def test_one_journey_under_another_date_is_not_imported_beside_itself(office: Office) -> None:
    imported(office, *ROWS)
    with pytest.raises(Contradicted) as contradicted:
        imported(office, "Acme,step1,2026-01-06,2026-01-20,lost,Robin,fair")
    assert [str(bad) for bad in contradicted.value.bad] == [
        (
            "line 2, prospect 'Acme': had a journey here at that time, from 2026-01-05 until 2026-01-20;"
            " leave this one out"
        )
    ]


def test_reviews_are_the_next_actions_of_open_prospects(office: Office) -> None:
    imported(office, *[f"P{number},step1,2025-01-05,,,Robin," for number in range(30)])
    with office.units.reading(office.slack_team) as uow:
        journeys = [journey for _, journey in uow.imports.journeys("services")]
    days = Counter(
        journey.next_action.on
        for journey in journeys
        if journey.next_action and journey.next_action.what == "Review"
    )
    assert list(days.values()) == [3] * 10
    assert all(isinstance(journey.history[-1].event, NextActionSet) for journey in journeys)


def test_nothing_closes_by_itself_on_the_days_after_an_import(office: Office) -> None:
    imported(office, *[f"P{number},step1,2024-01-05,,,Robin," for number in range(3)])
    for day in range(3, 10):
        plan_deliveries(office.units, datetime(2026, 3, day, 9, tzinfo=UTC))
    with office.units.reading(office.slack_team) as uow:
        assert all(journey.is_open for _, journey in uow.imports.journeys("services"))


def test_importing_an_export_gives_the_same_numbers(
    office: Office, engine: Engine, tmp_path: Any, sqlite_template: Any
) -> None:
    imported(office, *ROWS)
    advancing = office.start("Live one", source="web")
    advancing = office.save(advancing, advanced(advancing.journey))
    office.save(advancing, undone(advancing.journey))
    written = exported(office)
    before = cells(engine)
    other = databases.copied(sqlite_template, tmp_path / "other.sqlite3")
    elsewhere = an_office(Store(other))
    history = read_history(
        "\n".join([",".join(COLUMNS), *written]).encode(),
        "export.csv",
        playbook=elsewhere.playbook,
        zone="Europe/Amsterdam",
        now=datetime.now(UTC),
    )
    command = ImportHistory(history.runs, "services")
    import_history(command, elsewhere.units.writing(WORKSPACE), datetime.now(UTC))
    assert exported(elsewhere) == written
    assert cells(other) == before
    other.dispose()
