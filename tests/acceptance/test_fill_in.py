"""*Fill in*: a script never fails for what a prospect lacks; it asks for exactly that."""

from __future__ import annotations

import re

from playbooks.ports import Tracked
from playbooks.prospect import Person
from tests.acceptance.conftest import Bot
from tests.fake_slack import Answer, View
from tests.fake_slack import Person as User
from tests.fake_slack.answers import texts_of


def said(view: View) -> str:
    return "\n".join(texts_of(view.blocks))


def fields_of(view: View) -> set[str]:
    return {block["block_id"] for block in view.blocks if block["type"] == "input"}


def acme(bot: Bot) -> Tracked:
    """The journey of Acme as it is kept."""
    with bot.store.reading(bot.slack.workspace.id) as uow:
        tracked = uow.journeys.latest(uow.prospects.by_keys(["acme"])[0].id)
    assert tracked is not None
    return tracked


def asked(person: User, command: str = "/script Acme") -> Answer:
    """The dialog behind the button of a script."""
    return person.clicks("Fill in", on=person.types(command))


def test_what_is_missing_is_marked_and_a_button_asks_for_exactly_that(anna: User) -> None:
    anna.types("/prospect add Acme BV")
    script = anna.types("/script Acme")
    assert re.search(r"\[[a-z ]+\]", script.text)
    assert "Not known yet: name" in script.text
    view = anna.clicks("Fill in", on=script).view
    assert fields_of(view) == {"person"}


def test_the_script_comes_back_filled_in_and_stays_so(anna: User) -> None:
    anna.types("/prospect add Acme BV")
    done = anna.submits(asked(anna).view, {"person": "Eva Smit"})
    assert "Eva" in said(done.view)
    assert "Not known yet" not in said(done.view)
    assert "[first name]" not in anna.types("/script Acme").text


def test_a_new_prospects_script_has_the_button_as_well(anna: User) -> None:
    added = anna.types("/prospect add Acme BV")
    done = anna.submits(anna.clicks("Fill in", on=added).view, {"person": "Eva Smit"})
    assert "Eva" in said(done.view)


def test_filling_in_changes_the_prospect_and_nothing_on_its_journey(bot: Bot, anna: User) -> None:
    anna.types("/prospect add Acme BV")
    dialog = asked(anna).view
    before = acme(bot)
    anna.submits(dialog, {"person": "Eva Smit"})
    after = acme(bot)
    assert after.journey == before.journey
    assert after.prospect.people == (Person("Eva Smit", decides=True),)


def test_the_same_submission_twice_keeps_one_person(bot: Bot, anna: User) -> None:
    anna.types("/prospect add Acme BV")
    first = anna.submits(asked(anna).view, {"person": "Eva Smit"})
    again = anna.replays(first)
    assert "already done" in said(again.view)
    assert len(acme(bot).prospect.people) == 1


def test_a_dialog_that_somebody_was_ahead_of_shows_what_is_known_now(anna: User, bram: User) -> None:
    anna.types("/prospect add Acme BV")
    old = anna.types("/script Acme")
    anna.submits(asked(anna).view, {"person": "Eva Smit"})
    assert "Eva" in anna.clicks("Fill in", on=old).text


def test_a_script_of_a_step_has_nobody_to_fill_in(anna: User) -> None:
    text = anna.types("/script step1").text
    assert "What stands in [brackets] is filled in for a prospect." in text
    assert "Not known yet" not in text
