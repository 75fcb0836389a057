"""Dialogs and answers about one prospect: what they say, and that nothing a person typed breaks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.usecases.change import Changed
from bot.usecases.force_decision import Room
from bot.usecases.log_contact import Proposals
from bot.usecases.read_script import ScriptSheet
from bot.views import changes, closing, contacts, deciding, planning, waiting
from bot.views.limits import BlockMode
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks import journey as rules
from playbooks.history import Journey
from playbooks.model import Playbook
from playbooks.ports import Tracked
from playbooks.prospect import Prospect
from playbooks.refusal import Refusal, Refused
from playbooks.scripts import Rendered
from tests.builders import MONDAY, WEEK, a_playbook, an_action, lost, started, told
from tests.fake_slack.answers import texts_of
from tests.fake_slack.surfaces import check_message, check_view

FRIDAY = MONDAY + timedelta(days=4)
READERS = [Reader(Words("en-GB"), blocks, MONDAY) for blocks in BlockMode]
LONGEST = "Gebroeders " + "van der Zandschulp & Zonen <b> *" * 6
HARD = [LONGEST[:200], "👩‍👩‍👧‍👦" * 25, "شركة النور للتجارة " * 10, "x"]
HARD_TEXT = "é <@U1> & *وقت* 👩‍👩‍👧‍👦\n" * 80


@pytest.fixture(params=READERS, ids=lambda reader: reader.blocks)
def reader(request: pytest.FixtureRequest) -> Reader:
    chosen: Reader = request.param
    return chosen


def of(journey: Journey, name: str = "Acme BV") -> Tracked:
    return Tracked(id=7, prospect=Prospect(3, 1, name), playbook_id=5, journey=journey)


def fresh(playbook: Playbook | None = None) -> Journey:
    return started(playbook or a_playbook(), 1)


def logged(journey: Journey, outcome: str = "talked", **more: Any) -> Journey:
    action = an_action(MONDAY + timedelta(days=1))
    return told(journey, rules.log(journey, outcome=outcome, next_action=action, on=MONDAY, **more))


def waiting_until(journey: Journey, day: date) -> Journey:
    events = rules.wait(journey, until=day, on=MONDAY, calendar=WEEK, what="Pick it up again")
    return told(journey, events)


def forced(journey: Journey, day: date) -> Journey:
    return told(journey, rules.force_decision(journey, due_on=day, on=MONDAY, what="Hear it", calendar=WEEK))


def changed(after: Journey, name: str = "Acme BV", before: Journey | None = None) -> Changed:
    return Changed(before=of(before, name) if before else None, after=of(after, name))


def words_of(shown: Message | Modal) -> str:
    return "\n".join(texts_of(list(shown.blocks)))


def field(modal: Modal, block: str) -> Mapping[str, Any]:
    found = next(each for each in modal.blocks if each.get("block_id") == block)
    element: Mapping[str, Any] = found["element"]
    return element


PROPOSALS = Proposals(contact=an_action(FRIDAY, "Visit"), attempt=an_action(MONDAY + timedelta(days=1), "Call"))
ROOM = Room(due_on=FRIDAY, latest=FRIDAY, proposed=FRIDAY, left=True)


def a_sheet(journey: Journey) -> ScriptSheet:
    """A sheet of a step without a decision script."""
    return ScriptSheet(
        playbook_id=5,
        playbook=journey.playbook,
        step_number=1,
        tracked=of(journey),
        moment=None,
        variant=None,
        spoken=None,
        sells=Rendered("The next step"),
        objections=(),
        decision=None,
    )


def test_a_near_day_is_said_with_its_distance_and_a_far_one_without(reader: Reader) -> None:
    assert changes.understood(FRIDAY, reader) == "Fri 6 Mar (in 4 days)"
    assert changes.understood(date(2026, 6, 1), reader) == "Mon 1 Jun"


def test_contacts_attempts_and_minutes_are_told_apart(reader: Reader) -> None:
    journey = logged(logged(fresh(), minutes=25), "sent", minutes=5)
    said = words_of(contacts.logged(changed(journey), reader))
    assert (
        "1 of 4 contacts without progress · 1 of 8 attempts without a contact · 30 min since the last progress"
        in said
    )


def test_minutes_that_nobody_logged_are_not_shown(reader: Reader) -> None:
    assert "since the last progress" not in words_of(contacts.logged(changed(logged(fresh())), reader))


def test_the_limit_of_a_step_is_named_kindly_and_a_decision_offered(reader: Reader) -> None:
    journey = logged(fresh(a_playbook(contacts_without_progress=1)))
    answer = contacts.logged(changed(journey), reader)
    assert "1 of 1 contact without progress" in words_of(answer)
    assert "ask for the decision" in words_of(answer)
    assert [element["text"]["text"] for element in answer.blocks[-1]["elements"]] == [
        "Force a decision",
        "Change next action",
        "Undo",
    ]


def test_a_prospect_that_waits_is_not_pressed(reader: Reader) -> None:
    journey = waiting_until(fresh(a_playbook(contacts_without_progress=1)), FRIDAY)
    assert "ask for the decision" not in words_of(contacts.logged(changed(logged(journey)), reader))


def test_a_step_without_moments_asks_for_none(reader: Reader) -> None:
    modal = contacts.dialog(of(fresh(a_playbook(moments=()))), contacts.Filled(), PROPOSALS, reader)
    assert not {"moment", "script"} & {block.get("block_id") for block in modal.blocks}


def test_the_dialog_names_what_the_playbook_proposes_for_each_kind_of_outcome(reader: Reader) -> None:
    said = words_of(contacts.dialog(of(fresh()), contacts.Filled(), PROPOSALS, reader))
    assert "After a contact: Visit, Fri 6 Mar (in 4 days). After an attempt: Call, Tue 3 Mar (tomorrow)." in said


def test_what_is_chosen_from_the_start_is_said_in_words_too(reader: Reader) -> None:
    filled = contacts.Filled(outcome="talked", variant="a")
    said = words_of(contacts.dialog(of(fresh()), filled, PROPOSALS, reader))
    assert "Understood: Talked." in said
    assert "Understood: A." in said
    assert "Understood: Price." in words_of(closing.lose_dialog(of(fresh()), closing.Lost("price"), reader))


def test_a_field_may_start_with_more_minutes_than_there_may_be(reader: Reader) -> None:
    modal = contacts.dialog(of(fresh()), contacts.Filled(minutes=900), PROPOSALS, reader)
    assert field(modal, "minutes")["initial_value"] == "900"
    assert "max_value" not in field(modal, "minutes")


def test_the_dialogs_of_a_journey_say_what_was_refused(reader: Reader) -> None:
    refused = Refused(Refusal.WAIT_TOO_LONG, latest=FRIDAY, days=5)
    assert "may wait until Fri 6 Mar at most" in words_of(waiting.dialog(of(fresh()), None, "", reader, refused))


def test_a_step_without_room_to_wait_says_so(reader: Reader) -> None:
    refused = Refused(Refusal.WAIT_TOO_OFTEN, times=0)
    assert "no room to wait" in words_of(waiting.not_allowed(refused, of(fresh()), reader))


def test_without_a_decision_script_the_decision_itself_is_asked_for(reader: Reader) -> None:
    journey = fresh()
    said = words_of(deciding.dialog(of(journey), a_sheet(journey), ROOM, deciding.Filled(), reader))
    assert "Ask them to decide:* We go on" in said


def test_no_earlier_date_is_offered_once_the_day_has_come(reader: Reader) -> None:
    journey = forced(fresh(), FRIDAY)
    there_is = deciding.asked_already(of(journey), a_sheet(journey), ROOM, reader)
    none_left = deciding.asked_already(of(journey), a_sheet(journey), replace(ROOM, left=False), reader)
    assert "An earlier date" in words_of(there_is)
    assert "An earlier date" not in words_of(none_left)


def test_a_closed_journey_offers_only_what_can_still_be_done(reader: Reader) -> None:
    answer = closing.lost(changed(lost(fresh())), None, reader)
    rows = [block for block in answer.blocks if block["type"] == "actions"]
    assert [[element["text"]["text"] for element in row["elements"]] for row in rows] == [["Timeline", "Undo"]]


@pytest.mark.parametrize("name", HARD)
def test_every_screen_takes_hard_names_and_long_texts(reader: Reader, name: str) -> None:
    journey = fresh()
    busy = logged(journey, note=HARD_TEXT[:1990], minutes=480, variant="A")
    waits = waiting_until(journey, FRIDAY)
    screens: list[Message | Modal] = [
        contacts.dialog(of(journey, name), contacts.Filled(note=HARD_TEXT, what=HARD_TEXT), PROPOSALS, reader),
        contacts.logged(changed(busy, name), reader),
        planning.dialog(of(journey, name), FRIDAY, HARD_TEXT, reader),
        planning.planned(changed(journey, name), reader),
        waiting.dialog(of(journey, name), FRIDAY, HARD_TEXT, reader),
        waiting.waits(changed(waits, name), FRIDAY, HARD_TEXT, reader),
        deciding.dialog(of(waits, name), a_sheet(journey), ROOM, deciding.Filled(what=HARD_TEXT), reader),
        deciding.asked(changed(forced(journey, FRIDAY), name), FRIDAY, reader),
        closing.lose_dialog(of(journey, name), closing.Lost(words=HARD_TEXT), reader),
        closing.lost(changed(lost(journey), name), HARD_TEXT, reader),
        closing.postpone_dialog(of(journey, name), FRIDAY, HARD_TEXT, reader),
        closing.postponed(changed(lost(journey), name), FRIDAY, HARD_TEXT, reader),
    ]
    for screen in screens:
        payload = screen.payload()
        check_message(payload) if isinstance(screen, Message) else check_view(payload, "modal")
