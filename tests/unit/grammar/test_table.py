"""Every row of the table is read as it says, and any other text is read at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.commands import LogContact, ShowProspect
from bot.grammar.naming import ProspectReading
from bot.grammar.prospect import VERBS, read_prospect
from bot.grammar.readings import Clear, Mistake, Unclear, Wrong
from tests.unit.grammar import table
from tests.unit.grammar.world import ACME, ACME_MET, EVERYONE, SOLAR_ZUID, ZURICH, Prospects, a_context

ROWS = [*table.ALONE, *table.NAMES, *table.LOG, *table.ADD, *table.DATED, *table.CLOSING, *table.TEAM]


@pytest.mark.parametrize(("text", "reading"), ROWS, ids=[text[:60] for text, _ in ROWS])
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_a_command_is_read_as_the_table_says(text: str, reading: ProspectReading, locale: str) -> None:
    assert read_prospect(text, a_context(locale=locale)) == reading


@pytest.mark.parametrize(("text", "reading"), table.HOSTILE, ids=[text[:30] for text, _ in table.HOSTILE])
def test_a_hostile_text_is_one_clear_mistake(text: str, reading: Wrong) -> None:
    read = read_prospect(text, a_context())
    assert isinstance(read, Wrong)
    # Which names come closest to rubbish is no rule.
    assert replace(read, prospects=(), expected=read.expected[:1]) == reading


def test_the_table_is_long_enough_to_be_believed() -> None:
    assert len(ROWS) + len(table.HOSTILE) >= 120


PIECES = st.sampled_from(
    [
        *(alias for aliases in VERBS.values() for alias in aliases),
        *(prospect.name for prospect in EVERYONE),
        *("talked", "met", "friday", "1 march", "next:", "min:20", "note:", '"', "„", "<@U1|ann>", "@", ":"),
        *("&lt;", "&amp;", "<", ">", "|", "price", "other:", "step3", "31 februari", "rep:", "\n", "value:5k"),
    ]
)


@given(st.text(max_size=200) | st.lists(PIECES, max_size=8).map(" ".join), st.sampled_from(["nl-NL", "en-US"]))
def test_any_text_gives_a_reading(text: str, locale: str) -> None:
    assert isinstance(read_prospect(text, a_context(locale=locale)), Clear | Unclear | Wrong)


def test_a_known_name_is_found_without_asking_for_every_prospect() -> None:
    for text in ("log Acme talked next:friday", "log cafe zürich talked", "show Solar", "show caf"):
        prospects = Prospects()
        read_prospect(text, a_context(prospects=prospects))
        assert prospects.asked_for_all == 0, text


@pytest.mark.parametrize(
    ("text", "chosen", "reading"),
    [
        ("log Solar talked next:friday", SOLAR_ZUID, "talked"),
        ("log acme met", ACME, "met"),
        ("log Xylofoon Utrecht talked", ACME_MET, "talked"),
    ],
)
def test_a_prospect_chosen_from_the_menu_completes_the_same_text(text: str, chosen: object, reading: str) -> None:
    first = read_prospect(text, a_context())
    choices = first.draft.prospects if isinstance(first, Unclear) else first.prospects
    assert choices
    picked = chosen if chosen in choices else choices[0]
    again = read_prospect(text, a_context(chosen=picked.id))
    assert isinstance(again, Clear)
    assert isinstance(again.command, LogContact)
    assert (again.command.prospect, again.command.outcome) == (picked, reading)


def test_with_no_prospects_at_all_a_name_is_just_unknown() -> None:
    nobody = a_context(prospects=Prospects(()))
    assert read_prospect("show Acme", nobody) == Wrong(Mistake.UNKNOWN_PROSPECT, "Acme")


def test_an_american_reads_figures_month_first() -> None:
    reading = read_prospect("next Acme 4/5", a_context(locale="en-US"))
    assert isinstance(reading, Clear)
    assert reading.command.next.day.isoformat() == "2026-04-05"


def test_a_name_with_accents_is_said_without_them() -> None:
    assert read_prospect("cafe zurich", a_context()) == Clear(ShowProspect(ZURICH))
