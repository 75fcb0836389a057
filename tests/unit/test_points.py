"""What a message says of itself, and how it is found again."""

from __future__ import annotations

import pytest

from bot.usecases.notices import Notice, Trouble, read_notice
from bot.usecases.points import Part, Point, in_words, read
from bot.views.marks import delivery_in, mark, marked
from playbooks.deliveries import Kind
from tests.builders import MONDAY


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
