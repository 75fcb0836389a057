"""`nextstep tick` and `nextstep deliveries`, as an admin types them on the machine."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from bot import cli
from bot.settings import variables
from playbooks.attempts import after_attempt
from playbooks.deliveries import USUAL, Kind, Outcome, Owed, Refused, State, Uncertain
from tests.builders import Office

NOW = datetime.now(UTC)
TUESDAY = "2026-03-03T08:30+01:00"


@dataclass
class Machine:
    """A shell on the machine where Nextstep runs."""

    office: Office

    def run(self, command: str) -> Result:
        return CliRunner().invoke(cli.app, command.split())

    def types(self, command: str, *, status: int = 0) -> str:
        result = self.run(command)
        assert result.exit_code == status, result.output
        return result.output

    def reads(self, command: str) -> Any:
        return json.loads(self.types(command))

    def refuses(self, command: str) -> str:
        result = self.run(command)
        assert isinstance(result.exception, ValueError), result.output
        return str(result.exception)

    def owes(self, key: str, outcome: Outcome | None = None) -> int:
        """A delivery that is due, or of which one attempt ended so; gives its number."""
        ledger = self.office.units.ledger()
        with self.office.units.writing(self.office.slack_team) as uow:
            uow.deliveries.plan([Owed(key, Kind.NOTICE, "U1", NOW - timedelta(minutes=1))])
            uow.commit()
        number = next(one.id for one in ledger.listed() if one.owed.key == key)
        if outcome is not None:
            claimed = ledger.claim(number, "a worker", USUAL)
            assert claimed is not None
            assert ledger.record(claimed, after_attempt(claimed, outcome, NOW, 0.5))
        return number


@pytest.fixture
def machine(office: Office, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    for name, _, _ in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return Machine(office)


# nextstep deliveries


def test_without_deliveries_it_says_so(machine: Machine) -> None:
    assert machine.types("deliveries") == "Not sent: none.\n"


def test_each_delivery_is_a_line_with_its_state_and_error_the_newest_first(machine: Machine) -> None:
    machine.owes("one", Refused("is_archived"))
    machine.owes("two")
    two, one, counts, oldest = machine.types("deliveries").splitlines()
    assert "due" in two
    assert "two" in two
    assert "failed" in one
    assert "(is_archived)" in one
    assert counts == "Not sent: 1 due, 1 failed."
    assert oldest.startswith("The oldest that could go now is due since 20")


def test_a_state_can_be_asked_for(machine: Machine) -> None:
    machine.owes("one", Refused("is_archived"))
    machine.owes("two")
    assert [each["key"] for each in machine.reads("deliveries --state failed --json")] == ["one"]
    both = machine.reads("deliveries --state failed --state due --json")
    assert [each["key"] for each in both] == ["two", "one"]
    assert [each["key"] for each in machine.reads("deliveries --limit 1 --json")] == ["two"]


def test_as_json_a_delivery_tells_all_that_is_known(machine: Machine) -> None:
    number = machine.owes("one", Refused("is_archived"))
    (told,) = machine.reads("deliveries --json")
    assert told["id"] == number
    assert (told["state"], told["error"], told["attempts"]) == ("failed", "is_archived", 1)
    assert (told["kind"], told["recipient"], told["slack_team"]) == ("notice", "U1", machine.office.slack_team)


def test_one_that_failed_can_be_tried_again(machine: Machine) -> None:
    number = machine.owes("one", Refused("is_archived"))
    assert machine.types(f"deliveries retry {number}") == f"Delivery {number} is due again.\n"
    assert machine.office.units.ledger().get(number).state is State.DUE


def test_one_that_is_due_needs_no_retry(machine: Machine) -> None:
    number = machine.owes("one", Uncertain("HTTP 503"))
    said = machine.types(f"deliveries retry {number}", status=1)
    assert said == f"Delivery {number} is due: there is nothing to try again.\n"


def test_one_that_is_not_there_is_said_to_be_so(machine: Machine) -> None:
    assert machine.refuses("deliveries retry 404") == "There is no delivery 404; nextstep deliveries lists them."


# nextstep tick


def expects_dailies(machine: Machine) -> None:
    """The rep's first message was planned for some day before."""
    with machine.office.units.writing(machine.office.slack_team) as uow:
        for member in (machine.office.rep, machine.office.colleague):
            rhythm = replace(uow.members.rhythm(member.id), daily_at=time(8, 30))
            uow.members.set_rhythm(member.id, rhythm)
            uow.agenda.set_next_dailies({member.id: datetime(2026, 3, 3, 7, 30, tzinfo=UTC)})
        uow.commit()


