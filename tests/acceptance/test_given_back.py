"""A typed command that is refused is given back: Slack empties the line it was typed on."""

from __future__ import annotations

import pytest

from tests.acceptance.screens import said
from tests.fake_slack import Person


@pytest.mark.parametrize(
    "command",
    [
        "log Acme talked next:yesterday they loved it",
        "log Acme talked min:soon they loved it",
        "next Acme 31 february call the director",
        "lost Nobody price they went with B & C",
        "add Beta playbook:none note:from the fair",
        "advance Acme step5",
        f"log Acme talked {'a long story, ' * 180}",
    ],
)
def test_what_was_typed_is_shown_with_the_refusal(anna: Person, command: str) -> None:
    anna.types("/prospect add Acme BV")
    answer = anna.types(f"/prospect {command}".replace("&", "&amp;"))
    shown = "".join(block["text"]["text"] for block in answer.blocks if block["type"] == "section")
    assert f"`/prospect {command.strip()}`".replace("&", "&amp;") in shown.replace("\n", "")


def test_the_lines_of_a_note_are_given_back_as_lines(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    assert "one\ntwo" in said(anna.types("/prospect log Acme talked next:yesterday one\ntwo"))
