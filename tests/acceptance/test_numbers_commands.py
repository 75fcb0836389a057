"""`nextstep funnel`, `plan` and `forecast`, as somebody types them on the machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

import storage
from bot import cli
from bot.settings import variables
from playbooks.model import Expectation
from playbooks.numbers import Target
from tests.builders import MONDAY, ZONE, Office, a_playbook, advanced, an_office, lost, noon

ALL_THREE = ("funnel", "plan --wins 2", "forecast")
DAY = MONDAY + timedelta(weeks=8)


@dataclass
class Machine:
    """A shell on the machine where Nextstep runs."""

    store: storage.Store

    def run(self, command: str) -> Result:
        return CliRunner().invoke(cli.app, command.split())

    def types(self, command: str) -> str:
        result = self.run(command)
        assert result.exit_code == 0, result.output
        return result.stdout

    def reads(self, command: str) -> Any:
        return json.loads(self.types(f"{command} --json"))

    def refuses(self, command: str) -> str:
        result = self.run(command)
        assert isinstance(result.exception, ValueError), result.output
        assert not result.stdout
        return str(result.exception)


@pytest.fixture
def machine(store: storage.Store, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    for name, _, _ in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return Machine(store)


@pytest.fixture
def sold(machine: Machine) -> Office:
    """Eight weeks in which four prospects a week came, of which two went on from the first of two steps."""
    office = an_office(machine.store, playbook=a_playbook(steps=2))
    for week in range(8):
        sell(office, MONDAY + timedelta(weeks=week), f"Week {week}")
    return office


def sell(office: Office, day: date, name: str) -> None:
    """Four start: one is won in four days, one stands in the second step, one was lost, one waits in the first."""
    owners = (office.rep, office.rep, office.colleague, office.colleague)
    tracked = [
        office.start(f"{name}, {place}", owner=owner.id, on=day, source="fair")
        for place, owner in enumerate(owners)
    ]
    on, won = day + timedelta(days=2), day + timedelta(days=4)
    first = office.save(tracked[0], advanced(tracked[0].journey, on=on))
    office.save(first, advanced(first.journey, on=won))
    office.save(tracked[1], advanced(tracked[1].journey, on=on))
    office.save(tracked[2], lost(tracked[2].journey, on=on))


def counts(told: Any) -> Sequence[Sequence[int]]:
    return [[step[name] for name in ("entered", "advanced", "closed", "open")] for step in told["steps"]]


# The funnel.


def test_the_funnel_counts_what_came_went_on_left_and_is_open(machine: Machine, sold: Office) -> None:
    assert counts(machine.reads(f"funnel --as-of {DAY}")) == [[32, 16, 8, 8], [16, 8, 0, 8]]


def test_it_tells_what_was_known_before_an_earlier_day(machine: Machine, sold: Office) -> None:
    on = MONDAY + timedelta(days=3)
    assert counts(machine.reads(f"funnel --weeks all --as-of {on}")) == [[4, 2, 1, 1], [2, 0, 0, 2]]
    assert counts(machine.reads(f"funnel --weeks all --as-of {MONDAY}")) == [[0, 0, 0, 0], [0, 0, 0, 0]]


def test_a_window_counts_who_entered_in_it(machine: Machine, sold: Office) -> None:
    told = machine.reads(f"funnel --weeks 2 --as-of {DAY}")
    assert counts(told)[0] == [8, 4, 2, 2]
    assert told["weeks"] == 2
    assert told["window"] == {"first": str(DAY - timedelta(weeks=2)), "last": str(DAY - timedelta(days=1))}


def test_the_conversion_says_how_sure_it_is_and_within_how_many_days(machine: Machine, sold: Office) -> None:
    step = machine.reads(f"funnel --weeks all --as-of {DAY}")["steps"][0]
    assert step["conversion"]["low"] < step["conversion"]["estimate"] < step["conversion"]["high"]
    assert step["conversion"]["estimate"] == pytest.approx(0.5)
    wider = machine.reads(f"funnel --weeks all --as-of {DAY} --certainty 95")["steps"][0]["conversion"]
    assert wider["high"] - wider["low"] > step["conversion"]["high"] - step["conversion"]["low"]


def test_too_few_to_tell_are_counts_and_no_percentage(machine: Machine, sold: Office) -> None:
    told = machine.reads(f"funnel --weeks all --as-of {DAY}")
    assert told["steps"][1]["conversion"] is None
    assert (told["overall"], told["bottleneck"]) == (None, None)
    text = machine.types(f"funnel --as-of {DAY}")
    assert "too few to tell" in text
    assert "%" not in text


def test_slices_name_each_rep(machine: Machine, sold: Office) -> None:
    slices = machine.reads(f"funnel --weeks all --by rep --as-of {DAY}")["steps"][0]["slices"]
    assert {each["name"]: each["advanced"] for each in slices} == {"Robin": 16, "Sam": 0}
    text = machine.types(f"funnel --weeks all --by rep --as-of {DAY}")
    assert "Robin" in text


@pytest.mark.parametrize("command", [f"funnel --by source --as-of {DAY}", f"forecast --as-of {DAY}"])
def test_it_fits_a_terminal_of_80_columns(machine: Machine, sold: Office, command: str) -> None:
    assert max(len(line) for line in machine.types(command).splitlines()) <= 80


def test_a_day_before_any_data_is_told_to_be_one(machine: Machine, sold: Office) -> None:
    text = " ".join(machine.types("funnel --as-of 2020-01-01").split())
    assert "Nothing was known then: the first prospect became known on Monday 2 March 2026." in text
    assert machine.reads("funnel --as-of 2020-01-01")["first_day"] == str(MONDAY)


def test_one_prospect_is_one_prospect(machine: Machine) -> None:
    an_office(machine.store).start(on=MONDAY)
    told = machine.reads(f"funnel --as-of {DAY}")
    assert counts(told) == [[1, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert "1 open prospect" in machine.types(f"forecast --as-of {DAY}")


def test_a_playbook_without_prospects_is_a_funnel_of_nothing(machine: Machine) -> None:
    an_office(machine.store)
    assert counts(machine.reads("funnel")) == [[0, 0, 0, 0]] * 3
    assert "Nothing is known yet" in machine.types("funnel")


# The plan.


def test_a_plan_rests_on_what_the_playbook_expects_and_says_so(machine: Machine) -> None:
    an_office(machine.store, playbook=a_playbook(steps=2, expects=Expectation(conversion=50, days=5)))
    told = machine.reads("plan --wins 2")
    assert told["assumed"]
    assert told["plan"]["intake"] > 8
    text = " ".join(machine.types("plan --wins 2").split())
    assert f"Takes {told['plan']['intake']} new prospects a week" in text
    assert "what the playbook expects" in text


def test_where_nobody_ever_went_on_the_work_is_told_by_the_week_only(machine: Machine) -> None:
    office = an_office(machine.store, playbook=a_playbook(steps=2, expects=Expectation(conversion=50, days=5)))
    for place in range(12):
        tracked = office.start(f"Nobody {place}", owner=office.rep.id, on=MONDAY, source="fair")
        office.save(tracked, lost(tracked.journey, on=MONDAY + timedelta(days=2)))
    said = machine.types(f"plan --wins 0.1 --per year --as-of {DAY}")
    assert "0.002 customers a week" in said
    assert "hours a week." in said
    assert machine.reads(f"plan --wins 0.1 --per year --as-of {DAY}")["plan"]["work"]["contacts_a_win"] is None


def test_ten_a_quarter_are_fewer_than_ten_a_month(machine: Machine) -> None:
    an_office(machine.store, playbook=a_playbook(steps=2, expects=Expectation(conversion=50, days=5)))
    intakes = [
        machine.reads(f"plan --wins 10 --per {per}")["plan"]["intake"] for per in ("quarter", "month", "week")
    ]
    assert intakes == sorted(intakes)
    assert machine.reads("plan --wins 13 --per quarter")["wins_a_week"] == 1


def test_what_if_stands_beside_the_plan_without_it(machine: Machine) -> None:
    an_office(machine.store, playbook=a_playbook(steps=2, expects=Expectation(conversion=50, days=5)))
    told = machine.reads("plan --wins 2 --step step1:+10 --step step2:+5.5")
    assert told["what_if"] == [{"step": "step1", "points": 10}, {"step": "step2", "points": 5.5}]
    assert told["plan"]["intake"] < told["without_what_if"]["intake"]


def test_without_data_and_expectations_it_says_why_there_is_no_plan(machine: Machine) -> None:
    an_office(machine.store)
    assert machine.reads("plan --wins 2")["missing"] == ["step1", "step2", "step3"]
    assert "There is no plan yet: too few prospects are decided in 1 Step 1" in machine.types("plan --wins 2")


def test_the_teams_target_is_planned_when_nothing_else_is_said(machine: Machine) -> None:
    office = an_office(machine.store, playbook=a_playbook(steps=2, expects=Expectation(conversion=50, days=5)))
    assert machine.refuses("plan").startswith("There is no target yet")
    with machine.store.writing(office.slack_team) as uow:
        uow.targets.set("services", Target(wins=3, certainty=0.9, set_at=noon(MONDAY), set_by=office.rep.id))
        uow.commit()
    told = machine.reads("plan")
    assert (told["wins_a_week"], told["certainty"]) == (3, 0.9)


# The forecast.


def test_a_forecast_has_a_range_for_the_next_1_4_and_13_weeks(machine: Machine) -> None:
    an_office(machine.store, playbook=a_playbook(steps=2, expects=Expectation(conversion=50, days=5)))
    told = machine.reads("forecast")
    assert [each["weeks"] for each in told["forecasts"]] == [1, 4, 13]
    assert all(each["low"] <= each["high"] for each in told["forecasts"])
    assert "backtest" not in told


def test_a_backtest_without_history_says_from_when_forecasts_count(machine: Machine) -> None:
    an_office(machine.store)
    assert machine.reads("forecast --backtest")["backtest"]["forecasts"] == []
    assert "nothing to look back on yet" in " ".join(machine.types("forecast --backtest").split())


def test_a_tick_keeps_mondays_forecast_for_later(machine: Machine, sold: Office) -> None:
    machine.types("tick")
    with machine.store.reading(sold.slack_team) as uow:
        assert list(uow.forecasts.all("services")) == []  # the second step has too few decided


# What is wrong is said in one sentence.


@pytest.mark.parametrize("command", ALL_THREE)
def test_a_database_without_a_workspace_says_what_to_do(machine: Machine, command: str) -> None:
    assert machine.refuses(command) == (
        "There is no workspace yet: start the bot, or bring history in with nextstep import FILE."
    )


@pytest.mark.parametrize("command", ALL_THREE)
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("--as-of 2026-02-30", "2026-02-30 is no date; right would be"),
        ("--as-of 2099-01-01", "2099-01-01 is still to come; the latest that can be asked for is"),
        ("--as-of 9999-12-31", "9999-12-31 is still to come; the latest that can be asked for is"),
        ("--as-of 0001-01-01", "0001-01-01 is too long ago; right would be a date from 1970 on."),
        ("--playbook nope", "There is no playbook nope; there is: services."),
        ("--zone Asia/Tokyo", f"The days of Next are days in {ZONE}, and stay so: leave --zone Asia/Tokyo out."),
        ("--workspace T404", "There is no workspace T404; there is T0NEXT (Next)."),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(
    machine: Machine, command: str, wrong: str, said: str
) -> None:
    an_office(machine.store)
    assert machine.refuses(f"{command} {wrong}").startswith(said)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("funnel --weeks 0", "The numbers look back 1 to 520 weeks, not 0"),
        ("funnel --weeks ten", "ten is no number of weeks; right would be 13, or all."),
        ("funnel --certainty 100", "A certainty is a number from 50 to 99 of 100, not 100"),
        ("funnel --by city", "city is no dimension; right would be rep, source or variant."),
        ("plan --wins -3", "A plan is for more than 0 and at most 10,000 customers a week, not -3."),
        ("plan --wins nan", "A plan is for more than 0"),
        ("plan --wins 10 --per fortnight", "fortnight is no period; right would be week, month, quarter or year."),
        ("plan --wins 10 --certainty 100", "A certainty is a number from 50 to 99 of 100, not 100"),
        ("plan --wins 10 --step step9:+5", "There is no step 9; this playbook goes from step 1 to step 3."),
        ("plan --wins 10 --step discovery:+5", "discovery:+5 is no step with points; right would be step3:+5."),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_in_one_sentence(
    machine: Machine, command: str, said: str
) -> None:
    an_office(machine.store)
    assert machine.refuses(command).startswith(said)


def test_of_several_workspaces_one_has_to_be_named(machine: Machine) -> None:
    an_office(machine.store)
    an_office(machine.store, "T0OTHER", a_playbook("others"))
    assert machine.refuses("funnel").startswith("There are 2 workspaces; say which with --workspace: ")
    assert machine.reads("funnel --workspace T0OTHER")["playbook"]["key"] == "others"
