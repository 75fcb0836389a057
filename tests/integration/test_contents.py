"""What is said by itself: written from a real store, in both languages and for every client."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import storage
from bot.content import Contents
from bot.usecases.deliver import Post
from bot.usecases.points import NOTHING
from bot.views.limits import BlockMode
from playbooks import journey as rules
from playbooks.attempts import after_attempt
from playbooks.deliveries import USUAL, Delivery, Kind, Owed, Sent
from playbooks.history import record
from playbooks.ports import Tracked
from playbooks.team import Role
from tests.builders import MONDAY, WEEK, Office, advanced, an_action, noon, started, told, undone
from tests.fake_slack.answers import texts_of
from tests.fake_slack.surfaces import check_message

DAY = timedelta(days=1)


class Desk:
    """A rep's office with a ledger whose clock a test moves."""

    def __init__(self, office: Office, store: storage.Store) -> None:
        self.office = office
        self.store = store
        self.contents = Contents()
        self.on = MONDAY

    def day(self, working_days: int) -> date:
        return WEEK.add(MONDAY, working_days)

    def planned(self, kind: Kind, key: str = "", **changes: Any) -> Delivery:
        member = self.office.rep
        usual: dict[str, Any] = {
            "recipient": member.slack_id,
            "due_at": noon(MONDAY),
            "member_id": member.id,
            "local_date": self.on,
        }
        key = key or f"{kind}:{member.id}:{self.on}"
        with self.store.writing(self.office.slack_team) as uow:
            uow.deliveries.plan([Owed(key=key, kind=kind, **usual | changes)])
            uow.commit()
        return next(each for each in self.store.ledger().listed() if each.owed.key == key)

    def section(self, kind: Kind, tracked: Tracked) -> Delivery:
        """A section of the day's message."""
        daily = f"daily:{self.office.rep.id}:{self.on}"
        key = f"{kind}:{tracked.id}:1:{self.on}"
        return self.planned(kind, key, journey_id=tracked.id, with_daily=True, carrier=daily, run_on=self.on)

    def about(self, kind: Kind, tracked: Tracked, **changes: Any) -> Delivery:
        """A message of its own about a prospect."""
        return self.planned(kind, f"{kind}:{tracked.id}:1:{self.on}", journey_id=tracked.id, **changes)

    def arrives(self, delivery: Delivery, post: Post) -> Delivery:
        ledger = self.store.ledger()
        claimed = ledger.claim(delivery.id, "test", USUAL)
        assert claimed is not None
        arrived = after_attempt(claimed, Sent("D1", f"1.{delivery.id}"), noon(self.on), 0.5)
        assert ledger.record(claimed, replace(arrived, said=post.said), covers=post.covers)
        return ledger.get(delivery.id)

    def writes(self, delivery: Delivery) -> Post | None:
        with self.store.reading(self.office.slack_team) as uow:
            return self._checked(self.contents(delivery, uow, noon(self.on)))

    def again(self, delivery: Delivery) -> Post | None:
        with self.store.reading(self.office.slack_team) as uow:
            return self._checked(self.contents.again(delivery, uow, noon(self.on)))

    def _checked(self, post: Post | None) -> Post | None:
        if post is not None:
            check_message({"text": post.text, "blocks": list(post.blocks)})
        return post


@pytest.fixture
def desk(office: Office, store: storage.Store) -> Desk:
    return Desk(office, store)


def words_of(post: Post | None) -> str:
    assert post is not None
    return "\n".join(texts_of(list(post.blocks))) if post.blocks else post.text


