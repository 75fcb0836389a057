"""A script sheet is right and fits in Slack, however long its words are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.usecases.read_script import Answered, ScriptSheet, Spoken
from bot.views import filling_in, script_sheet
from bot.views.limits import OPTION_VALUE, BlockMode
from bot.views.message import Message
from bot.views.reader import Reader
from bot.views.scripts import Part, ScriptChoice, spoken_blocks
from bot.views.words import Words
from playbooks.model import Ask, Channel, Moment, Objection, Script
from playbooks.ports import Tracked
from playbooks.prospect import Person, Prospect
from playbooks.scripts import Missing, Rendered
from tests.builders import MONDAY, a_playbook, started
from tests.fake_slack.answers import texts_of
from tests.fake_slack.surfaces import check_message, check_view

LONG = "Wij & <jullie> 😀 " * 170
READERS = [
    Reader(Words(locale, "UTC"), mode, date(2026, 3, 2)) for locale in ("en-GB", "nl-NL") for mode in BlockMode
]
NOBODY = Missing("person.name", "name")
PHONE = Missing("person.phone", "phone number", "Eva")


def a_sheet(
    *missing: Missing, prospect: Prospect | None = None, words: str = "Hello", **changes: Any
) -> ScriptSheet:
    ask = Ask(step="step2", words="Shall we?")
    moments = tuple(
        Moment(
            key=f"moment{number}",
            name=f"Moment {number}",
            channel=Channel.PHONE,
            after=1,
            minutes=10,
            scripts=tuple(Script(variant=letter, opening="Hello", ask=ask) for letter in "AB"),
        )
        for number in range(20)
    )
    playbook = a_playbook(moments=moments, objections=(Objection(says="No", answer="Yes"),))
    spoken = Spoken(Rendered(words, missing), (Rendered(words),) * 3, Rendered(words))
    known = prospect or Prospect(1, 1, "Acme")
    usual: dict[str, Any] = {
        "playbook_id": 1,
        "playbook": playbook,
        "step_number": 1,
        "tracked": Tracked(1, known, 1, started(playbook, 1, on=MONDAY)),
        "sells": Rendered("A talk"),
        "moment": moments[0],
        "variant": moments[0].scripts[0],
        "spoken": spoken,
        "objections": (Answered(Rendered("No time"), Rendered("Ten minutes")),),
        "decision": spoken,
    }
    return ScriptSheet(**usual | changes)


def text_of(message: Message) -> str:
    return "\n".join(texts_of(list(message.blocks)))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("part", Part)
def test_the_longest_words_fit_in_a_message(reader: Reader, part: Part) -> None:
    objections = (Answered(Rendered(LONG), Rendered(LONG)),) * 20
    sheet = a_sheet(NOBODY, words=LONG[:3000], prospect=Prospect(1, 1, LONG[:200]), objections=objections)
    check_message(script_sheet.sheet(sheet, part, reader).payload())


@pytest.mark.parametrize("reader", READERS)
def test_the_ask_is_never_cut_off_by_what_comes_before_it(reader: Reader) -> None:
    sheet = a_sheet(words="Words " * 300, objections=())
    said = text_of(script_sheet.sheet(sheet, Part.TALK, reader))
    assert ("The one ask" in said) or (reader.words.language == "nl")


def test_few_words_of_objections_stand_under_the_script_and_many_behind_a_button() -> None:
    short = text_of(script_sheet.sheet(a_sheet(), Part.TALK, READERS[0]))
    assert "“No time”" in short
    assert "Objections (" not in short
    many = (Answered(Rendered("No time"), Rendered("Ten minutes " * 50)),) * 3
    long = text_of(script_sheet.sheet(a_sheet(objections=many), Part.TALK, READERS[0]))
    assert "Objections (3)" in long
    assert "No time" not in long


def test_objections_are_paged_and_none_is_left_out() -> None:
    many = tuple(Answered(Rendered(f"Objection {n}."), Rendered("Answer " * 30)) for n in range(12))
    said = "".join(
        text_of(script_sheet.sheet(a_sheet(objections=many), Part.OBJECTIONS, READERS[0], start=start))
        for start in (0, 5, 10)
    )
    assert all(f"Objection {n}." in said for n in range(12))


def test_a_script_without_a_prospect_offers_nothing_to_fill_in() -> None:
    blocks = spoken_blocks(a_sheet(NOBODY, tracked=None), READERS[0])
    assert "fill_in" not in str(blocks)


def test_a_script_that_lacks_nothing_offers_nothing_to_fill_in() -> None:
    assert "fill_in" not in str(spoken_blocks(a_sheet(), READERS[0]))


def test_what_a_rep_cannot_fill_in_is_not_asked_for() -> None:
    mine = Missing("me.name", "your name")
    assert "fill_in" not in str(spoken_blocks(a_sheet(mine), READERS[0]))


def test_a_phone_number_is_asked_for_by_the_name_of_whose_it_is() -> None:
    sheet = a_sheet(PHONE, prospect=Prospect(1, 1, "Acme", people=(Person("Eva"),)))
    assert "phone number of Eva" in str(spoken_blocks(sheet, READERS[0]))


@pytest.mark.parametrize(
    ("missing", "fields"),
    [
        ((NOBODY,), ["person"]),
        ((PHONE,), ["phone"]),
        ((PHONE, Missing("person.email", "e-mail address", "Jan")), ["phone"]),
        ((PHONE, Missing("prospect.value", "value")), ["phone", "value"]),
        ((Missing("person.phone", "phone number"),), ["person", "phone"]),
        ((Missing("prospect.source", "source"),), ["source"]),
    ],
)
def test_the_dialog_has_exactly_the_fields_that_are_missing(
    missing: tuple[Missing, ...], fields: list[str]
) -> None:
    for reader in READERS:
        dialog = filling_in.dialog(a_sheet(*missing), ScriptChoice(journey=1), reader)
        assert dialog is not None
        check_view(dialog.payload(), "modal")
        assert [block["block_id"] for block in dialog.blocks if block["type"] == "input"] == fields


def test_nothing_missing_needs_no_dialog() -> None:
    assert filling_in.dialog(a_sheet(), ScriptChoice(journey=1), READERS[0]) is None


def test_a_choice_fits_in_the_option_of_a_menu() -> None:
    longest = ScriptChoice(journey=10**12, moment="m" * 40, variant="Z", part=Part.OBJECTIONS, start=20)
    of_step = ScriptChoice(playbook=10**12, step=20, moment="m" * 40, variant="Z")
    assert max(len(longest.value), len(of_step.value)) <= OPTION_VALUE
    assert ScriptChoice.model_validate_json(longest.value) == longest
