"""The forecast, what is kept of it each Monday, and how it is scored."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest
from structlog.testing import capture_logs

from bot.jobs.forecasting import KeepForecasts
from bot.usecases.backtest_forecast import backtest_forecast
from bot.usecases.see_forecast import SeeForecast, see_forecast
from playbooks.ports import Units
from playbooks.team import Workspace
from tests.builders import ZONE, noon
from tests.fake_numbers import BEGIN, Building, Room, a_room, two_steps, weeks_of_selling

WEEKS = 32
TODAY = BEGIN + timedelta(weeks=WEEKS)
FIRST_EXIT = BEGIN + timedelta(days=3)
WINS_A_WEEK = 4


@pytest.fixture
def room() -> Room:
    return a_room(weeks_of_selling(WEEKS))


def tick(keep: KeepForecasts, *rooms: Room, at: datetime) -> None:
    keep(cast("Units", Building({room.workspace.slack_id: room for room in rooms})), at)


def kept_each_monday(room: Room) -> Room:
    keep = KeepForecasts()
    for week in range(10, WEEKS, 2):
        tick(keep, room, at=noon(BEGIN + timedelta(weeks=week)))
    return room


def test_a_forecast_is_for_the_next_1_4_and_13_weeks(room: Room) -> None:
    seen = see_forecast(room.uow, SeeForecast(), noon(TODAY))
    assert seen.made is not None
    assert [each.weeks for each in seen.made] == [1, 4, 13]
    assert seen.made[1].wins.mean == pytest.approx(4 * WINS_A_WEEK, rel=0.3)
    assert not seen.missing


def test_the_wins_of_past_weeks_stand_beside_it(room: Room) -> None:
    wins = see_forecast(room.uow, SeeForecast(), noon(TODAY)).weekly_wins
    assert len(wins) == 26
    assert set(wins) == {WINS_A_WEEK}


def test_without_data_and_expectation_there_is_no_forecast() -> None:
    seen = see_forecast(a_room([], two_steps(expects=None)).uow, SeeForecast(), noon(TODAY))
    assert seen.made is None
    assert len(seen.missing) == 2
    assert seen.scoring_from is None


def test_scoring_starts_13_weeks_after_the_first_exit(room: Room) -> None:
    assert see_forecast(room.uow, SeeForecast(), noon(TODAY)).scoring_from == FIRST_EXIT + timedelta(weeks=13)


def test_kept_forecasts_whose_weeks_are_over_are_scored_the_newest_first(room: Room) -> None:
    seen = see_forecast(kept_each_monday(room).uow, SeeForecast(), noon(TODAY))
    days = [each.made_on for each in seen.earlier]
    assert days == sorted(days, reverse=True)
    assert min(days) >= FIRST_EXIT + timedelta(weeks=13)
    assert all(each.made_on + timedelta(weeks=each.weeks) <= TODAY for each in seen.earlier)
    assert {each.outcome for each in seen.earlier if each.weeks == 1} == {WINS_A_WEEK}
    assert seen.scores[1].count == sum(each.weeks == 1 for each in seen.earlier)
    assert seen.scores[1].inside == 1.0


def test_a_forecast_is_scored_by_what_became_known_until_the_day_that_is_asked_for(room: Room) -> None:
    then = TODAY - timedelta(weeks=10)
    seen = see_forecast(kept_each_monday(room).uow, SeeForecast(as_of=then), noon(TODAY))
    assert max(each.made_on + timedelta(weeks=each.weeks) for each in seen.earlier) <= then


def test_a_win_in_the_steps_of_an_older_version_is_a_win(room: Room) -> None:
    room.visits.versions = {1: (1, 2), 2: (1, 3)}
    room.playbooks.books = {1: two_steps(), 2: two_steps()}
    assert set(see_forecast(room.uow, SeeForecast(), noon(TODAY)).weekly_wins) == {WINS_A_WEEK}


# What is kept each Monday.


def test_each_mondays_forecast_is_kept_once(room: Room) -> None:
    keep = KeepForecasts()
    for _ in range(2):
        tick(keep, room, at=noon(TODAY))
    tick(KeepForecasts(), room, at=noon(TODAY))
    assert [each.made_on for each in room.forecasts.found] == [TODAY] * 3
    assert room.commits == 1


def test_the_day_is_one_of_the_workspaces_zone(room: Room) -> None:
    sunday_night_in_utc = datetime(2025, 8, 17, 22, 30, tzinfo=UTC)
    tick(KeepForecasts(), room, at=sunday_night_in_utc)
    assert {each.made_on for each in room.forecasts.found} == {date(2025, 8, 18)}


def test_what_was_missed_on_monday_is_made_later_from_what_was_known_on_monday(room: Room) -> None:
    other = a_room(weeks_of_selling(WEEKS))
    tick(KeepForecasts(), room, at=noon(TODAY - timedelta(weeks=1)))
    tick(KeepForecasts(), other, at=noon(TODAY - timedelta(days=2)))
    means = [[each.wins.mean for each in one.forecasts.found] for one in (room, other)]
    assert means[0] == means[1]


def test_once_kept_a_tick_reads_nothing_more(room: Room) -> None:
    keep = KeepForecasts()
    tick(keep, room, at=noon(TODAY))
    room.visits.asked_since.clear()
    tick(keep, room, at=noon(TODAY + timedelta(days=3)))
    assert room.visits.asked_since == []


def test_what_a_playbook_expects_is_not_kept_as_a_forecast() -> None:
    room = a_room(weeks_of_selling(1))
    tick(KeepForecasts(), room, at=noon(TODAY))
    assert room.forecasts.found == []


def test_a_workspace_that_breaks_off_stops_no_other(room: Room) -> None:
    broken = a_room(workspace=Workspace(2, "T0OTHER", "Other", ZONE))
    broken.visits.versions = {}
    with capture_logs() as told:
        tick(KeepForecasts(), broken, room, at=noon(TODAY))
    assert [each["event"] for each in told] == ["forecast_not_kept", "forecast_kept"]
    assert room.forecasts.found


def test_a_zone_that_this_machine_does_not_know_stops_nobody(room: Room) -> None:
    elsewhere = a_room(workspace=Workspace(2, "T0OTHER", "Other", "Mars/Olympus"))
    tick(KeepForecasts(), elsewhere, room, at=noon(TODAY))
    assert (len(elsewhere.forecasts.found), len(room.forecasts.found)) == (0, 3)


# Past Mondays made anew.


def test_a_backtest_makes_what_was_kept(room: Room) -> None:
    kept_each_monday(room)
    tested = backtest_forecast(room.uow, SeeForecast(), noon(TODAY))
    kept = see_forecast(room.uow, SeeForecast(), noon(TODAY)).earlier
    anew = {(each.made_on, each.weeks): each for each in tested.forecasts}
    assert kept
    for each in kept:
        other = anew[each.made_on, each.weeks]
        assert (each.low, each.high, each.outcome) == (other.low, other.high, other.outcome)
        assert each.mean == pytest.approx(other.mean, rel=1e-9)
    assert tested.too_few == 0


def test_a_backtest_knows_nothing_of_what_came_later(room: Room) -> None:
    later = a_room(weeks_of_selling(WEEKS + 3))
    one, other = (
        backtest_forecast(each.uow, SeeForecast(as_of=TODAY), noon(TODAY + timedelta(weeks=3)))
        for each in (room, later)
    )
    assert [each.mean for each in one.forecasts] == [each.mean for each in other.forecasts]


def test_a_backtest_stands_beside_both_baselines_and_tells_how_far_it_is(room: Room) -> None:
    told: list[tuple[int, int]] = []
    tested = backtest_forecast(room.uow, SeeForecast(), noon(TODAY), told_of=lambda *far: told.append(far))
    assert told[-1] == (len(told), len(told))
    assert set(tested.compared) == {1, 4, 13}
    assert tested.compared[13].crps_of_past_wins < 3  # these weeks are all alike
    assert tested.compared[1].crps_of_stages > tested.compared[1].scores.crps  # a stage knows no time


def test_without_history_there_is_nothing_to_look_back_on() -> None:
    tested = backtest_forecast(a_room().uow, SeeForecast(), noon(TODAY))
    assert (tested.first, tested.forecasts, tested.compared) == (None, (), {})
