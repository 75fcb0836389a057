"""`/prospect list`: everybody's open prospects, filtered; and a choice where a command names none."""

from __future__ import annotations

from tests.acceptance.conftest import Bot
from tests.acceptance.reading import words_of
from tests.fake_slack import Person


def test_a_list_shows_everybodys_prospects_with_their_owner_and_the_steps(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV source:fair")
    bot.person("carla").types("/prospect add Beta source:web")
    text = anna.types("/prospect list").text
    assert "2 open prospects" in text
    assert "Acme BV" in text
    assert "carla" in text
    assert "1 Interest: 2" in text


def test_the_title_says_in_words_what_a_list_is_narrowed_to(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV source:fair")
    anna.types("/prospect add Beta source:web")
    bot.clock.forward(days=40)
    text = anna.types("/prospect list stalled step:1 source:FAIR rep:anna").text
    assert "1 open prospect, in step 1, of anna, from fair, stalled" in text
    assert "Beta" not in text


def test_an_empty_list_says_how_to_widen_it(anna: Person) -> None:
    anna.types("/prospect add Acme BV source:fair")
    empty = anna.types("/prospect list source:web")
    assert "No open prospects: from web." in empty.text
    assert "Acme BV" in anna.clicks("All open prospects", on=empty).text


def test_a_page_button_keeps_the_filters(anna: Person) -> None:
    for number in range(12):
        anna.types(f"/prospect add Company-{number:02} source:fair")
    anna.types("/prospect add Other source:web")
    first = anna.types("/prospect list source:fair")
    second = anna.clicks("2 more ›", on=first)
    assert "12 open prospects, from fair" in second.text
    assert "Company-11" in second.text
    assert "Other" not in second.text
    assert "Company-00" in anna.clicks("‹ Previous", on=second).text


def test_a_list_can_be_of_one_playbook(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    assert "with playbook b2b-saas" in anna.types("/prospect list playbook:b2b-saas").text
    assert "There is no playbook nonsense" in anna.types("/prospect list playbook:nonsense").text


def test_a_list_of_somebody_unknown_is_refused_in_one_sentence(anna: Person) -> None:
    assert "I don't know which colleague zoe is" in anna.types("/prospect list rep:zoe").text


def test_a_command_without_a_name_asks_for_which_and_then_does_it(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    menu = anna.types('/prospect log talked note:"They like it" next:friday')
    assert "Who did you contact?" in menu.text
    answer = anna.clicks("This one", on=menu)
    assert "Talked" in answer.text
    assert "Fri 6 Mar" in answer.text
    assert "They like it" in anna.types("/prospect show Acme").text


def test_a_choice_of_many_is_paged(anna: Person) -> None:
    for number in range(12):
        anna.types(f'/prospect add "Company {number:02}: the name"')
    menu = anna.types("/prospect advance")
    second = anna.clicks("2 more ›", on=menu)
    assert "Company 11" in second.text
    dialog = anna.clicks("This one", on=second, within="Company 11")
    assert "Company 11: the name" in words_of(dialog.view)


def test_a_choice_without_prospects_says_how_to_begin(anna: Person) -> None:
    assert "Add the first one" in anna.types("/prospect advance").text
