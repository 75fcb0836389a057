"""What a rep does from the messages that Nextstep sends by itself, and how they say so afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.content import Contents
from bot.usecases.deliver import Post
from playbooks.attempts import after_attempt
from playbooks.deliveries import USUAL, Kind, Owed, Sent
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import field, said, tracked
from tests.acceptance.test_advance import advances
from tests.fake_slack import Person
from tests.fake_slack.answers import texts_of
from tests.fake_slack.things import Message

DUE = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


class Sender:
    """Plans, writes, posts and records one message, as a worker does."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    def sends(self, kind: Kind, person: Person, name: str = "") -> Message:
        """A message to this person; about the prospect with this name, unless it is the day's."""
        team = self.bot.slack.workspace.id
        with self.bot.store.writing(team) as uow:
            member = uow.members.by_slack_id(person.user.id)
            assert member is not None
            journey = tracked(self.bot, name).id if name else None
            day = self.bot.clock.at.date()
            key = f"{kind}:{journey or member.id}:{day}"
            owed = Owed(key, kind, member.slack_id, DUE, member_id=member.id, journey_id=journey, local_date=day)
            uow.deliveries.plan([owed])
            uow.commit()
        ledger = self.bot.store.ledger()
        delivery = ledger.claim(next(d.id for d in ledger.listed() if d.owed.key == key), "test", USUAL)
        assert delivery is not None
        with self.bot.store.reading(team) as uow:
            post = Contents(self.bot.blocks)(delivery, uow, self.bot.clock.at)
        assert post is not None
        answer = self._posts(person, post)
        after = after_attempt(delivery, Sent(answer["channel"], answer["ts"]), self.bot.clock.at, 0.5)
        assert ledger.record(delivery, replace(after, said=post.said), covers=post.covers)
        return next(m for m in self.bot.slack.messages(person.user) if m.ts == answer["ts"])

    def _posts(self, person: Person, post: Post) -> dict[str, str]:
        client = WebClient(self.bot.slack.token, base_url=self.bot.slack.url)
        posted = client.chat_postMessage(channel=person.user.id, text=post.text, blocks=list(post.blocks))
        return {"channel": posted["channel"], "ts": posted["ts"]}


@pytest.fixture
def sender(bot: Bot) -> Sender:
    return Sender(bot)


def text_of(message: Message) -> str:
    return "\n".join(texts_of(message.blocks))


@pytest.fixture
def day(anna: Person, sender: Sender) -> Message:
    """The day's message of two actions."""
    anna.types("/prospect add Acme BV next:today")
    anna.types("/prospect add Bakker next:today")
    return sender.sends(Kind.DAILY, anna)


def test_a_logged_contact_takes_the_place_of_its_line(anna: Person, day: Message) -> None:
    dialog = anna.clicks("Log a contact", on=day, within="Acme BV")
    anna.submits(dialog, {"outcome": "Talked", "next_date": "2026-03-05"})
    assert "✓ *Acme BV*: Talked" in text_of(day)
    assert "*Bakker* · step 1" in text_of(day)


def test_done_gives_the_next_action_its_date_and_says_so_in_place(anna: Person, bot: Bot, day: Message) -> None:
    dialog = anna.clicks("Done, next on…", on=day, within="Acme BV")
    assert field(dialog, "next_what")["initial_value"]
    answer = anna.submits(dialog, {"next_what": "Send the quote", "next_date": "2026-03-05"})
    assert "Next action for *Acme BV*: Send the quote, Thu 5 Mar (in 3 days)." in said(answer)
    assert "✓ *Acme BV*: Next action: Send the quote, Thu 5 Mar" in text_of(day)
    assert tracked(bot).journey.spent.contacts == 0


def test_done_with_an_outcome_counts_as_a_contact_at_the_planned_moment(
    anna: Person, bot: Bot, day: Message
) -> None:
    dialog = anna.clicks("Done, next on…", on=day, within="Acme BV")
    answer = anna.submits(dialog, {"next_date": "2026-03-05", "outcome": "Talked"})
    assert "Logged for *Acme BV*" in said(answer)
    assert tracked(bot).journey.spent.contacts == 1


def test_done_without_a_date_is_asked_for_it_beside_the_field(anna: Person, day: Message) -> None:
    refused = anna.submits(anna.clicks("Done, next on…", on=day, within="Acme BV"), {"next_date": "2026-03-01"})
    assert "next_date" in refused.errors
    assert "✓" not in text_of(day)


