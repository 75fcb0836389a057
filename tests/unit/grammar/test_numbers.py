"""`/funnel`, `/plan` and `/forecast`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.arguments import MemberSaid
from bot.grammar.commands import ShowHelp
from bot.grammar.number_commands import AskPlan, Pace, SetPlan, ShowForecast, ShowFunnel, ShowPlan
from bot.grammar.numbers import read_forecast, read_funnel, read_plan
from bot.grammar.readings import Clear, Mistake, Wrong
from playbooks.funnel.histogram import Dimension
from playbooks.funnel.periods import Period

TEN = Pace(10)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", ShowFunnel()),
        ("help", ShowHelp()),
        ("weeks:26", ShowFunnel(26)),
        ("26 weken", ShowFunnel(26)),
        ("weken:alles", ShowFunnel(None)),
        ("all", ShowFunnel(None)),
        ("by:source", ShowFunnel(by=Dimension.SOURCE)),
        ("per bron", ShowFunnel(by=Dimension.SOURCE)),
        ("per:verkoper 52 weken", ShowFunnel(52, by=Dimension.REP)),
        ("by variant", ShowFunnel(by=Dimension.VARIANT)),
        ("source:fair", ShowFunnel(source="fair")),
        ('bron:"De beurs" weken:26', ShowFunnel(26, source="De beurs")),
        ("<@U123|ann>", ShowFunnel(rep=MemberSaid("U123", "ann"))),
        ("rep:ann", ShowFunnel(rep=MemberSaid(name="ann"))),
        ("mij", ShowFunnel(rep=MemberSaid(name="me"))),
        ("playbook:b2b-saas weeks:4", ShowFunnel(4, playbook="b2b-saas")),
    ],
)
def test_a_funnel_is_asked_in_any_order(text: str, command: object) -> None:
    assert read_funnel(text) == Clear(command)


@pytest.mark.parametrize(
    ("text", "mistake", "said"),
    [
        ("weeks:many", Mistake.WEEKS, "many"),
        ("by:colour", Mistake.DIMENSION, "colour"),
        ("source:fair by:rep", Mistake.ONE_SLICE, "source:fair by:rep"),
        ("@ann source:fair", Mistake.ONE_SLICE, "@ann source:fair"),
        ("@ann @bob", Mistake.TWO_MEMBERS, "@ann, @bob"),
        ("bananas", Mistake.UNREAD, "bananas"),
        ("certainty:80", Mistake.UNKNOWN_KEY, "certainty"),
        ("weeks:", Mistake.KEY_EMPTY, "weeks"),
    ],
)
def test_a_funnel_that_cannot_be_is_answered_with_what_is_wrong(text: str, mistake: Mistake, said: str) -> None:
    wrong = read_funnel(text)
    assert isinstance(wrong, Wrong)
    assert (wrong.mistake, wrong.said) == (mistake, said)


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("10 per week", TEN),
        ("ten per week", TEN),
        ("tien per week", TEN),
        ("10/week", TEN),
        ("10 a week", TEN),
        ("10 in de week", TEN),
        ("10 new customers a week", TEN),
        ("10 weekly", TEN),
        ("10 klanten per maand", Pace(10, Period.MONTH)),
        ("twintig per kwartaal", Pace(20, Period.QUARTER)),
        ("twenty each quarter", Pace(20, Period.QUARTER)),
        ("1.000 per jaar", Pace(1000, Period.YEAR)),
        ("1,000 every year", Pace(1000, Period.YEAR)),
        ("2,5 per week", Pace(2.5)),
        ("TEN PER WEEK", TEN),
    ],
)
def test_a_plan_takes_so_many_in_a_period(text: str, pace: Pace) -> None:
    assert read_plan(text) == Clear(ShowPlan(pace))
    assert read_plan(f"set {text}") == Clear(SetPlan(pace))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", ShowPlan()),
        ("?", ShowHelp()),
        ("10 per week certainty:90", ShowPlan(TEN, 0.9)),
        ("10 per week zekerheid:90%", ShowPlan(TEN, 0.9)),
        ("10 per week certainty:0.9", ShowPlan(TEN, 0.9)),
        ("10 per week step3:+5", ShowPlan(TEN, what_if={3: 5})),
        ("10 per week stap 3: +5 punten stap4:−2,5", ShowPlan(TEN, what_if={3: 5, 4: -2.5})),
        ("step3:+5", ShowPlan(what_if={3: 5})),
        ("10", AskPlan(10)),
        ("10 klanten", AskPlan(10)),
        ("set", AskPlan(setting=True)),
        ("doel 10", AskPlan(10, setting=True)),
        ("zet 10 per week zekerheid:90 draaiboek:saas", SetPlan(TEN, 0.9, "saas")),
    ],
)
def test_a_plan_has_a_certainty_a_what_if_and_a_dialog_where_it_is_not_clear(text: str, command: object) -> None:
    assert read_plan(text) == Clear(command)


@pytest.mark.parametrize(
    ("text", "mistake", "said"),
    [
        ("-3 per week", Mistake.WINS, "-3 per week"),
        ("0 per week", Mistake.WINS, "0 per week"),
        ("ten per fortnight", Mistake.PERIOD, "fortnight"),
        ("10 per 2 weken", Mistake.PERIOD, "2 weken"),
        ("a lot", Mistake.UNREAD, "a lot"),
        ("10 per week certainty:sure", Mistake.CERTAINTY, "sure"),
        ("10 per week step3:more", Mistake.POINTS, "step3:more"),
        ("10 per week step3:+500", Mistake.POINTS, "step3:+500"),
        ("10 per week step0:+5", Mistake.STEP, "step0"),
        ("10 per week step3:+5 step3:+6", Mistake.KEY_TWICE, "step3"),
        ("set 10 per week step3:+5", Mistake.TARGET_WHAT_IF, "set 10 per week step3:+5"),
        ("10 per week weeks:13", Mistake.UNKNOWN_KEY, "weeks"),
    ],
)
def test_a_plan_that_cannot_be_is_answered_with_what_is_wrong(text: str, mistake: Mistake, said: str) -> None:
    wrong = read_plan(text)
    assert isinstance(wrong, Wrong)
    assert (wrong.mistake, wrong.said) == (mistake, said)


def test_a_quarter_is_the_thirteen_weeks_that_a_plan_is_made_for() -> None:
    assert Pace(130, Period.QUARTER).a_week == 10


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", ShowForecast()),
        ("hulp", ShowHelp()),
        ("b2b-saas", ShowForecast("b2b-saas")),
        ('draaiboek:"B2B SaaS"', ShowForecast("B2B SaaS")),
    ],
)
def test_a_forecast_is_asked_of_a_playbook(text: str, command: object) -> None:
    assert read_forecast(text) == Clear(command)


@given(st.text(max_size=100))
def test_any_text_gives_a_reading(text: str) -> None:
    for reading in (read_funnel(text), read_plan(text), read_forecast(text)):
        assert isinstance(reading, Clear | Wrong)
