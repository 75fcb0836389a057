"""Undo: the last change, visibly, by its author or a manager."""

from __future__ import annotations

from playbooks.team import Role
from tests.acceptance.conftest import Bot
from tests.fake_slack import Person


def test_undo_says_exactly_what_was_taken_back_and_where_the_prospect_stands(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types('/prospect log Acme talked min:15 note:"They want a demo"')
    answer = anna.types("/prospect undo Acme")
    assert "*Acme BV*: taken back what anna did on Mon 2 Mar 09:00." in answer.text
    assert "Talked" in answer.text
    assert "They want a demo" in answer.text
    assert "Acme BV is in step 1" in answer.text
    assert "Next action" in answer.text


def test_the_undo_button_acts_at_once(anna: Person) -> None:
    added = anna.types("/prospect add Acme BV")
    answer = anna.clicks("Undo", on=added)
    assert "taken back what anna did" in answer.text
    assert "Started in step 1" in answer.text
    assert "Acme BV is closed: taken back" in answer.text


def test_a_second_click_on_undo_takes_nothing_more_back(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    logged = anna.types("/prospect log Acme talked")
    anna.clicks("Undo", on=logged)
    again = anna.clicks("Undo", on=logged)
    assert "This has changed since, so nothing was done" in again.text
    assert "Acme BV is in step 1" in again.text


def test_a_colleague_cannot_undo_it_but_a_manager_can(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    carla = bot.person("carla")
    refused = carla.types("/prospect undo Acme")
    assert "Only the person who did this, or a manager, can undo it." in refused.text
    bot.has_role(carla, Role.MANAGER)
    assert "taken back what anna did" in carla.types("/prospect undo Acme").text


def test_undoing_a_loss_opens_the_journey_again(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect lost Acme price")
    answer = anna.types("/prospect undo Acme")
    assert "Lost:" in answer.text
    assert "Acme BV is in step 1" in answer.text


def test_an_undo_without_a_name_asks_whose(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    menu = anna.types("/prospect undo")
    assert "Whose last change do you want to undo?" in menu.text
    answer = anna.clicks("This one", on=menu)
    assert "taken back what anna did" in answer.text


def test_a_prospect_of_which_all_was_taken_back_offers_no_undo(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect undo Acme")
    shown = anna.types("/prospect show Acme")
    assert "Start again" in shown.text
    assert not [e for block in shown.blocks for e in block.get("elements", []) if e.get("action_id") == "undo"]
