"""The timeline: how a prospect stands, and all that ever happened to it."""

from __future__ import annotations

from tests.acceptance.conftest import Bot
from tests.acceptance.reading import words_of
from tests.fake_slack import Person


def test_the_timeline_tells_who_did_what_and_when_newest_first(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV source:fair person:Ann")
    bot.clock.forward(hours=1)
    anna.types('/prospect log Acme talked min:15 note:"They want a demo"')
    answer = anna.types("/prospect show Acme")
    text = answer.text
    assert "anna" in text
    assert "10:00" in text
    assert text.index("They want a demo") < text.index("Started in step 1 of 7")
    assert "source: fair" in text
    assert "Ann (decides)" in text
    assert "Spent since the last progress: 1 contact, 15 min." in text
    assert "Evidence: 0 of" in text
    assert "decision due on" in text


def test_what_was_taken_back_stays_visible(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect log Acme talked")
    anna.types("/prospect undo Acme")
    text = anna.types("/prospect show Acme").text
    assert "~*Talked" in text
    assert "taken back by anna" in text
    assert "Nothing spent since the last progress." in text


def test_a_long_timeline_is_paged_visibly(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    for number in range(12):
        anna.types(f"/prospect log Acme talked note:touch-{number}")
    first = anna.types("/prospect show Acme")
    assert "touch-11" in first.text
    assert "Started in step 1" not in first.text
    second = anna.clicks("Next ›", on=first)
    assert "Started in step 1" in second.text
    assert "touch-11" not in second.text


def test_a_closed_prospect_can_be_started_again_from_its_timeline(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    anna.types("/prospect lost Acme price")
    shown = anna.types("/prospect show Acme")
    assert "Closed: lost" in shown.text
    dialog = anna.clicks("Start again", on=shown)
    answer = anna.submits(dialog, {})
    assert "Acme BV* starts in step 1" in words_of(answer.view)
    both = anna.types("/prospect Acme").text
    assert both.count("Journey since") == 2


def test_the_timeline_of_a_name_alone_is_shown(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    assert "Started in step 1" in anna.types("/prospect Acme").text


def test_a_timeline_reads_in_the_readers_zone(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    far = bot.person("kim", locale="en-US", zone="America/New_York")
    assert "3:00" in far.types("/prospect show Acme").text
