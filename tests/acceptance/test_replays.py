"""Double clicks and replays: one change, and every answer says what is so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import BoltRequest, BoltResponse

from playbooks.events import Contacted
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import options, said, tracked
from tests.fake_slack import FakeSlack, Person, Signature
from tests.fake_slack.transport import deliver

TIMES = 3


class Thrice:
    """Slack sends the same request three times at once; the person sees the first answer that came."""

    def __init__(self, bot: Bot) -> None:
        self.app = bot.app
        self.answers: list[str] = []

    def __call__(self, request: BoltRequest) -> BoltResponse:
        together = threading.Barrier(TIMES)

        def send(_: int) -> BoltResponse:
            together.wait()
            return self.app.dispatch(BoltRequest(body=request.raw_body, headers=dict(request.headers)))

        with ThreadPoolExecutor(TIMES) as pool:
            responses = list(pool.map(send, range(TIMES)))
        assert {response.status for response in responses} == {200}
        self.answers = [response.body or "" for response in responses]
        return responses[0]


def at_once(bot: Bot, person: Person) -> tuple[Person, Thrice]:
    """The same person, with a network that sends everything three times."""
    thrice = Thrice(bot)
    return Person(bot.slack, person.user, thrice), thrice


def count(answers: list[str], words: str) -> int:
    return sum(words in answer for answer in answers)


def changes(bot: Bot) -> int:
    return len({entry.change for entry in tracked(bot).journey.history})


def test_adding_three_times_at_once_adds_one_prospect(bot: Bot, anna: Person) -> None:
    anna.types("/prospect")
    triple, thrice = at_once(bot, anna)
    triple.types("/prospect add Acme BV")
    assert count(thrice.answers, "Acme BV starts in step 1") == 1
    assert count(thrice.answers, "already done") == TIMES - 1
    with bot.store.reading(bot.slack.workspace.id) as uow:
        assert [known.name for known in uow.prospects.all()] == ["Acme BV"]


def test_meeting_three_times_at_once_makes_one_member(bot: Bot, anna: Person) -> None:
    triple, thrice = at_once(bot, anna)
    triple.types("/prospect add Acme BV")
    assert count(thrice.answers, "Acme BV starts in step 1") == 1
    assert count(thrice.answers, "already done") == TIMES - 1
    with bot.store.reading(bot.slack.workspace.id) as uow:
        assert len(uow.members.all()) == 1


def test_the_first_people_of_a_workspace_may_come_at_once(bot: Bot) -> None:
    people = [bot.person(name) for name in ("anna", "bram", "carla")]
    together = threading.Barrier(len(people))

    def begin(person: Person) -> str:
        together.wait()
        return person.types("/prospect").text

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(begin, people))
    assert count(answers, "no open prospects") == len(people)
    with bot.store.reading(bot.slack.workspace.id) as uow:
        assert sorted(member.role for member in uow.members.all()) == ["admin", "rep", "rep"]
        assert len(uow.playbooks.current()) == 1


def test_logging_three_times_at_once_logs_one_contact(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    triple, thrice = at_once(bot, anna)
    triple.types("/prospect log Acme talked")
    assert count(thrice.answers, "Logged for Acme BV") == 1
    assert count(thrice.answers, "already done") == TIMES - 1
    assert sum(isinstance(entry.event, Contacted) for entry in tracked(bot).journey.history) == 1


def test_advancing_three_times_at_once_takes_one_step(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect advance Acme")
    evidence = next(block for block in dialog.blocks if block.get("block_id") == "evidence")
    ticks = [option["value"] for option in evidence["element"]["options"]]
    triple, thrice = at_once(bot, anna)
    triple.submits(dialog.view, {"evidence": ticks})
    assert count(thrice.answers, "is now in step 2") == 1
    assert count(thrice.answers, "already done") == TIMES - 1
    assert tracked(bot).journey.step_number == 2


def test_undoing_three_times_at_once_takes_back_one_change(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    anna.types("/prospect add Acme BV")
    logged = anna.types("/prospect log Acme talked")
    before = changes(bot)
    triple, _ = at_once(bot, anna)
    triple.clicks("Undo", on=logged)
    told = [message.text for message in slack.ephemerals(anna.user)][-TIMES:]
    assert count(told, "already done") == TIMES - 1
    assert changes(bot) == before + 1


def test_a_second_click_says_what_already_happened(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    logged = anna.types("/prospect log Acme talked")
    anna.clicks("Undo", on=logged)
    version = tracked(bot).journey.version
    assert "Acme BV is in step 1" in anna.clicks("Undo", on=logged).text
    assert tracked(bot).journey.version == version


def test_a_replay_an_hour_later_changes_nothing(bot: Bot, anna: Person) -> None:
    added = anna.types("/prospect add Acme BV")
    bot.clock.forward(hours=1)
    assert "already done" in anna.replays(added).text


def each_way_in(person: Person) -> list[Callable[[Signature], int]]:
    return [
        lambda signed: person.types("/prospect add Acme BV", signed=signed).status,
        lambda signed: person.uses_shortcut("add_prospect", signed=signed).status,
        lambda signed: person.opens_home(signed=signed).status,
    ]


def test_an_old_or_forged_signature_is_refused_everywhere(bot: Bot, anna: Person, slack: FakeSlack) -> None:
    for way_in in each_way_in(anna):
        assert way_in(Signature.OLD) == 401
        assert way_in(Signature.FORGED) == 401
    assert bot.store.workspace(slack.workspace.id) is None
    assert slack.calls == []


def test_a_signature_that_was_right_is_refused_for_other_words(bot: Bot, anna: Person) -> None:
    sent = anna.types("/prospect add Acme BV").sent
    forged = type(sent)(sent.body.replace("Acme", "Evil"), sent.headers)
    assert deliver(forged, bot.app.dispatch).status == 401
    with bot.store.reading(bot.slack.workspace.id) as uow:
        assert [known.name for known in uow.prospects.all()] == ["Acme BV"]


def test_a_dialog_submitted_again_after_a_lost_answer_logs_one_contact(anna: Person, bot: Bot) -> None:
    anna.types("/prospect add Acme BV")
    dialog = anna.types("/prospect log Acme")
    filled = {"outcome": options(dialog, "outcome")[0]}

    def loses_the_answer(request: BoltRequest) -> BoltResponse:
        bot.app.dispatch(request)
        return BoltResponse(status=504, body="")

    Person(bot.slack, anna.user, loses_the_answer).submits(dialog.view, filled)
    assert "already done" in said(anna.submits(dialog.view, filled))
    contacts = [entry for entry in tracked(bot).journey.history if isinstance(entry.event, Contacted)]
    assert len(contacts) == 1
