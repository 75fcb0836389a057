"""From wins a week to intake, days and work."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.usecases.change import Act
from bot.usecases.make_plan import MakePlan, effort, make_plan
from bot.usecases.see_funnel import SeeFunnel, see_funnel
from bot.usecases.set_target import SetTarget, set_target
from playbooks.numbers import Logged, Target
from playbooks.refusal import Refusal, Refused
from tests.builders import a_step, noon
from tests.fake_numbers import (
    BEGIN,
    MANAGER,
    ROBIN,
    SAM,
    People,
    Room,
    Targets,
    a_room,
    two_steps,
    weeks_of_selling,
)

AT = noon(BEGIN + timedelta(weeks=30))


@pytest.fixture
def room() -> Room:
    return a_room(weeks_of_selling(30))


def refusal(room: Room, asked: MakePlan) -> Refusal:
    with pytest.raises(Refused) as refused:
        make_plan(room.uow, asked, AT, MANAGER)
    return refused.value.code


def test_a_plan_takes_more_prospects_than_it_wins(room: Room) -> None:
    seen = make_plan(room.uow, MakePlan(wins=4), AT, MANAGER)
    assert seen.plan is not None
    assert seen.plan.intake is not None
    assert seen.plan.intake > 16
    assert seen.intake_now == 16
    assert (seen.asked.certainty, seen.asked.set_by) == (0.8, MANAGER.id)


def test_who_stands_in_a_step_now_is_counted(room: Room) -> None:
    standing = make_plan(room.uow, MakePlan(wins=4), AT, MANAGER).standing
    assert standing[1] == 60
    steps = see_funnel(room.uow, SeeFunnel(weeks=None), AT, MANAGER).funnel.steps
    assert sum(standing.values()) == sum(each.tally.open for each in steps)


def test_nothing_said_means_the_teams_target(room: Room) -> None:
    room.targets = Targets(Target(wins=3, certainty=0.9, set_at=AT, set_by=None))
    asked = make_plan(room.uow, MakePlan(), AT, ROBIN).asked
    assert (asked.wins, asked.certainty) == (3, 0.9)


def test_without_a_target_something_has_to_be_said(room: Room) -> None:
    assert refusal(room, MakePlan()) is Refusal.NO_TARGET


@pytest.mark.parametrize("wins", [0, -3, 1e9, float("inf"), float("nan")])
def test_wins_that_make_no_sense_are_refused(room: Room, wins: float) -> None:
    assert refusal(room, MakePlan(wins=wins)) is Refusal.WINS_OUT_OF_RANGE


@pytest.mark.parametrize("certainty", [0.49, 1.0, float("nan")])
def test_a_certainty_that_nobody_can_have_is_refused(room: Room, certainty: float) -> None:
    assert refusal(room, MakePlan(wins=4, certainty=certainty)) is Refusal.CERTAINTY_OUT_OF_RANGE


def test_what_if_a_step_converted_better_is_planned_beside_the_plain_plan(room: Room) -> None:
    seen = make_plan(room.uow, MakePlan(wins=4, what_if={2: 10}), AT, MANAGER)
    assert seen.plan is not None
    assert seen.plain is not None
    assert (seen.plan.intake or 0) < (seen.plain.intake or 0)


def test_a_what_if_of_nothing_is_the_plain_plan(room: Room) -> None:
    seen = make_plan(room.uow, MakePlan(wins=4, what_if={2: 0}), AT, MANAGER)
    assert seen.plain is None
    assert seen.what_if == {}


def test_a_step_that_is_not_there_is_refused(room: Room) -> None:
    assert refusal(room, MakePlan(wins=4, what_if={3: 5})) is Refusal.NO_SUCH_STEP


@pytest.mark.parametrize("points", [90, -60])
def test_points_that_leave_the_range_from_0_to_100_are_refused(room: Room, points: float) -> None:
    assert refusal(room, MakePlan(wins=4, what_if={1: points})) is Refusal.POINTS_OUT_OF_RANGE


def test_a_step_with_neither_data_nor_expectation_is_named_in_place_of_a_plan() -> None:
    seen = make_plan(a_room([], two_steps(expects=None)).uow, MakePlan(wins=4), AT, MANAGER)
    assert seen.plan is None
    assert [step.number for step in seen.missing] == [1, 2]


def test_expectations_make_a_plan_that_is_labelled() -> None:
    seen = make_plan(a_room().uow, MakePlan(wins=4), AT, MANAGER)
    assert seen.plan is not None
    assert seen.funnel.is_assumed
    assert seen.intake_now == 0


def test_people_are_told_once_somebody_set_their_selling_hours(room: Room) -> None:
    room.members = People({ROBIN.id: 600, SAM.id: 600})
    seen = make_plan(room.uow, MakePlan(wins=4), AT, MANAGER)
    assert seen.selling_set
    assert seen.plan is not None
    assert seen.plan.work is not None
    assert seen.plan.work.people == pytest.approx(seen.plan.work.minutes_a_week / 600)


def test_without_a_touch_each_moment_counts_as_one_of_its_expected_minutes() -> None:
    found = effort(a_step(1), Logged(), entered=10)
    assert (found.contacts, found.minutes, found.assumed) == (1, 20, 1.0)


def test_minutes_that_nobody_noted_are_the_moments_own() -> None:
    found = effort(a_step(1), Logged(touches=4, minutes=40, without_minutes={"call": 1, None: 1}), entered=2)
    assert (found.contacts, found.minutes, found.assumed) == (2, 40, 0.5)


def test_a_leader_sets_the_target(room: Room) -> None:
    set_target(SetTarget(wins=2.5, certainty=0.9), room.uow, Act(MANAGER, AT, "r1"))
    assert room.targets.kept == Target(2.5, 0.9, AT, MANAGER.id)
    assert (room.commits, room.inbox.kept) == (1, ["r1"])


def test_a_rep_sets_no_target(room: Room) -> None:
    with pytest.raises(Refused) as refused:
        set_target(SetTarget(wins=2.5, certainty=0.9), room.uow, Act(ROBIN, AT, "r1"))
    assert refused.value.code is Refusal.LEADERS_ONLY
    assert refused.value.details["leaders"] == ["Mo"]
    assert room.targets.kept is None
