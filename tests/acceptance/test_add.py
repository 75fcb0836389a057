"""`/prospect add`: nothing that is typed is lost, and nothing wrong is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from tests.acceptance.conftest import Bot
from tests.acceptance.screens import said, tracked
from tests.fake_slack import Person


def test_a_stray_control_character_is_left_out_of_what_is_kept(bot: Bot, anna: Person) -> None:
    dialog = anna.types("/prospect add")
    anna.submits(dialog.view, {"name": "Ac\x00me BV", "person": "Jan\x00", "note": "met\x07 at the fair"})
    prospect = tracked(bot).prospect
    assert [person.name for person in prospect.people] == ["Jan"]
    anna.types("/prospect log Acme talked all\x00 well")
    assert "all well" in said(anna.types("/prospect show Acme"))


@pytest.mark.parametrize("value", ["-5", "a lot", "9" * 30, "9.000.000.000.000.000.000"])
def test_a_value_that_is_no_amount_is_refused_beside_its_field(anna: Person, value: str) -> None:
    dialog = anna.types("/prospect add")
    answer = anna.submits(dialog.view, {"name": "Acme BV", "value": value, "email": "no address", "person": "Jan"})
    assert "whole amount" in answer.errors["value"]
    assert set(answer.errors) == {"value", "email"}
    assert "is not an amount" in anna.types(f"/prospect add Acme BV value:{value}").text
    assert "no open prospects" in anna.types("/prospect").text


def test_a_value_is_typed_in_the_dialog_as_in_the_command(bot: Bot, anna: Person) -> None:
    dialog = anna.types("/prospect add")
    anna.submits(dialog.view, {"name": "Acme BV", "value": "€ 12.000"})
    assert tracked(bot).prospect.value == 12_000


@pytest.mark.parametrize("name", ["\u200b", " \u200f ", "\u2060\u00a0"])
def test_a_prospect_has_a_name_that_can_be_seen(anna: Person, name: str) -> None:
    assert "can be seen" in anna.submits(anna.types("/prospect add").view, {"name": name}).errors["name"]
    anna.types(f"/prospect add {name}")
    assert "no open prospects" in anna.types("/prospect").text


def test_words_about_a_prospect_fit_a_line_or_are_refused(anna: Person) -> None:
    assert "200 fit" in anna.types(f"/prospect add Acme BV source:{'s' * 201}").text
    assert "200 fit" in anna.types(f"/prospect add Acme BV person:{'p' * 201}").text
    assert "no open prospects" in anna.types("/prospect").text


def test_who_left_is_given_no_new_prospect(bot: Bot, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep")
    with bot.store.writing(bot.slack.workspace.id) as uow:
        member = uow.members.by_slack_id(bram.user.id)
        assert member is not None
        uow.members.update(replace(member, active=False))
        uow.commit()
    anna.types(f"/prospect add Acme BV rep:<@{bram.user.id}|bram>")
    assert "Nobody has an open prospect" in anna.types("/prospect list").text


def test_two_companies_whose_legal_forms_differ_are_two_prospects(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Twin BV")
    answer = anna.types("/prospect add Twin NV")
    assert "Twin NV starts in step 1" in answer.text
    assert "This looks like Twin BV" in said(answer)
    assert "already" in anna.types("/prospect add twin").text
    assert tracked(bot, "Twin NV").id != tracked(bot, "Twin BV").id


def test_what_is_new_about_who_comes_back_is_kept(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV person:Jan value:5k")
    anna.types("/prospect lost Acme price")
    anna.types("/prospect add Acme BV person:jan phone:020-1234567 value:7k")
    prospect = tracked(bot).prospect
    assert [(person.name, person.phone) for person in prospect.people] == [("Jan", "020-1234567")]
    assert prospect.value == 7_000


@pytest.mark.parametrize("name", ["", "Acme BV"])
def test_all_that_was_typed_waits_in_the_dialog_that_asks_for_the_rest(
    bot: Bot, anna: Person, bram: Person, name: str
) -> None:
    bram.types("/nextstep")
    dialog = anna.types(
        f"/prospect add {name} phone:020-1234567 value:5k playbook:b2b source:fair "
        f"rep:<@{bram.user.id}|bram> next:friday send the case note:met at the fair"
    )
    assert "send the case" in said(dialog)
    anna.submits(dialog.view, {"name": "Acme BV", "person": "Jan"})
    kept = tracked(bot)
    assert (kept.prospect.value, kept.prospect.source) == (5_000, "fair")
    assert [(person.name, person.phone) for person in kept.prospect.people] == [("Jan", "020-1234567")]
    assert kept.journey.next_action is not None
    assert kept.journey.next_action.what == "send the case"
    assert kept.journey.owner != kept.journey.history[0].by
    assert "met at the fair" in said(anna.types("/prospect show Acme"))


def test_a_company_that_two_people_add_at_once_is_one_prospect(bot: Bot, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep")
    together = Barrier(2)

    def add(person: Person) -> int:
        together.wait(5)
        return person.types("/prospect add Acme BV").status

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(add, (anna, bram))) == [200, 200]
    with bot.store.reading(bot.slack.workspace.id) as uow:
        assert [known.name for known in uow.prospects.all()] == ["Acme BV"]


def test_where_a_prospect_that_comes_back_came_from_is_said_once(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect not-now Acme next week")
    anna.types("/prospect add Acme BV")
    shown = said(anna.types("/prospect show Acme"))
    assert "Came back" in shown
    assert "returned:" not in shown
