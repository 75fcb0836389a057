"""App Home: each member's desk."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine

from bot.views.limits import BlockMode
from playbooks.team import Role
from tests.acceptance.conftest import Bot
from tests.acceptance.histories import with_a_past
from tests.acceptance.reading import words_of
from tests.fake_slack import Person
from tests.fake_slack.answers import texts_of
from tests.integration.test_cost import statements


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


@pytest.fixture
def sellers(bot: Bot, anna: Person, bram: Person) -> tuple[Person, Person]:
    """Two reps with a past; somebody else installed Nextstep and leads."""
    bot.person("carla").types("/nextstep")
    anna.types("/nextstep")
    bram.types("/nextstep")
    with_a_past(bot)
    return anna, bram


def test_a_rep_reads_their_own_steps_beside_the_teams_in_words(sellers: tuple[Person, Person]) -> None:
    text, dutch = map(home_of, sellers)
    assert "My steps beside the team's" in text
    assert re.search(r"• 1 Interest: \d+ of 100 go on with you, \d+ of 100 with the team", text)
    assert "too close to call." in text
    assert "Of the last 13 weeks, and more where those hold too few; as of the morning of Mon 2 Mar." in text
    assert "who goes on" not in text, "the team's own numbers are for who leads it"
    assert "Mijn stappen naast die van het team" in dutch


def test_who_sells_alone_is_not_set_beside_themselves(bot: Bot, anna: Person) -> None:
    anna.types("/nextstep")
    with_a_past(bot, reps=("anna",))
    assert "beside the team" not in home_of(anna)


def test_who_leads_reads_the_teams_numbers(bot: Bot, sellers: tuple[Person, Person]) -> None:
    bram = sellers[1]
    bot.has_role(bram, Role.MANAGER)
    bram.types("/plan set 1 per week")
    text = home_of(bram)
    assert re.search(r"B2B SaaS.*: wie verdergaat, de laatste 13 weken", text)
    assert re.search(r"• 1 Interest: binnen \d+ dagen gaan er \d+ van de 100 verder, tussen \d+ en \d+", text)
    assert "De komende 4 weken:" in text
    assert re.search(r"Er kwamen vorige week \d+ nieuwe prospects bij. Het doel, 1 klant per week, vraagt", text)


def test_the_numbers_on_a_desk_are_worked_out_once_in_a_while(bot: Bot, anna: Person, engine: Engine) -> None:
    anna.types("/nextstep")
    anna.types("/prospect add Acme BV")
    with statements(engine) as first:
        anna.opens_home()
    with statements(engine) as second:
        anna.opens_home()
    bot.clock.forward(minutes=11)
    with statements(engine) as later:
        anna.opens_home()
    read = [len([said for said, _ in sent if "visit_count" in said]) for sent in (first, second, later)]
    assert read[0] > 0
    assert read[1:] == [0, read[0]]


def test_a_desk_is_there_before_its_numbers(bot: Bot, sellers: tuple[Person, Person]) -> None:
    sellers[0].opens_home()
    drawn = ["\n".join(texts_of(call.payload["view"]["blocks"])) for call in bot.slack.calls_of("views.publish")]
    assert ["beside the team" in text for text in drawn] == [False, True]
    assert all("Your desk" in text for text in drawn)
