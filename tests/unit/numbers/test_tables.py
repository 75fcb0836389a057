"""What the terminal says of the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import StringIO

from rich.console import Console

from bot.commands.forecast_tables import backtest_parts, forecast_parts
from bot.commands.numbers_tables import Parts, funnel_parts, plan_parts, show
from bot.usecases.backtest_forecast import backtest_forecast
from bot.usecases.make_plan import MakePlan, make_plan
from bot.usecases.see_forecast import SeeForecast, see_forecast
from bot.usecases.see_funnel import SeeFunnel, see_funnel
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.visits import Exit, Visit
from tests.builders import noon
from tests.fake_numbers import BEGIN, PLACE, ROBIN, People, Room, a_room, two_steps, weeks_of_selling

WEEKS = 30
TODAY = BEGIN + timedelta(weeks=WEEKS)
AT = noon(TODAY)


def printed(parts: Parts) -> str:
    """On a terminal of 80 columns, its lines as they are."""
    screen = StringIO()
    show(parts, Console(file=screen, width=80, highlight=False, emoji=False))
    lines = screen.getvalue().splitlines()
    assert max(len(line) for line in lines) <= 80
    return "\n".join(line.rstrip() for line in lines)


def funnel(room: Room, asked: SeeFunnel | None = None) -> str:
    return printed(funnel_parts(see_funnel(room.uow, asked or SeeFunnel(), AT, None), PLACE))


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_counts_stand_before_the_share_and_its_range() -> None:
    row = next(line for line in funnel(a_room(weeks_of_selling(WEEKS))).splitlines() if "1 Step 1" in line)
    assert row.split()[3:7] == ["208", "104", "78", "26"]
    assert "50, between 46 and" in row
    assert "%" not in row


def test_too_few_show_what_the_playbook_expects_instead() -> None:
    text = funnel(a_room(weeks_of_selling(1)))
    assert "too few; 40" in text
    assert "Where too few are decided, the playbook's expectation stands in" in text


def test_without_expectation_too_few_are_too_few_to_tell() -> None:
    text = funnel(a_room([], two_steps(expects=None)))
    assert "too few to tell" in text
    assert "Nothing is known yet" in text


def test_what_holds_for_several_steps_is_said_once() -> None:
    text = funnel(a_room(weeks_of_selling(10)), SeeFunnel(weeks=1))
    assert text.count("for 1 had too few") == 1
    assert "1, 2: over " in text


def test_a_variant_goes_by_its_moment_and_letter_unless_its_words_changed() -> None:
    visits = weeks_of_selling(WEEKS)
    letters = ("step1/call/A@1", "step1/call/A@2", "step1/call/B@3", "")
    sliced = [replace(visit, variant=letters[place % 4]) for place, visit in enumerate(visits)]
    text = funnel(a_room(sliced), SeeFunnel(by=Dimension.VARIANT))
    assert "call/B " in text
    assert "step1/call/A@1" in text
    assert "(none)" in text


def test_a_name_in_brackets_is_a_name() -> None:
    visits = [replace(visit, source="[bold]fair[/bold]") for visit in weeks_of_selling(WEEKS)]
    assert "[bold]fair[/bold]" in funnel(a_room(visits), SeeFunnel(by=Dimension.SOURCE))


def test_jumped_steps_are_a_count_beside_the_estimates() -> None:
    jumped = Visit(1, TODAY - timedelta(days=9), TODAY - timedelta(days=9), inferred=True)
    assert "1: 1 more were found to have jumped this step" in funnel(a_room([*weeks_of_selling(WEEKS), jumped]))


def test_a_plan_tells_intake_places_days_work_and_when_it_begins() -> None:
    room = a_room(weeks_of_selling(WEEKS), members=People({ROBIN.id: 600}))
    text = one_line(printed(plan_parts(make_plan(room.uow, MakePlan(wins=1, what_if={2: 5}), AT, None), PLACE)))
    assert "Services in Next: 1 customer a week, 8 of 10 times, over 13 weeks." in text
    assert "What if step 2 converted +5 points of 100 better?" in text
    assert "Without that it takes" in text
    assert "the last 8 weeks brought 16 a week" in text
    assert "Of these hours 100% are what the playbook expects" in text
    assert "People, at the selling hours they set:" in text
    assert "With that intake from now on, the 13 weeks from today reach it." in text


def test_a_plan_that_no_intake_reaches_says_so() -> None:
    nobody = [
        replace(visit, exit=Exit.NO_DECISION) if visit.exit is Exit.WON else visit
        for visit in weeks_of_selling(WEEKS) * 10
    ]
    text = printed(plan_parts(make_plan(a_room(nobody).uow, MakePlan(wins=1), AT, None), PLACE))
    assert "No intake gives that: hardly anybody becomes a customer this way." in text


def test_a_forecast_tells_its_range_and_how_earlier_ones_did() -> None:
    room = a_room(weeks_of_selling(WEEKS))
    monday = TODAY - timedelta(weeks=4)
    made = see_forecast(room.uow, SeeForecast(as_of=monday), AT).made
    assert made is not None
    room.forecasts.keep("services", monday, made)
    text = printed(forecast_parts(see_forecast(room.uow, SeeForecast(), AT), PLACE))
    assert "1 week" in text
    assert "between 2 and 6" in text
    assert "1 week ahead: 1 of 1 came out within the range" in text
    assert f"{monday}  4      " in text


def test_before_earlier_forecasts_count_it_says_from_when() -> None:
    text = one_line(
        printed(forecast_parts(see_forecast(a_room(weeks_of_selling(8)).uow, SeeForecast(), AT), PLACE))
    )
    assert "--backtest makes past ones anew" in text
    young = noon(BEGIN + timedelta(weeks=8))
    text = printed(forecast_parts(see_forecast(a_room(weeks_of_selling(8)).uow, SeeForecast(), young), PLACE))
    assert "Earlier forecasts are scored from Thursday 10 April 2025 on." in text


def test_a_backtest_is_a_row_for_each_forecast_and_a_verdict() -> None:
    text = printed(
        backtest_parts(
            backtest_forecast(a_room(weeks_of_selling(20)).uow, SeeForecast(), noon(BEGIN + timedelta(weeks=20)))
        )
    )
    assert "Made anew as of each Monday from 2025-04-14 to 2025-05-19" in text
    assert "of stages" in text
