"""`/plan`: calculated backwards, with a what-if; asked in a dialog; and the team's target."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import Bot
from tests.acceptance.histories import with_a_past
from tests.acceptance.screens import field, said
from tests.acceptance.test_funnel import team
from tests.fake_slack import FakeSlack, Person

__all__ = ["team"]


def test_a_new_team_plans_with_what_the_playbook_expects_and_is_told_so(anna: Person) -> None:
    text = anna.types("/plan 10 per week").text
    assert "To win 10 customers a week you need " in text
    assert "Assumed: for steps 1, 2, 3, 4, 5, 6 and 7 this counts with what the playbook expects" in text


def test_the_plan_says_the_answer_what_it_takes_and_from_when(team: Bot, anna: Person) -> None:
    text = anna.types("/plan ten per week certainty:90").text
    assert "new prospects a week" in text
    assert "9 of 10 times that is enough" in text
    assert "To win 10 in any one week, 9 of 10 times, it takes" in text
    assert "contacts and" in text
    assert "Set your selling hours in /nextstep settings." in text
    assert "are the first to reach it." in text


def test_it_speaks_dutch(team: Bot, bram: Person) -> None:
    text = bram.types("/plan tien klanten per maand stap3:+5").text
    assert "Voor 10 klanten per maand (2,3 per week) heb je " in text
    assert "Zoals het nu is, heb je er " in text


def test_a_what_if_shows_what_it_changes(team: Bot, anna: Person) -> None:
    text = anna.types("/plan 10 per week step3:+5").text
    assert "That is if step 3 went from " in text
    assert "As it is now, you need " in text


def test_plan_alone_asks_how_many_until_there_is_a_target(team: Bot, anna: Person) -> None:
    asked = anna.types("/plan")
    shown = anna.submits(asked, {"wins": "26", "period": "per quarter", "certainty": "80"})
    assert "To win 26 customers a quarter (2 a week)" in said(shown)
    anna.types("/plan set 10 per week")
    assert "To win 10 customers a week" in anna.types("/plan").text


def test_a_number_without_a_period_stands_in_the_dialog(anna: Person) -> None:
    assert field(anna.types("/plan 12"), "wins")["initial_value"] == "12"


@pytest.mark.parametrize(
    ("filled", "block", "sentence"),
    [
        ({"wins": "many"}, "wins", "many does not say how many customers; give a number above 0, such as 10."),
        ({"wins": "-3"}, "wins", "-3 does not say how many customers"),
        ({"wins": "10", "certainty": "sure"}, "certainty", "sure is no certainty; give a number from 50 to 99"),
        ({"wins": "10", "certainty": "100"}, "certainty", "A certainty is a number from 50 to 99 of 100, not 100"),
        ({"wins": "99999999", "certainty": "80"}, "wins", "at most 10,000 customers a week"),
    ],
)
def test_a_mistake_in_the_dialog_stands_beside_its_field(
    anna: Person, filled: dict[str, str], block: str, sentence: str
) -> None:
    answer = anna.submits(anna.types("/plan 12"), filled)
    assert sentence in answer.errors[block]


def test_who_leads_sets_the_target_and_a_rep_hears_who_may(team: Bot, anna: Person, bram: Person) -> None:
    set_by_anna = anna.types("/plan set 10 per week").text
    assert "Your team's target is now 10 customers a week, 8 of 10 times." in set_by_anna
    for typed in ("/plan zet 5 per week", "/plan zet"):
        assert "Alleen een manager of een beheerder kan dit doen: vraag anna." in bram.types(typed).text
    assert "Voor 10 klanten per week" in bram.types("/plan").text


def test_a_plan_becomes_the_target_with_one_click_for_who_leads(team: Bot, anna: Person, bram: Person) -> None:
    answer = anna.types("/plan 40 per month certainty:90")
    assert "Your team's target is now 40 customers a month (9.2 a week), 9 of 10 times." in (
        anna.clicks("Make this our target", on=answer).text
    )
    assert "Make this our target" not in anna.types("/plan").text
    assert "Maak dit ons doel" not in bram.types("/plan 5 per week").text


def test_a_target_can_be_set_in_the_dialog(team: Bot, anna: Person) -> None:
    dialog = anna.types("/plan set")
    shown = anna.submits(dialog, {"wins": "3", "period": "per week", "certainty": "80"})
    assert "Your team's target is now 3 customers a week" in said(shown)


def test_a_plan_can_be_asked_why_and_drawn(team: Bot, slack: FakeSlack, anna: Person) -> None:
    answer = anna.types("/plan 2 per week")
    assert "the smallest number that brings 26 or more customers in 13 weeks" in said(
        anna.clicks("Why?", on=answer)
    )
    anna.clicks("Chart", on=answer)
    message = slack.messages(anna.user)[-1]
    assert "the pipeline against the plan" in message.text
    assert "image" in [block["type"] for block in message.blocks]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-3 per week", "“-3 per week” does not say how many customers, more than none. Try `10 per week`."),
        (
            "ten per fortnight",
            "I can't count by “fortnight”. Say how many per `week`, `month`, `quarter` or",
        ),
        (
            "10 per week certainty:100",
            "A certainty is a number from 50 to 99 of 100, not 100; the usual",
        ),
        ("10 per week certainty:sure", "“sure” is not a certainty from 50 to 99. Try `certainty:80`."),
        ("10 per week step9:+5", "There is no step 9; this playbook goes from step 1 to step 7."),
        ("10 per week step1:+90", "so +90 points would leave the range from 0 to 100; choose fewer."),
        ("10 per week step1:more", "“step1:more” does not say how many of 100 more would go on in that step."),
        ("99999999 per week", "A plan is for more than 0 and at most 10,000 customers a week"),
        ("a lot", "I don't understand “a lot” here. Try `10 per week` or `40 per month`."),
        ("set 10 per week step3:+5", "A target rests on what your steps do now, so it takes no “what if”."),
    ],
)
def test_what_is_wrong_is_one_sentence(anna: Person, typed: str, sentence: str) -> None:
    assert sentence in anna.types(f"/plan {typed}").text


def test_help_says_what_can_be_typed_and_offers_to_make_one(anna: Person) -> None:
    answer = anna.types("/plan help")
    assert "`10 per week step3:+5`" in answer.text
    assert "How many new customers?" in said(anna.clicks("Make a plan", on=answer))


def test_with_one_prospect_there_is_a_plan_on_assumptions(bot: Bot, anna: Person) -> None:
    anna.types("/prospect")
    with_a_past(bot, a_week=1, weeks=1, reps=("anna",))
    assert "Assumed: " in anna.types("/plan 1 per week").text


def test_with_several_playbooks_a_command_is_about_ones_own(bot: Bot, slack: FakeSlack) -> None:
    both = Bot(slack, bot.store, bot.clock, playbooks="b2b-diensten,b2b-saas")
    mia = both.person("mia")
    assert "Zakelijke diensten: " in mia.types("/funnel").text
    mia.types("/prospect add Acme BV playbook:b2b-saas")
    assert "B2B SaaS, mid-market: who goes on" in mia.types("/funnel").text
    assert "B2B SaaS, mid-market: the forecast" in mia.types("/forecast").text
    assert "B2B SaaS, mid-market: the plan" in mia.types("/plan 2 per week").text
    assert "B2B SaaS, mid-market\nYour team's target is now 2 customers a week" in (
        mia.types("/plan set 2 per week").text
    )
    assert "Zakelijke diensten: the plan" in mia.types("/plan 2 per week playbook:b2b-diensten").text
    asked = mia.types("/plan playbook:zakelijke")
    assert field(asked, "playbook")["initial_option"]["value"] == "b2b-diensten"
