"""Nothing that a rep typed is lost: done and answered, or saved and answered later, or given back as not saved."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

import storage
from playbooks.events import Contacted
from playbooks.history import Journey
from tests.acceptance.conftest import MONDAY_MORNING, Bot, Clock
from tests.acceptance.locks import impatient, journeys_held
from tests.acceptance.screens import tracked
from tests.fake_slack import FakeSlack, Person, faults

SAVED = "Saved, and I'm working on it"


@pytest.fixture
def impatient_engine(engine: storage.Engine) -> Iterator[storage.Engine]:
    quick = impatient(engine)
    yield quick
    quick.dispose()


@pytest.fixture
def store(impatient_engine: storage.Engine) -> storage.Store:
    return storage.Store(impatient_engine)


def contacts(journey: Journey) -> list[Contacted]:
    return [entry.event for entry in journey.history if isinstance(entry.event, Contacted)]


def too_slow(seconds: float) -> Callable[[], float]:
    """A stopwatch that shows this much when it is looked at after it was started."""
    readings = itertools.chain([0.0], itertools.repeat(seconds))
    return lambda: next(readings)


def saved_for_later(bot: Bot, person: Person, typed: str) -> None:
    """A command for which there is no time now."""
    bot.stopwatch = too_slow(1.5)
    assert SAVED in person.types(typed).text
    bot.stopwatch = lambda: 0.0


def works_off(bot: Bot, **later: float) -> None:
    """The inbox's next turn, some time after."""
    bot.clock.forward(**later or {"seconds": 4})
    bot.built.inbox.run()


def said_last(slack: FakeSlack, person: Person) -> str:
    return slack.ephemerals(person.user)[-1].text


