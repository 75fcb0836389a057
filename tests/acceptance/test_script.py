"""`/script`: the words for a step or a prospect, filled in, and nothing but the next step to sell."""

from __future__ import annotations

import pytest

from playbooks.library import shipped_text
from playbooks.loader import read_playbook
from tests.acceptance.conftest import Bot
from tests.acceptance.test_advance import advances
from tests.fake_slack import Person

SAAS = read_playbook(shipped_text("b2b-saas"), "b2b-saas").playbook
assert SAAS is not None


def test_the_script_of_a_step_says_the_step_and_the_one_thing_to_sell(anna: Person) -> None:
    text = anna.types("/script step3").text
    assert f"step 3 of {SAAS.last}, {SAAS.step(3).name}" in text
    assert f"Sell only this:* {SAAS.step(3).sells.words}" in text
    assert "The one ask" in text
    for later in SAAS.steps[3:]:
        assert later.sells.words not in text


def test_a_step_that_is_not_there_is_answered_with_those_that_are(anna: Person) -> None:
    text = anna.types("/script step9").text
    assert f"There is no step 9; this playbook goes from step 1 to step {SAAS.last}." in text


def test_a_playbook_that_is_not_there_is_answered_with_those_that_are(anna: Person) -> None:
    assert "There is no playbook sales; there is: b2b-saas" in anna.types("/script step1 playbook:sales").text


def test_a_prospects_script_speaks_of_the_prospect(anna: Person) -> None:
    anna.types("/prospect add Acme BV person:Eva Smit")
    text = anna.types("/script acme").text
    assert text.startswith("Acme BV · step 1 of")
    assert "Eva" in text


def test_the_script_follows_the_prospect_to_its_step(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    old = anna.types("/prospect")
    advances(anna, anna.types("/prospect advance Acme"))
    assert f"step 2 of {SAAS.last}" in anna.types("/script Acme").text
    assert f"step 2 of {SAAS.last}" in anna.clicks("Script", on=old).text


def test_a_closed_prospect_has_nothing_to_sell_any_more(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    for _ in SAAS.steps:
        advances(anna, anna.types("/prospect advance Acme"))
    assert "closed (won)" in anna.types("/script Acme").text


def test_another_moment_takes_the_place_of_the_one_shown(anna: Person) -> None:
    answer = anna.types("/script step1")
    moment = SAAS.step(1).moments[1]
    chosen = anna.chooses("script_moment", f"{moment.name} · script {moment.scripts[0].variant}", on=answer)
    assert f"Script {moment.scripts[0].variant}: {moment.name}" in chosen.text
    assert answer.message.text == chosen.message.text
    assert len(anna.slack.ephemerals(anna.user)) == 1


def test_script_alone_offers_my_prospects_and_then_the_steps(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    menu = anna.types("/script")
    step = SAAS.step(1).name
    assert anna.chooses("Choose a prospect", f"Acme BV: {step}", on=menu).text.startswith("Acme BV · step 1")
    menu = anna.types("/script")
    name = SAAS.step(2).name
    assert f"step 2 of {SAAS.last}" in anna.chooses("Choose a step", f"Step 2: {name}", on=menu).text


def test_script_alone_offers_the_steps_to_who_has_no_prospect(anna: Person) -> None:
    assert "A script for a step of" in anna.types("/script").text


def test_a_name_that_fits_two_prospects_asks_which(anna: Person) -> None:
    anna.types("/prospect add Solar Noord")
    anna.types("/prospect add Solar Zuid")
    asked = anna.types("/script Solar")
    assert anna.clicks("Solar Zuid", on=asked).text.startswith("Solar Zuid · step 1")


def test_an_unknown_name_offers_the_closest(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types("/script Akkme Corp")
    assert anna.clicks("Acme BV", on=answer).text.startswith("Acme BV · step 1")


def test_every_objection_is_one_click_away(anna: Person) -> None:
    objections = SAAS.step(2).objections
    shown = anna.clicks(f"Objections ({len(objections)})", on=anna.types("/script step2"))
    for objection in objections[:5]:
        assert objection.says in shown.text


def test_the_decision_script_is_one_click_away(anna: Person) -> None:
    text = anna.clicks("Decision script", on=anna.types("/script step2")).text
    assert text.startswith("Decision script · ")
    assert "The one ask" in text


def test_a_dutch_rep_reads_dutch_around_the_words_of_the_playbook(bram: Person) -> None:
    assert bram.types("/script stap 2").text


@pytest.mark.parametrize("number", range(1, SAAS.last + 1))
def test_slack_takes_every_script_of_a_shipped_playbook(bot: Bot, anna: Person, number: int) -> None:
    answer = anna.types(f"/script step{number}")
    for moment in SAAS.step(number).moments:
        for script in moment.scripts:
            answer = anna.chooses("script_moment", f"{moment.name} · script {script.variant}", on=answer)
            assert f"Script {script.variant}: {moment.name}" in answer.text
    assert bot.slack.refusals == []
