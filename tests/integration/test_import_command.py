"""`nextstep import` and `export` as somebody types them on the machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import storage
from bot import cli
from bot.settings import variables
from tests import databases

HEADER = "prospect,step,entered_at,left_at,exit,rep,source"
GOOD = "Acme,step1,2025-01-06,2025-01-09,won,Kim,fair"
BAD = "Bolt,step1,2025-01-06,2025-01-05,lost,Kim,fair"
OPEN = "Care,step1,2025-01-06,,,,"


@dataclass
class Machine:
    """A shell on a machine with an empty database."""

    folder: Path

    def run(self, *command: str) -> Result:
        return CliRunner().invoke(cli.app, list(command))

    def types(self, *command: str, status: int = 0) -> list[str]:
        result = self.run(*command)
        assert result.exit_code == status, result.output
        return result.output.splitlines()

    def refuses(self, *command: str) -> str:
        result = self.run(*command)
        assert isinstance(result.exception, ValueError | cli.PlaybookFileError), result.output
        return str(result.exception)

    def writes(self, name: str, *rows: str) -> str:
        (self.folder / name).write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        return name


@pytest.fixture
def machine(sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    for name, _, _ in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    databases.copied(sqlite_template, tmp_path / "nextstep.sqlite3").dispose()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nextstep.sqlite3")
    return Machine(tmp_path)


def test_an_import_into_a_new_database_says_what_came_and_what_is_next(machine: Machine) -> None:
    assert machine.types("import", machine.writes("h.csv", GOOD, OPEN)) == [
        "Imported 2 journeys of 2 new prospects into B2B SaaS, mid-market (b2b-saas, version 1).",
        "1 won, 0 lost, 0 no decision, 0 not now, 1 open; 8 visits to steps.",
        "6 visits of these to a step that the file skips: marked as inferred, and left out of estimates.",
        "Sources: fair 1, none 1.",
        "1 rep.",
        "1 of them is no member here and was added as somebody who left: Kim.",
        "1 journey without a rep: Unassigned has them.",
        "Next: nextstep funnel",
        "Its days are days in UTC, for no --zone was given.",
    ]
    assert machine.types("import", "h.csv") == ["0 new, 2 already here."]
    assert machine.types("verify") == ["Everything agrees with the events."]


def test_bad_rows_are_listed_and_nothing_is_written(machine: Machine) -> None:
    assert machine.types("import", machine.writes("h.csv", GOOD, BAD), status=1) == [
        "line 3, left_at '2025-01-05': lies before entered_at (2025-01-06); right is that day or a later one",
        "Nothing was written. Correct these, or leave their prospects out with --skip-bad.",
    ]
    assert machine.refuses("export") == "There is nothing to export: this database has no workspace yet."


def test_skipping_bad_rows_sets_their_prospects_aside(machine: Machine) -> None:
    many = [BAD.replace("Bolt", f"Bolt {number}") for number in range(25)]
    said = machine.types("import", machine.writes("h.csv", GOOD, *many), "--skip-bad")
    assert len([line for line in said if line.startswith("line ")]) == 20
    assert "and 5 more, all in h.bad.csv" in said
    assert "25 prospects with bad rows were left out." in said
    aside = (machine.folder / "h.bad.csv").read_text(encoding="utf-8").splitlines()
    assert aside[0] == f"{HEADER},line,wrong"
    assert aside[1].startswith(
        "Bolt 0,step1,2025-01-06,2025-01-05,lost,Kim,fair,3,left_at: lies before entered_at"
    )
    assert len(aside) == 26


def test_nothing_is_imported_when_what_is_left_out_cannot_be_kept(machine: Machine) -> None:
    (machine.folder / "h.bad.csv").mkdir()
    said = machine.refuses("import", machine.writes("h.csv", GOOD, BAD), "--skip-bad")
    assert said.startswith("h.bad.csv cannot be written: Is a directory; nothing was imported.")
    assert storage.Store(storage.create_engine(f"sqlite:///{machine.folder}/nextstep.sqlite3")).workspaces() == []


def test_a_dry_run_leaves_even_an_empty_database_as_it_was(machine: Machine) -> None:
    said = machine.types("import", machine.writes("h.csv", GOOD), "--dry-run", "--zone", "UTC")
    assert said[0] == "Would import 1 journey of 1 new prospect into B2B SaaS, mid-market (b2b-saas, version 1)."
    assert said[-1] == "Nothing was written; leave --dry-run out to import."
    assert storage.Store(storage.create_engine(f"sqlite:///{machine.folder}/nextstep.sqlite3")).workspaces() == []


def test_an_export_is_imported_by_another_database(machine: Machine) -> None:
    machine.types("import", machine.writes("h.csv", GOOD, OPEN), "--zone", "Europe/Amsterdam")
    assert machine.types("export", "out.csv") == ["Wrote 2 visits to out.csv."]
    assert machine.types("export") == (machine.folder / "out.csv").read_text(encoding="utf-8").splitlines()
    assert "0 new, 2 already here." in machine.types("import", "out.csv")


def test_a_playbook_of_ones_own_is_published_first(machine: Machine) -> None:
    machine.types("playbook", "new", "Our way")
    said = machine.types("import", machine.writes("h.csv", GOOD), "--playbook", "our-way.yaml")
    assert said[0] == "Imported 1 journey of 1 new prospect into Our way (our-way, version 1)."


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--zone", "Mars"], "'Mars' is no time zone; right is a name such as Europe/Amsterdam or UTC."),
        (["--playbook", "nope"], "There is no playbook nope: give a YAML file or one of b2b-diensten, b2b-saas."),
        (
            ["--map", "nope"],
            "There is no mapping nope: give a YAML file or one of hubspot, pipedrive, salesforce.",
        ),
        (["--encoding", "nope"], "'nope' is no encoding that is known here; try utf-8, utf-16 or cp1252."),
    ],
)
def test_a_wrong_option_gets_one_sentence(machine: Machine, more: list[str], sentence: str) -> None:
    assert machine.refuses("import", machine.writes("h.csv", GOOD), *more) == sentence


def test_an_import_that_was_broken_off_does_not_fix_the_zone(machine: Machine) -> None:
    store = storage.Store(storage.create_engine(f"sqlite:///{machine.folder}/nextstep.sqlite3"))
    store.found(storage.LOCAL, storage.LOCAL, "UTC")
    machine.types("import", machine.writes("h.csv", GOOD), "--zone", "Europe/Amsterdam")
    assert [each.zone for each in store.workspaces()] == ["Europe/Amsterdam"]
    assert machine.types("verify") == ["Everything agrees with the events."]


def test_the_zone_of_a_workspace_stays(machine: Machine) -> None:
    file = machine.writes("h.csv", GOOD)
    machine.types("import", file, "--zone", "Europe/Amsterdam")
    assert machine.refuses("import", file, "--zone", "UTC") == (
        "The days of this workspace are days in Europe/Amsterdam, and stay so: leave --zone UTC out."
    )
    assert machine.refuses("import", file, "--workspace", "T9") == "There is no workspace T9; there is local."


def test_what_is_no_file_is_refused_in_a_sentence(machine: Machine) -> None:
    assert machine.refuses("import", "none.csv") == "There is no file none.csv; right is the path of a CSV file."
    assert machine.refuses("import", ".") == ". is a folder; give the CSV file in it."
    huge = machine.folder / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(1024**3)
    assert machine.refuses("import", "huge.csv").startswith("huge.csv is 1,024 MB; the most is 200 MB: split it")