def test_a_command_without_time_is_saved_and_answered_later(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked min:20")
    assert contacts(tracked(bot).journey) == []
    works_off(bot)
    assert [contact.minutes for contact in contacts(tracked(bot).journey)] == [20]
    assert "/prospect log Acme talked min:20" in said_last(slack, anna)
    assert "Logged for Acme BV" in said_last(slack, anna)


def test_what_is_done_later_counts_from_when_it_was_asked(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked")
    works_off(bot, days=2)
    assert tracked(bot).journey.history[-1].occurred_at == MONDAY_MORNING


def test_a_saved_request_rests_until_its_acknowledgement_arrived(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked")
    works_off(bot, seconds=1)
    assert contacts(tracked(bot).journey) == []


def test_a_saved_request_is_done_once(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked")
    works_off(bot)
    answers = len(slack.ephemerals(anna.user))
    works_off(bot, days=1)
    assert len(contacts(tracked(bot).journey)) == 1
    assert len(slack.ephemerals(anna.user)) == answers


def test_after_a_restart_saved_requests_are_taken_up(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked")
    bot.clock.forward(seconds=4)
    bot.start().inbox.run()
    assert len(contacts(tracked(bot).journey)) == 1


def test_of_two_processes_one_does_a_saved_request(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    anna.types("/prospect add Acme BV")
    for _ in range(3):
        saved_for_later(bot, anna, "/prospect log Acme talked")
    before = len(slack.ephemerals(anna.user))
    bot.clock.forward(seconds=4)
    processes = [threading.Thread(target=bot.start().inbox.run) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    works_off(bot, minutes=5)
    assert len(contacts(tracked(bot).journey)) == 3
    assert len(slack.ephemerals(anna.user)) == before + 3


def test_what_a_process_took_up_and_did_not_finish_is_done_when_its_time_is_over(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked")
    bot.clock.forward(seconds=4)
    assert bot.store.saved.claim(bot.clock(), bot.clock() + timedelta(minutes=2)) is not None
    works_off(bot, minutes=1)
    assert contacts(tracked(bot).journey) == []
    works_off(bot, minutes=2)
    assert len(contacts(tracked(bot).journey)) == 1


def test_after_half_an_hour_the_answer_comes_as_a_direct_message(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked")
    works_off(bot, hours=1)
    assert "Logged for Acme BV" in slack.messages(anna.user)[-1].text


def test_an_answer_that_slack_did_not_take_is_told_later(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked")
    slack.fail("response_url", faults.ServerError())
    slack.fail("chat.postMessage", faults.DroppedBefore())
    works_off(bot)
    assert len(contacts(tracked(bot).journey)) == 1
    works_off(bot, minutes=5)
    assert "already done" in said_last(slack, anna)
    assert len(contacts(tracked(bot).journey)) == 1


def test_what_was_saved_is_done_though_the_token_was_withdrawn(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked")
    bot.clock.forward(seconds=4)
    slack.fail("auth.test", faults.Refused("token_revoked"))
    bot.start().inbox.run()
    assert len(contacts(tracked(bot).journey)) == 1


def test_a_dialog_without_time_is_saved_and_answered_in_direct_messages(
    bot: Bot, anna: Person, slack: FakeSlack
) -> None:
    dialog = anna.types("/prospect add")
    bot.stopwatch = too_slow(1.5)
    submitted = anna.submits(dialog.view, {"name": "Acme BV"})
    assert "in your messages" in str(submitted.view.blocks)
    works_off(bot)
    assert tracked(bot).journey.is_open
    assert "Acme BV starts" in slack.messages(anna.user)[-1].text


def test_a_late_refusal_gives_back_what_was_filled_in(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    dialog = anna.types("/prospect add")
    bot.stopwatch = too_slow(1.5)
    anna.submits(dialog.view, {"name": "Acme BV", "source": "fair"})
    bot.stopwatch = lambda: 0.0
    anna.types("/prospect add Acme BV")
    works_off(bot)
    told = slack.messages(anna.user)[-1].text
    assert "is here already" in told
    assert "Acme BV" in told
    assert "fair" in told


def test_a_late_button_is_answered_where_it_was_clicked(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    added = anna.types("/prospect add Acme BV")
    bot.stopwatch = too_slow(1.5)
    anna.clicks("Undo", on=added)
    works_off(bot)
    assert "Acme BV" in said_last(slack, anna)
    with bot.store.reading(slack.workspace.id) as uow:
        assert uow.journeys.latest(1) is None


def test_a_dialog_that_can_no_longer_open_is_named(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect advance Acme")
    works_off(bot)
    assert "can no longer open" in said_last(slack, anna)


def test_without_time_to_save_the_person_hears_that_it_is_not_saved(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    bot.stopwatch = too_slow(2.5)
    answer = anna.types("/prospect log Acme talked min:20")
    assert "Not saved" in answer.text
    assert "/prospect log Acme talked min:20" in answer.text
    bot.stopwatch = lambda: 0.0
    works_off(bot)
    assert contacts(tracked(bot).journey) == []


def test_a_dialog_that_is_not_saved_stays_open_with_what_was_typed(bot: Bot, anna: Person) -> None:
    dialog = anna.types("/prospect add")
    bot.stopwatch = too_slow(2.5)
    submitted = anna.submits(dialog.view, {"name": "Acme BV"})
    assert "Not saved" in submitted.errors["name"]
    bot.stopwatch = lambda: 0.0
    again = anna.submits(dialog.view, {"name": "Acme BV"})
    assert not again.errors
    assert tracked(bot).journey.is_open


def test_a_change_that_was_kept_is_never_told_as_not_saved(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect log Acme talked")
    kept = tracked(bot).journey.version
    bot.stopwatch = lambda: 9.0 if tracked(bot).journey.version > kept else 0.0
    answer = anna.types("/prospect undo Acme")
    assert "This is saved" in answer.text


def test_a_command_on_a_journey_that_is_held_is_never_lost(
    bot: Bot, anna: Person, engine: storage.Engine, slack: FakeSlack
) -> None:
    anna.types("/prospect add Acme BV")
    with journeys_held(engine):
        answer = anna.types("/prospect log Acme talked min:20")
        assert answer.came_in_time
    can_be_saved = engine.dialect.name == "postgresql"  # SQLite's one lock keeps everybody from writing
    assert (SAVED if can_be_saved else "Not saved") in answer.text
    works_off(bot)
    assert len(contacts(tracked(bot).journey)) == can_be_saved
    assert "/prospect log Acme talked min:20" in said_last(slack, anna)


def test_while_the_journey_is_still_held_the_inbox_waits(bot: Bot, anna: Person, engine: storage.Engine) -> None:
    anna.types("/prospect add Acme BV")
    saved_for_later(bot, anna, "/prospect log Acme talked")
    with journeys_held(engine):
        works_off(bot)
    assert contacts(tracked(bot).journey) == []
    works_off(bot, minutes=5)
    assert len(contacts(tracked(bot).journey)) == 1


def test_a_database_that_is_away_is_told_in_one_sentence(slack: FakeSlack) -> None:
    away = storage.create_engine("postgresql://nobody@127.0.0.1:1/nowhere", busy_timeout=0.1)
    bot = Bot(slack, storage.Store(away), Clock())
    answer = bot.person("anna").types("/prospect add Acme BV")
    assert "Not saved" in answer.text
    assert "/prospect add Acme BV" in answer.text
    away.dispose()
