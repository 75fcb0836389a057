"""*They decided*: one step at a time, with its evidence."""

from __future__ import annotations

from tests.acceptance.conftest import Bot
from tests.acceptance.screens import options, said, tracked
from tests.fake_slack import Answer, Person


def advances(person: Person, answer: Answer, **more: object) -> Answer:
    """Ticks all the evidence in the dialog of an answer and saves."""
    return person.submits(answer.view, {"evidence": options(answer, "evidence"), **more})


def test_a_new_prospect_starts_in_step_one_with_a_script_and_a_next_action(anna: Person) -> None:
    answer = anna.types("/prospect add Acme BV source:fair")
    assert "Acme BV starts in step 1 of 7" in answer.text
    assert "Next action" in answer.text
    assert "The one ask" in answer.text


def test_the_evidence_moves_a_prospect_one_step_and_shows_the_new_script(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    done = advances(anna, anna.types("/prospect advance Acme"))
    assert "is now in step 2 of 7" in said(done)
    assert "Next action" in said(done)


def test_missing_evidence_keeps_what_is_ticked_and_says_what_is_missing(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect advance Acme")
    refused = anna.submits(dialog.view, {"evidence": options(dialog, "evidence")[:1]})
    assert "Saved: 1 of" in refused.errors["evidence"]
    again = anna.types("/prospect advance Acme")
    assert "Ticked already" in said(again)


def test_a_step_is_never_skipped_whatever_a_rep_types(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types("/prospect advance Acme step6")
    assert "Steps are never skipped" in answer.text
    assert "step 1 of 7" in anna.types("/prospect").text


def test_a_second_decision_in_the_same_talk_is_asked_for_with_its_own_evidence(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    first = anna.types("/prospect advance Acme")
    second = advances(anna, first, also=options(first, "also"))
    assert "step 2 of 7" in said(second)
    done = advances(anna, second)
    assert "is now in step 3 of 7" in said(done)


def test_from_the_last_step_a_prospect_is_won(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    for _ in range(6):
        advances(anna, anna.types("/prospect advance Acme"))
    won = advances(anna, anna.types("/prospect advance Acme"))
    assert "You won Acme BV!" in said(won)
    assert "no open prospects" in anna.types("/prospect").text


def test_two_people_who_advance_the_same_prospect_make_one_step(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    carla = bot.person("carla")
    hers, his = carla.types("/prospect advance Acme"), anna.types("/prospect advance Acme")
    assert "is now in step 2" in said(advances(carla, hers))
    late = advances(anna, his)
    assert "has changed since" in late.errors["evidence"]
    assert "step 2" in late.errors["evidence"]


def test_a_button_of_an_earlier_step_says_what_happened_since(anna: Person) -> None:
    added = anna.types("/prospect add Acme BV")
    advances(anna, anna.types("/prospect advance Acme"))
    late = anna.clicks("They decided", on=added)
    assert "has changed since" in late.text
    assert late.views == []


def test_words_typed_behind_the_name_stay_with_what_happened(anna: Person, bot: Bot) -> None:
    bot.person("carla").types("/prospect")
    anna.types("/prospect add Acme BV note:met at the fair in Utrecht")
    advances(anna, anna.types("/prospect advance Acme the board agreed"))
    anna.types("/prospect assign Acme @carla speaks their language")
    timeline = said(anna.types("/prospect show Acme"))
    for words in ("met at the fair in Utrecht", "the board agreed", "speaks their language"):
        assert words in timeline


def test_a_phone_number_without_a_person_opens_the_dialog_instead_of_getting_lost(anna: Person) -> None:
    dialog = anna.types("/prospect add Acme BV phone:0301234567")
    refused = anna.submits(dialog.view)
    assert "Give a name" in refused.errors["person"]
    done = anna.submits(dialog.view, {"person": "Jan Bos"})
    assert "starts in step 1" in said(done)


def test_a_prospect_that_comes_back_keeps_its_people_and_is_no_new_intake(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV source:fair person:Jan Bos")
    anna.types("/prospect not-now Acme 1 june")
    anna.types("/prospect add Acme BV person:Els Mulder")
    back = tracked(bot)
    assert [person.name for person in back.prospect.people] == ["Jan Bos", "Els Mulder"]
    assert back.journey.history[0].event.source == "returned:fair"
