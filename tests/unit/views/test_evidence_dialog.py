"""The dialog in which a prospect decided: whatever the length of the evidence, a rep can read all of it."""

from __future__ import annotations

import pytest

from bot.views import advancing
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.model import Evidence
from playbooks.ports import Tracked
from playbooks.prospect import Prospect
from tests.builders import MONDAY, a_playbook, an_action, started
from tests.fake_slack.finding import texts_of

SHORT = Evidence(key="short", text="Named the need")
LONG = Evidence(key="long", text="The prospect told " + "in their own words " * 4 + "why now", required=False)


def said(*evidence: Evidence, blocks: BlockMode, locale: str = "en-GB") -> str:
    journey = started(a_playbook(evidence=evidence), 1)
    tracked = Tracked(id=7, prospect=Prospect(3, 1, "Acme BV"), playbook_id=5, journey=journey)
    reader = Reader(Words(locale), blocks, MONDAY)
    return "\n".join(texts_of(list(advancing.evidence_dialog(tracked, an_action(MONDAY), reader).blocks)))


def test_evidence_longer_than_a_box_is_said_in_full_where_only_the_core_is_drawn() -> None:
    assert f"• Not required: {LONG.text}" in said(SHORT, LONG, blocks=BlockMode.CORE)


def test_evidence_that_fits_its_box_is_said_once() -> None:
    assert said(SHORT, blocks=BlockMode.CORE).count(SHORT.text) == 1


@pytest.mark.parametrize(("locale", "words"), [("en-GB", "Not required: "), ("nl-NL", "Niet verplicht: ")])
def test_evidence_that_is_not_required_says_so_before_it_can_be_cut(locale: str, words: str) -> None:
    assert words in said(SHORT, LONG, blocks=BlockMode.FULL, locale=locale)
