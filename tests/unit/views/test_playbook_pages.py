"""Pages of playbooks: complete, and within Slack's limits."""

from __future__ import annotations

from datetime import date

import pytest

from bot.views import playbook_history, playbook_pages
from bot.views.limits import BlockMode
from bot.views.message import Message
from bot.views.playbook_pages import PlaybookPage
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.fault_codes import FaultCode
from playbooks.faults import Fault
from playbooks.library import shipped, shipped_text
from playbooks.loader import read_playbook
from playbooks.model import Playbook
from playbooks.pipeline import PlaybookVersion, PublishedPlaybook
from tests.builders import MONDAY, a_playbook, noon
from tests.fake_slack.answers import texts_of
from tests.fake_slack.surfaces import check_message, check_view

READERS = [
    Reader(Words(locale, "UTC"), mode, date(2026, 3, 2)) for locale in ("en-GB", "nl-NL") for mode in BlockMode
]
READER = READERS[0]
PUBLISHED = PublishedPlaybook(1, "services", "Services", 2)
FAULTS = [Fault("b.yaml", line, FaultCode.NO_EVIDENCE, f"step{line}") for line in range(1, 61)]


def text_of(message: Message) -> str:
    return "\n".join(texts_of(list(message.blocks)))


def shipped_playbook(name: str) -> Playbook:
    playbook = read_playbook(shipped_text(name), name).playbook
    assert playbook is not None
    return playbook


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", shipped())
def test_slack_takes_every_step_of_a_shipped_playbook(name: str, reader: Reader) -> None:
    playbook = shipped_playbook(name)
    for number in range(1, playbook.last + 1):
        check_message(playbook_pages.shown(PUBLISHED, playbook, number, "Anna", reader).payload())


@pytest.mark.parametrize("reader", READERS)
def test_slack_takes_lists_of_any_length(reader: Reader) -> None:
    version = PlaybookVersion(PUBLISHED, noon(MONDAY), None)
    for message in (
        playbook_pages.listed([(PUBLISHED, a_playbook(steps=20))] * 40, reader),
        playbook_history.history(PlaybookPage(playbook=1), [version] * 200, {}, reader),
        playbook_pages.checked(PUBLISHED, a_playbook(), FAULTS, reader),
        playbook_pages.checked_text(None, FAULTS * 10, reader),
    ):
        check_message(message.payload())
    check_view(playbook_pages.text_dialog(reader).payload(), "modal")


def test_a_page_beyond_the_last_step_shows_the_last() -> None:
    said = text_of(playbook_pages.shown(PUBLISHED, a_playbook(steps=2), 9, "Anna", READER))
    assert "step 2 of 2" in said
    assert "Next" not in said


def test_the_script_of_what_a_step_sells_is_filled_in_or_marked() -> None:
    playbook = a_playbook()
    sells = playbook.step(1).sells.model_copy(update={"words": "A talk with {{ person.first_name }}"})
    step = playbook.step(1).model_copy(update={"sells": sells})
    playbook = playbook.model_copy(update={"steps": (step, *playbook.steps[1:])})
    assert "A talk with [first name]" in text_of(playbook_pages.shown(PUBLISHED, playbook, 1, "Anna", READER))


def test_faults_that_do_not_fit_are_counted() -> None:
    said = text_of(playbook_pages.checked(PUBLISHED, a_playbook(), FAULTS, READER))
    assert "Services version 2: 60 things to fix" in said
    assert "*Line 40:*" in said
    assert "20 more after these" in said


def test_a_version_from_a_file_has_no_author() -> None:
    by_file = PlaybookVersion(PUBLISHED, noon(MONDAY), None)
    by_anna = PlaybookVersion(PUBLISHED, noon(MONDAY), 7)
    said = text_of(playbook_history.history(PlaybookPage(playbook=1), [by_file, by_anna], {7: "Anna"}, READER))
    assert "from a file" in said
    assert "by Anna" in said
