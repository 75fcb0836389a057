"""Every mistake has its sentence, whatever was typed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.grammar.readings import Mistake, Wrong
from bot.views import mistakes
from bot.views.ids import Action
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.names import KnownProspect
from tests.fake_slack.surfaces import check_message

READER = Reader(words=Words(), blocks=BlockMode.FULL, today=date(2026, 3, 2))
KNOWN = tuple(KnownProspect(number, f"Acme {number}" + "x" * 190, f"acme {number}") for number in range(3))


@pytest.mark.parametrize("mistake", list(Mistake))
@pytest.mark.parametrize("said", ["", "next", "*x* <b> & `c`", "y" * 5_000])
@pytest.mark.parametrize("day", [None, date(2027, 1, 1)])
def test_every_mistake_has_a_sentence_that_slack_takes(mistake: Mistake, said: str, day: date | None) -> None:
    for wrong in (Wrong(mistake, said, day=day), Wrong(mistake, said, ("one", "two", "three"), KNOWN, day)):
        message = mistakes.wrong(wrong, f"/prospect {said}", READER)
        check_message(message.payload())
        assert message.text.rstrip().endswith((".", "?"))


def test_a_choice_belongs_to_the_command_that_was_typed() -> None:
    wrong = Wrong(Mistake.UNKNOWN_PROSPECT, "Acne", prospects=KNOWN)
    message = mistakes.wrong(wrong, "Acne", READER, Action.SCRIPT_PICK)
    actions = [element["action_id"] for block in message.blocks for element in block.get("elements", ())]
    assert actions == [Action.SCRIPT_PICK] * 3 + [Action.ADD]