def test_undoing_in_the_message_puts_its_line_back(anna: Person, day: Message) -> None:
    anna.submits(anna.clicks("Done, next on…", on=day, within="Acme BV"), {"next_date": "2026-03-05"})
    anna.clicks("Undo", on=day, within="Acme BV")
    assert "✓" not in text_of(day)


def test_undoing_in_the_answer_puts_its_line_back(anna: Person, day: Message) -> None:
    answer = anna.submits(anna.clicks("Done, next on…", on=day, within="Acme BV"), {"next_date": "2026-03-05"})
    anna.clicks("Undo", on=answer.view)
    assert "✓" not in text_of(day)


def test_an_advance_from_the_menu_shows_in_the_message(anna: Person, day: Message) -> None:
    dialog = anna.chooses("more", "They decided", on=day, within="Acme BV")
    assert dialog is not None
    advances(anna, dialog)
    assert "✓ *Acme BV*: They decided, on to step 2 of 7" in text_of(day)


def test_the_script_comes_beside_the_message_which_stays(anna: Person, day: Message) -> None:
    before = text_of(day)
    assert "The one ask" in said(anna.clicks("Script", on=day, within="Acme BV"))
    assert text_of(day) == before


def test_a_list_of_more_does_not_take_the_place_of_the_day(anna: Person, sender: Sender) -> None:
    for number in range(12):
        anna.types(f"/prospect add Company {number:02} next:today")
    day = sender.sends(Kind.DAILY, anna)
    before = text_of(day)
    assert "12 open prospects" in said(anna.clicks("more, show all", on=day))
    assert text_of(day) == before


@pytest.fixture
def stalled(anna: Person, bot: Bot, sender: Sender) -> Message:
    """An alert about a prospect that stalled."""
    anna.types("/prospect add Acme BV")
    bot.clock.forward(days=28)
    return sender.sends(Kind.STALL, anna, "Acme BV")


def test_letting_go_asks_which_end_it_is_and_then_that_ends_question(anna: Person, stalled: Message) -> None:
    dialog = anna.clicks("Let go…", on=stalled)
    reason = anna.submits(dialog, {"ending": "They said no"})
    assert "is lost in step 1 of 7" in said(anna.submits(reason, {"reason": "Price"}))
    assert "✓ *Acme BV*: Lost: Price" in text_of(stalled)


def test_letting_go_until_later_asks_for_the_date(anna: Person, stalled: Message) -> None:
    date = anna.submits(anna.clicks("Let go…", on=stalled), {"ending": "not_now"})
    assert "comes back on" in said(anna.submits(date, {"until": "2026-09-01"}))
    assert "✓ *Acme BV*: Not now" in text_of(stalled)


def test_letting_go_without_a_decision_closes_at_once_and_can_be_undone(anna: Person, stalled: Message) -> None:
    answer = anna.submits(anna.clicks("Let go…", on=stalled), {"ending": "no_decision"})
    assert "*Acme BV* is closed in step 1 of 7" in said(answer)
    assert "✓ *Acme BV*: Closed: no decision" in text_of(stalled)
    anna.clicks("Undo", on=stalled)
    assert "✓" not in text_of(stalled)


def test_an_answer_to_the_question_shows_in_it(anna: Person, bot: Bot, sender: Sender) -> None:
    anna.types("/prospect add Acme BV")
    bot.clock.forward(days=60)
    question = sender.sends(Kind.DECISION, anna, "Acme BV")
    anna.submits(anna.clicks("decided_no", on=question), {"reason": "Price"})
    assert "✓ *Acme BV*: Lost: Price" in text_of(question)


def test_a_prospect_that_is_back_starts_again_with_one_click(anna: Person, bot: Bot, sender: Sender) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect not-now Acme 9 march budget")
    bot.clock.forward(days=7)
    back = sender.sends(Kind.RETURNING, anna, "Acme BV")
    assert "*Acme BV* starts in step 1 of 7" in said(anna.clicks("Start again", on=back))
    assert "✓ Acme BV is in step 1" in text_of(back)
    assert tracked(bot).journey.is_open


def test_a_dutch_rep_reads_it_in_dutch(bram: Person, sender: Sender) -> None:
    bram.types("/prospect add Acme BV next:vandaag")
    day = sender.sends(Kind.DAILY, bram)
    assert "actie" in text_of(day)
    assert "Contact noteren" in text_of(day)
