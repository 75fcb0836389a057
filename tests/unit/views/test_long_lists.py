"""However much there is, a timeline, a list and Home pass Slack's limits, and count what they leave out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.grammar.commands import Verb
from bot.usecases.look_at_desk import OnDesk
from bot.usecases.show_prospect import Shown
from bot.views import home, listing, timeline
from bot.views.ids import Action
from bot.views.limits import BlockMode
from bot.views.listing import Choosing, Listed
from bot.views.reader import Reader
from bot.views.timeline import Turn
from bot.views.words import Words
from playbooks.deadlines import Deadlines, Stall
from playbooks.events import NextAction
from playbooks.history import Status
from playbooks.pipeline import Dossier, Line, Page, StepCount
from playbooks.ports import Tracked
from playbooks.prospect import Person, Prospect
from playbooks.team import Member, Role
from tests.fake_slack.finding import texts_of
from tests.fake_slack.surfaces import check_message, check_view
from tests.unit.journey.builders import MONDAY, REP, Story

READER = Reader(words=Words(), blocks=BlockMode.FULL, today=MONDAY)
LONG = "&<>~*" * 40
"""A name of 200 characters, each of which is markup or longer once it is escaped."""


def a_line(number: int, **changes: Any) -> Line:
    usual: dict[str, Any] = {
        "prospect_id": number,
        "journey_id": number,
        "version": 2,
        "name": f"{number:03}{LONG}"[:200],
        "step_number": 1,
        "step_name": LONG,
        "steps": 7,
        "playbook": "b2b",
        "status": Status.OPEN,
        "owner": REP,
        "next_action": NextAction(on=date(2026, 2, 1), what=LONG),
        "stalls_on": date(2026, 2, 1),
        "decision_due_on": date(2026, 2, 1),
        "waiting_until": None,
        "exhausted": True,
        "source": LONG,
    }
    return Line(**usual | changes)


def a_page(shown: int = 10, total: int = 1_000, offset: int = 20) -> Page:
    return Page(tuple(a_line(number) for number in range(shown)), offset, total)


def words_in(blocks: Any) -> str:
    return "\n".join(texts_of(list(blocks)))


def shown(story: Story) -> Shown:
    people = tuple(Person(LONG, LONG, LONG, LONG, decides=True) for _ in range(20))
    prospect = Prospect(1, 1, LONG, source=LONG, value=10**12, people=people)
    member = Member(REP, 1, 1, "U1", "Robin", Role.REP, "en-GB", "UTC")
    return Shown(
        dossier=Dossier(prospect, ((1, story.journey),), {REP: member}),
        present=Tracked(1, prospect, 1, story.journey),
        deadlines=Deadlines(MONDAY, MONDAY),
        stall=Stall.CONTACTS,
        decision_due=True,
    )


@pytest.mark.parametrize("start", [0, 7, 10_000])
def test_a_timeline_of_long_notes_fits_on_every_page(start: int) -> None:
    story = Story()
    for _ in range(30):
        story.log(note="x & y\n" * 330)
    check_message(timeline.timeline(shown(story), READER, start).payload())


def test_a_struck_out_line_is_one_line_without_a_tilde_of_its_own() -> None:
    story = Story().log(note="one ~ two\nthree").undo()
    text = words_in(timeline.timeline(shown(story), READER).blocks)
    assert "~“one ∼ two three”~" in text


def test_lists_of_the_longest_names_fit() -> None:
    listed = Listed(owner=REP, step=3, source=LONG, playbook="services", stalled=True)
    counts = [StepCount(number, LONG, 100_000, 5) for number in range(1, 21)]
    for message in (
        listing.mine(a_page(), READER),
        listing.everybody(a_page(), counts, listed, {REP: LONG}, READER),
        listing.everybody(Page((), 0, 0), (), listed, {}, READER),
        listing.to_choose(a_page(), Choosing(verb=Verb.LOG, rest="y" * 1_950), READER),
    ):
        check_message(message.payload())


def test_a_list_counts_what_is_on_the_pages_around_it() -> None:
    text = words_in(listing.mine(a_page(), READER).blocks)
    assert "970 more ›" in text
    assert "‹ Previous" in text


def test_a_full_desk_fits_in_home_and_counts_the_rest() -> None:
    many = [StepCount(number, LONG, 100_000, 5) for number in range(1, 21)]
    desk = OnDesk(a_page(), None, a_page(5), a_page(5), a_page(5), many, many)
    drawn = home.desk(desk, None, READER).payload()
    check_view(drawn, "home")
    assert "990 more, show all" in words_in(drawn["blocks"])
    check_view(home.everything(a_page(), READER).payload(), "home")


def test_a_waiting_prospect_is_not_called_stalled() -> None:
    waiting = a_line(1, waiting_until=date(2026, 3, 20))
    text = words_in(listing.mine(Page((waiting,), 0, 1), READER).blocks)
    assert "waiting until Fri 20 Mar" in text
    assert "stalled" not in text


def test_a_desk_without_prospects_still_shows_a_manager_the_team() -> None:
    nothing = Page((), 0, 0)
    desk = OnDesk(nothing, None, nothing, nothing, nothing, (), [StepCount(1, "Intake", 3, 1)])
    text = words_in(home.desk(desk, None, READER).blocks)
    assert "Begin with one company" in text
    assert "1 Intake: 3 (1 stalled)" in text
    assert "The team" not in words_in(home.desk(replace(desk, team=None), None, READER).blocks)


def test_paging_through_a_timeline_shows_every_act_once() -> None:
    story = Story()
    for number in range(12):
        story.log(note=f"touch-{number:02} " + "& " * 300)
    seen: list[str] = []
    start: int | None = 0
    while start is not None:
        drawn = timeline.timeline(shown(story), READER, start)
        seen += re.findall(r"touch-\d\d", words_in(drawn.blocks))
        start = _following(drawn.blocks)
    assert seen == [f"touch-{number:02}" for number in reversed(range(12))]


def _following(blocks: Any) -> int | None:
    """Where the next page begins, None on the last."""
    buttons = [element for block in blocks for element in block.get("elements", ())]
    turns = [button["value"] for button in buttons if button.get("action_id") == Action.TIMELINE_PAGE]
    return Turn.model_validate_json(turns[0]).start if turns else None
