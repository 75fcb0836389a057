"""App Home: each member's desk."""

from __future__ import annotations

import pytest

from bot.views.limits import BlockMode
from playbooks.team import Role
from tests.acceptance.conftest import Bot
from tests.acceptance.reading import words_of
from tests.fake_slack import Person


def home_of(person: Person) -> str:
    return words_of(person.opens_home().view)


def test_a_newcomer_reads_how_to_begin(anna: Person) -> None:
    home = anna.opens_home()
    assert "Begin with one company" in words_of(home.view)
    dialog = anna.clicks("Add a prospect", on=home.view)
    anna.submits(dialog, {"Company": "Acme BV"})
    assert "1 action for today" in words_of(anna.slack.home(anna.user)), "Home is drawn anew by itself"


def test_the_desk_shows_what_is_due_with_its_buttons(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect add Beta next:friday")
    text = home_of(anna)
    assert "Your desk, Monday 2 March 2026" in text
    assert "1 action for today" in text
    assert "Acme BV" in text
    assert "All my prospects (2)" in text
    assert "1 Interest: 2" in text
    bot.clock.forward(days=1)
    assert "overdue since Mon 2 Mar" in home_of(anna)


def test_a_day_without_actions_says_what_comes_first(anna: Person) -> None:
    anna.types("/prospect add Beta next:friday")
    text = home_of(anna)
    assert "Nothing is due today." in text
    assert "First comes Beta" in text


def test_stalled_prospects_and_due_decisions_ask_for_attention(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect add Waits")
    anna.types("/prospect wait Waits in 5 weeks")
    bot.clock.forward(days=29)
    text = home_of(anna)
    assert "1 decision due" in text
    assert "1 stalled" in text
    assert "1 waiting on a date of its own" in text


def test_a_contact_logged_from_home_draws_it_anew(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    home = anna.opens_home()
    dialog = anna.clicks("Log a contact", on=home.view, within="Acme BV")
    anna.submits(dialog, {"outcome": "Talked"})
    assert "Nothing is due today." in words_of(anna.slack.home(anna.user))


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_many_prospects_are_paged_visibly_on_home(bot: Bot, anna: Person, blocks: BlockMode) -> None:
    bot.blocks = blocks
    for number in range(13):
        anna.types(f"/prospect add Company-{number:02}")
    home = anna.opens_home()
    assert "3 more, show all" in words_of(home.view)
    anna.clicks("3 more, show all", on=home.view)
    all_of_them = anna.slack.home(anna.user)
    assert "Your 13 open prospects" in words_of(all_of_them)
    anna.clicks("3 more ›", on=all_of_them)
    assert "Company-12" in words_of(anna.slack.home(anna.user))
    anna.clicks("‹ Back to my desk", on=anna.slack.home(anna.user))
    assert "13 actions for today" in words_of(anna.slack.home(anna.user))


def test_a_manager_sees_the_team_and_a_rep_does_not(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    carla = bot.person("carla")
    assert "The team" not in home_of(carla)
    bot.has_role(carla, Role.MANAGER)
    text = home_of(carla)
    assert "The team" in text
    assert "1 Interest: 1" in text


def test_home_speaks_dutch(bram: Person) -> None:
    assert "maandag 2 maart 2026" in home_of(bram)


def test_a_list_opened_from_home_turns_its_pages_in_its_own_dialog(bot: Bot, anna: Person) -> None:
    for number in range(12):
        anna.types(f"/prospect add Company-{number:02}")
    bot.has_role(anna, Role.MANAGER)
    anna.clicks("All open prospects", on=anna.opens_home().view)
    dialog = bot.slack.open_views(anna.user)[-1]
    assert "12 open prospects" in words_of(dialog)
    anna.clicks("2 more ›", on=dialog)
    assert len(bot.slack.open_views(anna.user)) == 1
    assert "Company-11" in words_of(dialog)
