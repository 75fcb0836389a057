"""What a message says of itself, and how it is found again."""

from __future__ import annotations

from datetime import date

import pytest

from bot.usecases.notices import Notice, Trouble, read_notice
from bot.usecases.points import Part, Point, in_words, read
from bot.views.marks import delivery_in, mark, marked
from playbooks.deliveries import Kind
from playbooks.history import Status
from playbooks.pipeline import Line
from playbooks.urgency import most_urgent_first
from tests.builders import MONDAY, an_action


def test_a_message_finds_back_what_it_spoke_of() -> None:
    due = Part(Kind.DAILY, (Point(Kind.DAILY, 12, 5), Point(Kind.DAILY, 15, 7)), more=4)
    stalled = Part(Kind.STALL, (Point(Kind.STALL, 3, 9),))
    assert in_words([due, stalled]) == "daily 12:5 15:7 +4; stall 3:9"
    assert read(in_words([due, stalled])) == (due, stalled)
    assert due.total == 6


def test_words_that_are_no_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        read("nothing")


def test_a_row_of_buttons_names_its_delivery() -> None:
    row = {"type": "actions", "elements": []}
    first, second, text = marked([row, row, {"type": "section"}], 41)
    assert first["block_id"] != second["block_id"]
    assert delivery_in(first["block_id"]) == 41
    assert "block_id" not in text


@pytest.mark.parametrize("other", ["", "home-41-a", "delivery-", "delivery-x-1", "R4nd0m"])
def test_other_ids_name_none(other: str) -> None:
    assert delivery_in(other) is None
    assert delivery_in(mark(7) + "abc") == 7


def test_a_notice_is_read_from_its_key_whoever_is_told() -> None:
    notice = Notice(Trouble.CHANNEL, "C024BE91L", MONDAY)
    assert read_notice(notice.key) == notice
    assert read_notice(f"{notice.key}:12") == notice


def a_line(name: str, *, on: date, step: int = 1, due: date = date(2026, 12, 1)) -> Line:
    return Line(
        prospect_id=1,
        journey_id=1,
        version=2,
        name=name,
        step_number=step,
        step_name="Intake",
        steps=6,
        status=Status.OPEN,
        owner=1,
        next_action=an_action(on),
        stalls_on=date(2026, 12, 1),
        decision_due_on=due,
        waiting_until=None,
        exhausted=False,
        source=None,
    )


def test_overdue_comes_first_then_decisions_due_then_later_steps() -> None:
    friday = date(2026, 2, 27)
    lines = [
        a_line("early step", on=MONDAY),
        a_line("late step", on=MONDAY, step=5),
        a_line("decision", on=MONDAY, due=friday),
        a_line("overdue", on=friday),
        a_line("overdue, late step", on=friday, step=3),
    ]
    ordered = [line.name for line in most_urgent_first(lines, MONDAY)]
    assert ordered == ["overdue, late step", "overdue", "decision", "late step", "early step"]
