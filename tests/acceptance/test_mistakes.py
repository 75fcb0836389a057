"""Wrong input: one clear sentence, what would be right, and nothing changed."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import Bot
from tests.acceptance.reading import words_of
from tests.fake_slack import Person


def test_an_unknown_prospect_gives_the_closest_and_the_command_goes_on(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    wrong = anna.types("/prospect log Zebra talked")
    assert "I don't know a prospect called “Zebra”" in wrong.text
    answer = anna.clicks("Acme BV", on=wrong)
    assert "Talked" in answer.text


def test_an_unknown_prospect_can_be_added_at_once(anna: Person) -> None:
    wrong = anna.types("/prospect show Zebra")
    dialog = anna.clicks("Add Zebra", on=wrong)
    assert "Zebra* starts in step 1" in words_of(anna.submits(dialog).view)


def test_an_unknown_command_names_the_closest(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types("/prospect advanse Acme")
    assert "`advance`" in answer.text
    assert "Started in step 1" in anna.clicks("Acme BV", on=answer).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("add Acme sauce:fair", "does not know `sauce:`"),
        ("add Acme source:fair source:web", "`source:` is there twice"),
        ("add Acme source:", "Nothing follows `source:`. Try `source:fair`."),
        (f"add {'x' * 201}", "A name has at most 200 characters; this one has 201."),
        ("add Acme next:someday", "I can't read a date in “someday”. Try `friday`, `1 march` or"),
        ("add Acme next:31-2-2026", "There is no such day as “31-2-2026”."),
        ("wait Beta 1 march 2025", "and that is in the past. Give a later date."),
        ("add Acme value:lots", "“lots” is not an amount. Try `value:12000`."),
        ("add Acme email:nobody", "“nobody” is not an e-mail address."),
        ("log Beta talked min:abc", "“abc” is not a number of minutes. Try `min:20`."),
        ("list step:abc", "“abc” is not a step. Try `step:3`."),
        ("list blue", "I can't filter a list by “blue”."),
    ],
)
def test_a_mistake_gets_one_sentence_and_what_would_be_right(anna: Person, typed: str, said: str) -> None:
    anna.types("/prospect add Beta")
    assert said in anna.types(f"/prospect {typed}").text
    assert "You have 1 open prospect" in anna.types("/prospect").text


def test_markup_in_a_mistake_is_shown_as_typed(anna: Person) -> None:
    assert "“*Boo*”" in anna.types("/prospect show *Boo*").text


def test_help_lists_what_one_can_type(bot: Bot, anna: Person) -> None:
    text = anna.types("/prospect help").text
    assert "`advance Acme`" in text
    assert "`undo Acme`" in text
