"""The questions about the numbers, asked of a real store."""

from __future__ import annotations

from datetime import timedelta

import pytest

import storage
from bot.jobs.forecasting import KeepForecasts
from bot.usecases.change import Act
from bot.usecases.make_plan import MakePlan, make_plan
from bot.usecases.see_forecast import SeeForecast, see_forecast
from bot.usecases.see_funnel import SeeFunnel, see_funnel
from bot.usecases.set_target import SetTarget, set_target
from playbooks import journey as rules
from playbooks.funnel.histogram import Dimension
from playbooks.ports import AlreadyHandled
from playbooks.team import Role
from tests.builders import (
    MONDAY,
    Office,
    a_member,
    a_playbook,
    advanced,
    an_action,
    an_office,
    lost,
    noon,
    told,
    undone,
)

LATER = MONDAY + timedelta(weeks=16)
"""When forecasts count."""


@pytest.fixture
def office(store: storage.Store) -> Office:
    """One step, in which six weeks long two of three were won and one was lost."""
    office = an_office(store, playbook=a_playbook(steps=1))
    for week in range(6):
        day = MONDAY + timedelta(weeks=week)
        for place in range(3):
            tracked = office.start(f"Week {week}, {place}", owner=office.rep.id, on=day)
            on = day + timedelta(days=1)
            office.save(tracked, advanced(tracked.journey, on=on) if place else lost(tracked.journey, on=on))
    return office


def test_mondays_forecast_is_kept_once_whoever_ticks(office: Office) -> None:
    for keep in (KeepForecasts(), KeepForecasts()):
        keep(office.units, noon(LATER))
        keep(office.units, noon(LATER + timedelta(days=2)))
    with office.units.reading(office.slack_team) as uow:
        kept = uow.forecasts.all("services")
    assert [(each.made_on, each.weeks) for each in kept] == [(LATER, 1), (LATER, 4), (LATER, 13)]


def test_a_kept_forecast_is_scored_by_the_wins_that_came(office: Office) -> None:
    KeepForecasts()(office.units, noon(LATER))
    tracked = office.start("Late", owner=office.rep.id, on=LATER)
    office.save(tracked, advanced(tracked.journey, on=LATER + timedelta(days=2)))
    with office.units.reading(office.slack_team) as uow:
        seen = see_forecast(uow, SeeForecast(), noon(LATER + timedelta(weeks=1)))
    (scored,) = seen.earlier
    assert (scored.made_on, scored.weeks, scored.outcome) == (LATER, 1, 1)
    assert seen.weekly_wins[-1] == 1
    assert seen.scores[1].count == 1


def test_a_win_that_is_taken_back_counts_no_longer(office: Office) -> None:
    KeepForecasts()(office.units, noon(LATER))
    tracked = office.start("Late", owner=office.rep.id, on=LATER)
    won = office.save(tracked, advanced(tracked.journey, on=LATER))
    office.save(won, undone(won.journey, on=LATER + timedelta(days=1)))
    with office.units.reading(office.slack_team) as uow:
        (scored,) = see_forecast(uow, SeeForecast(), noon(LATER + timedelta(weeks=1))).earlier
    assert scored.outcome == 0


def test_a_target_is_kept_once_for_each_request(office: Office) -> None:
    with office.units.writing(office.slack_team) as uow:
        manager = a_member(uow, "U9MAN", "Mo", Role.MANAGER)
        uow.commit()
    act = Act(manager, noon(LATER), "r1")
    kept = set_target(SetTarget(2, 0.9), office.units.writing(office.slack_team), act)
    with pytest.raises(AlreadyHandled):
        set_target(SetTarget(5, 0.9), office.units.writing(office.slack_team), act)
    with office.units.reading(office.slack_team) as uow:
        assert make_plan(uow, MakePlan(), noon(LATER), manager).kept == kept


def test_the_work_of_a_plan_is_what_was_logged(office: Office) -> None:
    day = MONDAY + timedelta(weeks=5)
    tracked = office.start("Busy", owner=office.rep.id, on=day)
    for minutes in (30, None):
        events = rules.log(
            tracked.journey,
            outcome="talked",
            moment="call",
            minutes=minutes,
            next_action=an_action(day + timedelta(days=3)),
            on=day,
        )
        tracked = office.save(tracked, told(tracked.journey, events, on=day))
    with office.units.reading(office.slack_team) as uow:
        seen = make_plan(uow, MakePlan(wins=2), noon(day + timedelta(days=1)), None)
    assert seen.plan is not None
    assert seen.plan.work is not None
    entered = seen.funnel.steps[0].tally.entered
    assert seen.plan.work.contacts_a_week == pytest.approx((seen.plan.intake or 0) * 2 / entered)
    assert seen.plan.work.minutes_a_week == pytest.approx((seen.plan.intake or 0) * 50 / entered)
    assert seen.plan.work.assumed == pytest.approx(20 / 50)


def test_a_rep_sees_their_own_slice_and_the_managers_all(office: Office) -> None:
    other = office.start("Sam's", owner=office.colleague.id, on=MONDAY)
    office.save(other, lost(other.journey, on=MONDAY))
    asked = SeeFunnel(weeks=None, by=Dimension.REP)
    seen = {}
    for reader in (office.rep, office.colleague, None):
        with office.units.reading(office.slack_team) as uow:
            seen[reader] = see_funnel(uow, asked, noon(LATER), reader)
    assert [set(each.funnel.steps[0].slices) for each in seen.values()] == [
        {str(office.rep.id)},
        {str(office.colleague.id)},
        {str(office.rep.id), str(office.colleague.id)},
    ]
    assert seen[None].names[str(office.rep.id)] == "Robin"