def test_a_dry_run_says_who_would_get_what_and_why_and_keeps_nothing(machine: Machine) -> None:
    expects_dailies(machine)
    for _ in range(2):
        told = machine.reads(f"tick --at {TUESDAY} --dry-run --json")
        assert told["at"] == "2026-03-03T08:30:00+01:00"
        mine = next(one for one in told["would_send"] if one["recipient"] == machine.office.rep.slack_id)
        assert mine["kind"] == "daily"
        assert mine["key"] == f"daily:{machine.office.rep.id}:2026-03-03"
        assert "08:30 in Europe/Amsterdam" in mine["why"]
    assert machine.reads("deliveries --json") == []
    said = machine.types(f"tick --at {TUESDAY} --dry-run")
    assert f"{machine.office.rep.slack_id} would get daily:" in said


def test_a_dry_run_tells_of_what_waits_in_the_ledger_as_well(machine: Machine) -> None:
    number = machine.owes("one")
    machine.owes("two", Refused("is_archived"))
    (waiting,) = machine.reads("tick --dry-run --json")["waiting"]
    assert waiting["id"] == number
    assert f"U1 is still to get one, number {number}." in machine.types("tick --dry-run")


def test_a_dry_run_of_a_time_when_nothing_is_due_says_so(machine: Machine) -> None:
    expects_dailies(machine)
    nothing, skipped = machine.types("tick --at 2026-03-03T08:29+01:00 --dry-run").splitlines()
    assert nothing == "Nothing would be sent at 2026-03-03T08:29:00+01:00."
    assert skipped == "Sales: the team has no channel for its digest."


def test_a_tick_plans_what_is_owed_by_now_once(machine: Machine) -> None:
    machine.types("tick")
    assert machine.types("tick") == "Planned: 0.\n"


def test_another_time_is_for_dry_runs_only(machine: Machine) -> None:
    assert "--at only goes with --dry-run" in machine.refuses(f"tick --at {TUESDAY}")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("tomorrow", "tomorrow is no instant; right would be 2026-03-02T08:30+01:00."),
        (
            "2026-03-02",
            "2026-03-02 names no zone; right would be 2026-03-02T00:00+01:00, or 2026-03-02T00:00Z.",
        ),
        ("9999-12-31T23:59Z", "9999-12-31T23:59Z is too far away; right would be an instant from 2000 to 2100."),
        (
            "0001-01-01T00:00+14:00",
            "0001-01-01T00:00+14:00 is too far away; right would be an instant from 2000 to 2100.",
        ),
    ],
)
def test_an_instant_has_a_zone(machine: Machine, said: str, sentence: str) -> None:
    assert machine.refuses(f"tick --at {said} --dry-run") == sentence


def test_what_is_suggested_for_an_instant_without_zone_is_taken(machine: Machine) -> None:
    suggested = machine.refuses("tick --at 2026-03-02 --dry-run").rpartition(" ")[2].rstrip(".")
    machine.types(f"tick --at {suggested} --dry-run")


@pytest.mark.parametrize("command", ["deliveries retry", "deliveries --limit"])
def test_a_number_that_no_database_holds_is_refused_before_one_is_asked(machine: Machine, command: str) -> None:
    result = machine.run(f"{command} {2**63}")
    assert result.exit_code != 0
    assert not isinstance(result.exception, OverflowError)
