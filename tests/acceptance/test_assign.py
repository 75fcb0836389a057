"""Handing over: the prospect and its next action are a colleague's from then on."""

from __future__ import annotations

import pytest

import storage
from bot.views.limits import BlockMode
from tests.acceptance.conftest import Bot, Clock
from tests.acceptance.reading import words_of
from tests.fake_slack import FakeSlack, Person


@pytest.fixture
def carla(bot: Bot) -> Person:
    """A colleague whom Nextstep has met."""
    carla = bot.person("carla")
    carla.types("/prospect")
    return carla


def test_a_handing_over_names_both(anna: Person, carla: Person) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types(f"/prospect assign Acme <@{carla.user.id}>")
    assert "Acme BV goes from anna to carla." in answer.text
    assert "now of carla" in answer.text
    assert "You have 1 open prospect" in carla.types("/prospect").text
    assert "You have no open prospects" in anna.types("/prospect").text
    assert "Handed over to carla" in anna.types("/prospect show Acme").text


def test_a_handing_over_can_be_undone(anna: Person, carla: Person) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types(f"/prospect assign Acme <@{carla.user.id}>")
    assert "Handed over to carla" in anna.clicks("Undo", on=answer).text
    assert "You have 1 open prospect" in anna.types("/prospect").text


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_without_a_name_a_dialog_asks_who_takes_over(
    slack: FakeSlack, store: storage.Store, blocks: BlockMode
) -> None:
    bot = Bot(slack, store, Clock(), blocks)
    anna, carla = bot.person("anna"), bot.person("carla")
    carla.types("/prospect")
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect assign Acme")
    answer = anna.submits(dialog, {"owner": carla.user if blocks is BlockMode.FULL else "carla"})
    assert "goes from anna to carla" in words_of(answer.view)


def test_somebody_who_never_used_nextstep_is_refused_beside_the_field(
    bot: Bot, anna: Person, carla: Person
) -> None:
    stranger = bot.person("zoe")
    shown = anna.types("/prospect add Acme BV") and anna.types("/prospect show Acme")
    dialog = anna.clicks("Hand over", on=shown)
    answer = anna.submits(dialog, {"owner": stranger.user})
    assert "have not used Nextstep yet" in answer.errors["owner"]


def test_handing_over_to_its_owner_changes_nothing(anna: Person, carla: Person) -> None:
    anna.types("/prospect add Acme BV")
    refused = anna.types("/prospect assign Acme anna").text
    assert "They have this prospect already; choose somebody else." in refused


def test_two_colleagues_are_one_too_many(anna: Person, carla: Person) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types(f"/prospect assign Acme <@{carla.user.id}> <@{anna.user.id}>")
    assert "only one colleague fits" in answer.text
