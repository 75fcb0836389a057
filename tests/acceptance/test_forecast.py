"""`/forecast`: what is to be expected, the target against it, and how earlier forecasts did."""

from __future__ import annotations

from datetime import timedelta

from bot.usecases.keep_forecasts import keep_forecasts
from tests.acceptance.conftest import Bot
from tests.acceptance.histories import with_a_past
from tests.acceptance.screens import said
from tests.acceptance.test_funnel import team
from tests.fake_slack import FakeSlack, Person

__all__ = ["team"]


def test_a_new_team_gets_a_forecast_on_assumptions_and_hears_when_it_is_scored(anna: Person) -> None:
    text = anna.types("/forecast").text
    assert "Assumed: steps 1, 2, 3, 4, 5, 6 and 7 count with what the playbook expects." in text
    assert "From 13 weeks after the first decision on, it is held against what happened." in text


def test_the_weeks_to_come_have_a_range_and_the_target_stands_against_them(team: Bot, anna: Person) -> None:
    anna.types("/plan set 10 per week")
    text = anna.types("/forecast").text
    for when in ("The next week", "The next 4 weeks", "The next 13 weeks"):
        assert f"{when}: some " in text
    assert "Your target, 10 a week, is 130 in 13 weeks: as things go, that is hardly ever reached." in text


def test_it_speaks_dutch(team: Bot, bram: Person) -> None:
    text = bram.types("/forecast").text
    assert "De komende 4 weken: zo'n " in text
    assert "De prognose van elke maandag blijft bewaard" in text


def test_earlier_forecasts_are_held_against_what_happened(bot: Bot, anna: Person) -> None:
    anna.types("/prospect")
    with_a_past(bot, reps=("anna",))
    for _ in range(6):
        keep_forecasts(bot.store, bot.store.workspaces()[0], bot.clock().date())
        bot.clock.forward(weeks=1)
    text = anna.types("/forecast").text
    assert "How earlier forecasts did, of which 8 of 10 should hold:" in text
    assert "Over 1 week: " in text
    assert "Over 4 weeks: " in text
    assert " of 6 held; on average " in text


def test_a_forecast_can_be_asked_why_and_drawn(team: Bot, slack: FakeSlack, anna: Person) -> None:
    answer = anna.types("/forecast")
    assert "each by the step it is in and how long it has been there" in said(anna.clicks("Why?", on=answer))
    anna.clicks("Chart", on=answer)
    message = slack.messages(anna.user)[-1]
    assert "The next 13 weeks: some " in message.text
    assert "image" in [block["type"] for block in message.blocks]


def test_the_numbers_lead_to_each_other(team: Bot, anna: Person) -> None:
    forecast = anna.types("/forecast")
    assert "who goes on" in anna.clicks("Funnel", on=forecast).text
    assert "How many new customers?" in said(anna.clicks("Plan", on=forecast))
    plan = anna.types("/plan 2 per week")
    assert ": the forecast" in anna.clicks("Forecast", on=plan).text


def test_a_day_before_any_data_is_no_trouble(bot: Bot, anna: Person) -> None:
    anna.types("/prospect")
    with_a_past(bot, reps=("anna",))
    bot.clock.at -= timedelta(days=700)
    for command in ("/funnel", "/forecast", "/plan 2 per week"):
        assert "Something went wrong" not in anna.types(command).text


def test_what_is_wrong_is_one_sentence(anna: Person) -> None:
    assert "There is no playbook nope; there is: b2b-saas." in anna.types("/forecast nope").text
    assert "This command does not know `weeks:`." in anna.types("/forecast weeks:4").text
    assert "`playbook:b2b-saas`" in anna.types("/forecast help").text