def labels(post: Post) -> list[str]:
    """The buttons of a message, in order."""
    rows = [block for block in post.blocks if block["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row["elements"] if each["type"] == "button"]


def logged(desk: Desk, tracked: Tracked, next_on: date, **more: Any) -> Tracked:
    action = an_action(next_on)
    events = rules.log(tracked.journey, outcome="talked", next_action=action, on=desk.on, **more)
    return desk.office.save(tracked, told(tracked.journey, events, on=desk.on))


def late(desk: Desk, name: str = "Acme BV") -> Tracked:
    """A prospect whose decision is due by now."""
    tracked = desk.office.start(name, next_action=an_action(date(2026, 12, 1)))
    desk.on = desk.day(10)
    return tracked


# The daily message.


def test_an_action_due_comes_with_its_one_ask_and_its_buttons(desk: Desk) -> None:
    desk.office.start(next_action=an_action(MONDAY, "Call Jan"))
    post = desk.writes(desk.planned(Kind.DAILY))
    assert post is not None
    assert "Mon 2 Mar: 1 action due" in words_of(post)
    assert "*Acme BV* · step 1 of 3, Step 1\n→ Call Jan, today\n👉 _Shall we?_" in words_of(post)
    assert labels(post) == ["Script", "Log a contact", "Done, next on…"]
    assert post.text == "Mon 2 Mar: 1 action due: Acme BV"


def test_the_first_message_says_what_will_come(desk: Desk) -> None:
    desk.office.start(next_action=an_action(MONDAY))
    first = desk.planned(Kind.DAILY)
    post = desk.writes(first)
    assert "From today I write once each working day" in words_of(post)
    assert post is not None
    desk.arrives(first, post)
    desk.on += DAY
    assert "From today" not in words_of(desk.writes(desk.planned(Kind.DAILY)))


def test_actions_of_somebody_else_are_not_told(desk: Desk) -> None:
    desk.office.start(owner=desk.office.colleague.id, next_action=an_action(MONDAY))
    assert "Acme" not in words_of(desk.writes(desk.planned(Kind.DAILY)))


def test_nothing_due_is_said_once_and_not_on_days_in_a_row(desk: Desk) -> None:
    desk.office.start(next_action=an_action(MONDAY + 9 * DAY))
    first = desk.planned(Kind.DAILY)
    post = desk.writes(first)
    assert post is not None
    assert post.said == NOTHING
    assert post.text == "✓ Nothing is due today. First comes Acme BV: Call, Wed 11 Mar."
    desk.arrives(first, post)
    desk.on += DAY
    assert desk.writes(desk.planned(Kind.DAILY)) is None
    desk.on += 8 * DAY
    assert "1 action due" in words_of(desk.writes(desk.planned(Kind.DAILY)))


def test_a_rep_without_prospects_hears_how_to_begin_and_a_manager_nothing(desk: Desk) -> None:
    assert "Add the first one" in words_of(desk.writes(desk.planned(Kind.DAILY)))
    with desk.store.writing(desk.office.slack_team) as uow:
        uow.members.update(replace(desk.office.rep, role=Role.MANAGER))
        uow.commit()
    desk.on += DAY
    assert desk.writes(desk.planned(Kind.DAILY)) is None


def test_a_heap_becomes_a_summary_of_three_and_a_count(desk: Desk) -> None:
    for number in range(20):
        desk.office.start(f"Prospect {number:02}", next_action=an_action(MONDAY + DAY * (number % 2)))
    desk.on += DAY
    post = desk.writes(desk.planned(Kind.DAILY))
    assert post is not None
    assert "20 actions due" in words_of(post)
    assert "A few came together, 10 of them overdue. Begin with these." in words_of(post)
    assert labels(post).count("Script") == 3
    assert "17 more, show all" in labels(post)


def test_an_ordinary_busy_day_is_no_heap(desk: Desk) -> None:
    for number in range(10):
        desk.office.start(f"Prospect {number:02}", next_action=an_action(MONDAY + DAY))
    desk.arrives(before := desk.planned(Kind.DAILY), Post("Monday"))
    assert before
    desk.on += DAY
    post = desk.writes(desk.planned(Kind.DAILY))
    assert post is not None
    assert labels(post).count("Script") == 8
    assert "2 more, show all" in labels(post)


def test_sections_follow_the_actions_and_what_they_cover_is_said(desk: Desk) -> None:
    stalled = [desk.office.start(f"Stalled {n}", next_action=an_action(date(2026, 12, 1))) for n in range(12)]
    desk.on = desk.day(5)
    keys = {desk.section(Kind.STALL, each).owed.key for each in stalled}
    post = desk.writes(desk.planned(Kind.DAILY))
    assert post is not None
    assert "⚠ 12 prospects stalled" in words_of(post)
    assert labels(post).count("Let go…") == 3
    assert "9 more, show all" in labels(post)
    assert post.covers == keys


def test_a_section_that_is_no_longer_true_is_left_out(desk: Desk) -> None:
    stalled = desk.office.start("Stalled", next_action=an_action(date(2026, 12, 1)))
    desk.on = desk.day(5)
    desk.section(Kind.STALL, stalled)
    desk.office.save(stalled, advanced(stalled.journey, on=desk.on))
    post = desk.writes(desk.planned(Kind.DAILY))
    assert post is not None
    assert post.covers == frozenset()
    assert "stalled" not in words_of(post)


def test_a_prospect_in_a_section_is_not_told_twice(desk: Desk) -> None:
    stalled = desk.office.start("Stalled", next_action=an_action(MONDAY))
    desk.on = desk.day(5)
    desk.section(Kind.STALL, stalled)
    post = desk.writes(desk.planned(Kind.DAILY))
    assert words_of(post).count("*Stalled* ·") == 1


def test_a_day_of_sections_only_never_says_that_nothing_is_due(desk: Desk) -> None:
    stalled = desk.office.start("Stalled", next_action=an_action(MONDAY))
    desk.on = desk.day(5)
    desk.section(Kind.STALL, stalled)
    post = desk.writes(desk.planned(Kind.DAILY))
    assert post is not None
    assert post.text == "Mon 9 Mar: Stalled; ⚠ 1 prospect stalled"
    assert "overdue since Mon 2 Mar" in words_of(post)


def test_a_full_day_keeps_within_slacks_limits(desk: Desk) -> None:
    late_ones = [late(desk, f"{kind} {'&<>' * 50} {n}") for kind in ("D", "C", "E") for n in range(4)]
    kinds = [Kind.DECISION] * 4 + [Kind.CLOSING] * 4 + [Kind.ESCALATION] * 4
    for kind, tracked in zip(kinds, late_ones, strict=True):
        desk.section(kind, tracked)
    for number in range(12):
        desk.office.start(f"Prospect {'&<>' * 50} {number:02}", next_action=an_action(MONDAY))
    post = desk.writes(desk.planned(Kind.DAILY))
    assert post is not None
    assert len(post.blocks) <= 50


# What was done shows in the message itself.


def test_what_was_done_takes_the_place_of_its_line(desk: Desk) -> None:
    tracked = desk.office.start(next_action=an_action(MONDAY))
    desk.office.start("Bakker", next_action=an_action(MONDAY))
    daily = desk.planned(Kind.DAILY)
    post = desk.writes(daily)
    assert post is not None
    daily = desk.arrives(daily, post)
    logged(desk, tracked, MONDAY + 3 * DAY)
    after = desk.again(daily)
    assert after is not None
    assert "✓ *Acme BV*: Talked\n→ Call, in 3 days" in words_of(after)
    assert "*Bakker* · step 1 of 3" in words_of(after)
    assert labels(after).count("Undo") == 1


def test_what_was_taken_back_is_to_do_again(desk: Desk) -> None:
    tracked = desk.office.start(next_action=an_action(MONDAY))
    daily = desk.planned(Kind.DAILY)
    post = desk.writes(daily)
    assert post is not None
    daily = desk.arrives(daily, post)
    saved = logged(desk, tracked, MONDAY + 3 * DAY)
    desk.office.save(saved, undone(saved.journey))
    after = desk.again(daily)
    assert after is not None
    assert "✓" not in words_of(after)
    assert "Log a contact" in labels(after)


def test_a_stall_that_was_talked_about_is_a_stall_still(desk: Desk) -> None:
    tracked = desk.office.start(next_action=an_action(date(2026, 12, 1)))
    desk.on = desk.day(5)
    alert = desk.about(Kind.STALL, tracked)
    post = desk.writes(alert)
    assert post is not None
    alert = desk.arrives(alert, post)
    logged(desk, tracked, desk.on + DAY)
    after = desk.again(alert)
    assert after is not None
    assert "✓ *Acme BV*: Talked" in words_of(after)
    assert "Force a decision" in labels(after)


# Messages of their own.


def test_a_stall_says_what_was_spent_and_offers_three_ways(desk: Desk) -> None:
    tracked = desk.office.start(next_action=an_action(date(2026, 12, 1)))
    tracked = logged(desk, tracked, date(2026, 12, 1), minutes=25)
    desk.on = desk.day(5)
    post = desk.writes(desk.about(Kind.STALL, tracked))
    assert post is not None
    said = words_of(post)
    assert "⚠ No progress for 5 working days; this step allows 5 working days." in said
    assert "1 of 4 contacts without progress · 25 min since the last progress" in said
    assert "👉 _Shall we?_" in said
    assert labels(post) == ["They decided", "Force a decision", "Let go…"]


def test_a_stall_that_is_over_is_not_told(desk: Desk) -> None:
    tracked = desk.office.start(next_action=an_action(date(2026, 12, 1)))
    desk.on = desk.day(5)
    alert = desk.about(Kind.STALL, tracked)
    desk.office.save(tracked, advanced(tracked.journey, on=desk.on))
    assert desk.writes(alert) is None


def test_a_decision_due_asks_yes_no_or_not_now_and_says_what_follows(desk: Desk) -> None:
    post = desk.writes(desk.about(Kind.DECISION, late(desk)))
    assert post is not None
    assert "❗ They should have decided by Mon 16 Mar." in words_of(post)
    assert "Without an answer it goes to your manager on Wed 18 Mar." in words_of(post)
    assert labels(post) == ["Yes", "No", "Not now"]


def test_an_escalation_names_the_rep_and_when_it_was_asked(desk: Desk) -> None:
    tracked = late(desk)
    asked = desk.about(Kind.DECISION, tracked)
    desk.arrives(asked, Post("asked"))
    desk.on = desk.day(12)
    manager = desk.office.colleague
    escalation = desk.about(Kind.ESCALATION, tracked, member_id=manager.id, recipient=manager.slack_id)
    post = desk.writes(escalation)
    assert post is not None
    assert "Robin was asked on Mon 16 Mar and did not answer. It is yours to ask now." in words_of(post)
    assert labels(post) == ["Yes", "No", "Not now"]


def test_a_closing_is_announced_for_the_next_working_day_with_a_way_to_keep_it_open(desk: Desk) -> None:
    post = desk.writes(desk.about(Kind.CLOSING, late(desk)))
    assert post is not None
    assert "*On Tue 17 Mar (tomorrow) it closes as no decision.*" in words_of(post)
    assert labels(post) == ["Yes", "No", "Not now", "Keep open: they named a date"]


def test_a_closed_prospect_can_be_taken_back_for_five_working_days(desk: Desk) -> None:
    tracked = late(desk)
    events = rules.close_undecided(tracked.journey)
    closed = record(tracked.journey, events, at=noon(desk.on), on=desk.on, by=None)
    tracked = desk.office.save(tracked, closed)
    notice = desk.about(Kind.CLOSED, tracked)
    post = desk.writes(notice)
    assert post is not None
    assert "Undo keeps it open, until Mon 23 Mar." in words_of(post)
    assert labels(post) == ["Timeline", "Undo"]
    desk.on = desk.day(16)
    post = desk.writes(notice)
    assert post is not None
    assert labels(post) == ["Timeline"]


def test_a_prospect_that_comes_back_brings_its_history(desk: Desk) -> None:
    tracked = desk.office.start()
    events = rules.not_now(tracked.journey, returns_on=MONDAY + 14 * DAY, on=MONDAY, text="budget round")
    tracked = desk.office.save(tracked, told(tracked.journey, events))
    desk.on = MONDAY + 14 * DAY
    post = desk.writes(desk.about(Kind.RETURNING, tracked))
    assert post is not None
    assert "↩ They said “not now” on Mon 2 Mar, and asked you back today." in words_of(post)
    assert "“budget round”" in words_of(post)
    assert labels(post) == ["Start again", "Timeline"]


def test_one_that_started_again_already_is_not_told(desk: Desk) -> None:
    tracked = desk.office.start()
    events = rules.not_now(tracked.journey, returns_on=MONDAY + 14 * DAY, on=MONDAY)
    tracked = desk.office.save(tracked, told(tracked.journey, events))
    with desk.store.writing(desk.office.slack_team) as uow:
        again = started(desk.office.playbook, desk.office.rep.id)
        uow.journeys.start(tracked.prospect, desk.office.playbook_id, again, WEEK)
        uow.commit()
    assert desk.writes(desk.about(Kind.RETURNING, tracked)) is None


@pytest.mark.parametrize("kind", [Kind.FOCUS, Kind.INTAKE, Kind.REMINDER])
def test_kinds_whose_content_comes_later_say_nothing(desk: Desk, kind: Kind) -> None:
    assert desk.writes(desk.planned(kind)) is None


# An admin hears what only an admin can mend.


def test_an_admin_hears_of_a_channel_that_takes_no_messages(desk: Desk) -> None:
    said = words_of(desk.writes(desk.planned(Kind.NOTICE, "notice:channel:C024BE91L:2026-03-02")))
    assert "<#C024BE91L>" in said
    assert "`/nextstep settings team`" in said


def test_an_admin_hears_of_prospects_that_somebody_left_behind(desk: Desk) -> None:
    gone = desk.office.colleague
    key = f"notice:member:{gone.id}:2026-03-02"
    notice = desk.planned(Kind.NOTICE, key)
    assert desk.writes(notice) is None
    desk.office.start(owner=gone.id)
    assert "Sam is no longer active in Slack, and has 1 open prospect." in words_of(desk.writes(notice))


# The week.


def test_the_digest_counts_and_never_ranks(desk: Desk) -> None:
    moved = desk.office.start("Acme BV")
    desk.office.start("Bakker")
    desk.office.save(moved, advanced(moved.journey, on=MONDAY + DAY))
    desk.on = MONDAY + 7 * DAY
    post = desk.writes(desk.planned(Kind.DIGEST, member_id=None, recipient="C1"))
    assert post is not None
    said = words_of(post)
    assert "The week until Monday 9 March 2026" in said
    assert "• *Acme BV* → Step 2 (Robin)" in said
    assert "Services: who goes on, the last 13 weeks" in said
    assert "1 Step 1: too few to tell: 1 of 2 so far, 1 undecided" in said
    assert "no clear change" not in said.lower()
    assert "%" not in said
    assert post.picture is not None
    assert post.picture.png.startswith(b"\x89PNG")
    assert "1 Step 1: too few to tell: 1 of 2 so far" in post.picture.alt
    assert "who goes on" in str(post.blocks[post.picture.place - 1])


def test_a_week_without_anything_is_a_message_without_a_picture(desk: Desk) -> None:
    post = desk.writes(desk.planned(Kind.DIGEST, member_id=None, recipient="C1"))
    assert post is not None
    assert post.picture is None
    assert "No new customers this week." in words_of(post)


def test_a_journey_without_anything_lately_is_not_read(desk: Desk) -> None:
    desk.office.start("Old")
    with desk.store.reading(desk.office.slack_team) as uow:
        assert len(uow.pipeline.active_since(MONDAY)) == 1
        assert uow.pipeline.active_since(MONDAY + DAY) == []


# In every client and language.


@pytest.mark.parametrize("blocks", list(BlockMode))
@pytest.mark.parametrize("locale", ["en-GB", "nl-NL"])
def test_every_message_can_be_read_in_both_languages(desk: Desk, blocks: BlockMode, locale: str) -> None:
    desk.contents = Contents(blocks)
    with desk.store.writing(desk.office.slack_team) as uow:
        uow.members.update(replace(desk.office.rep, locale=locale))
        uow.commit()
    tracked = late(desk)
    for kind in (Kind.STALL, Kind.DECISION, Kind.ESCALATION, Kind.CLOSING):
        assert desk.writes(desk.about(kind, tracked)) is not None
    desk.office.start("Bakker", next_action=an_action(MONDAY))
    said = words_of(desk.writes(desk.planned(Kind.DAILY)))
    assert ("actie nodig" in said or "acties" in said or "actie" in said) is (locale == "nl-NL")
