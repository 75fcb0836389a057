"""*Fill in*: a script never fails for what a prospect lacks; it asks for exactly that."""

from __future__ import annotations

import re

from tests.acceptance.conftest import Bot
from tests.fake_slack import Answer, Person, View
from tests.fake_slack.answers import texts_of


def said(view: View) -> str:
    return "\n".join(texts_of(view.blocks))


def fields_of(view: View) -> set[str]:
    return {block["block_id"] for block in view.blocks if block["type"] == "input"}


def asked(person: Person, command: str = "/script Acme") -> Answer:
    """The dialog behind the button of a script."""
    return person.clicks("Fill in", on=person.types(command))


def test_what_is_missing_is_marked_and_a_button_asks_for_exactly_that(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    script = anna.types("/script Acme")
    assert re.search(r"\[[a-z ]+\]", script.text)
    assert "Not known yet: name" in script.text
    view = anna.clicks("Fill in", on=script).view
    assert fields_of(view) == {"person"}


def test_the_script_comes_back_filled_in_and_stays_so(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    done = anna.submits(asked(anna).view, {"person": "Eva Smit"})
    assert "Eva" in said(done.view)
    assert "Not known yet" not in said(done.view)
    assert "[first name]" not in anna.types("/script Acme").text


def test_a_new_prospects_script_has_the_button_as_well(anna: Person) -> None:
    added = anna.types("/prospect add Acme BV")
    done = anna.submits(anna.clicks("Fill in", on=added).view, {"person": "Eva Smit"})
    assert "Eva" in said(done.view)


def test_what_is_no_step_forward_changes_nothing_on_the_journey(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.submits(asked(anna).view, {"person": "Eva Smit"})
    with bot.store.reading(bot.slack.workspace.id) as uow:
        tracked = uow.journeys.latest(uow.prospects.by_keys(["acme"])[0].id)
    assert tracked is not None
    assert tracked.journey.version == 1
    assert [person.name for person in tracked.prospect.people] == ["Eva Smit"]
    assert tracked.prospect.people[0].decides


def test_the_same_submission_twice_keeps_one_person(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    first = anna.submits(asked(anna).view, {"person": "Eva Smit"})
    again = anna.replays(first)
    assert "already done" in again.text
    with bot.store.reading(bot.slack.workspace.id) as uow:
        assert len(uow.prospects.get(uow.prospects.by_keys(["acme"])[0].id).people) == 1


def test_a_dialog_that_somebody_was_ahead_of_shows_what_is_known_now(anna: Person, bram: Person) -> None:
    anna.types("/prospect add Acme BV")
    old = anna.types("/script Acme")
    anna.submits(asked(anna).view, {"person": "Eva Smit"})
    assert "Eva" in anna.clicks("Fill in", on=old).text


def test_a_script_of_a_step_has_nobody_to_fill_in(anna: Person) -> None:
    text = anna.types("/script step1").text
    assert "What stands in [brackets] is filled in for a prospect." in text
    assert "Not known yet" not in text
