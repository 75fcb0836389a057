"""What a screen tells a member to type, in their language, the grammar reads."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.grammar.arguments import ALIASES, Key
from bot.grammar.commands import Verb
from bot.grammar.numbers import read_forecast, read_funnel, read_plan
from bot.grammar.other_commands import read_nextstep, read_playbook
from bot.grammar.prospect import VERBS, read_prospect
from bot.grammar.readings import Clear, Mistake, Wrong
from bot.views import help_texts, mistakes
from bot.views.limits import BlockMode
from bot.views.message import Message
from bot.views.reader import Reader
from bot.views.typed_words import typed
from bot.views.words import Words
from tests.unit.grammar.world import a_context

READERS = [Reader(Words(locale), BlockMode.FULL, date(2026, 3, 6)) for locale in ("en-GB", "nl-NL")]
READERS_BY_NAME = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.words.language)


def examples(message: Message) -> list[str]:
    """What stands in code on a screen."""
    said = "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")
    return re.findall(r"`([^`]+)`", said)


@READERS_BY_NAME
@pytest.mark.parametrize("verb", list(VERBS))
def test_a_subcommand_is_a_word_that_the_grammar_reads(verb: Verb, reader: Reader) -> None:
    assert typed(verb.value, reader) in VERBS[verb]


@READERS_BY_NAME
@pytest.mark.parametrize("key", list(Key))
def test_a_key_is_a_word_that_the_grammar_reads(key: Key, reader: Reader) -> None:
    assert ALIASES[typed(f"{key.value}:", reader).removesuffix(":")] is key


@READERS_BY_NAME
def test_every_example_of_prospect_help_can_be_typed_as_it_stands(reader: Reader) -> None:
    typed_lines = examples(help_texts.prospect(reader))
    assert len(typed_lines) == 12
    for line in typed_lines:
        assert isinstance(read_prospect(line, a_context(locale=reader.words.locale)), Clear), line


@READERS_BY_NAME
def test_every_example_of_playbook_help_can_be_typed_as_it_stands(reader: Reader) -> None:
    commands = [read_playbook(line) for line in examples(help_texts.playbook(reader))]
    assert len({type(reading.command) for reading in commands if isinstance(reading, Clear)}) == len(commands)


@READERS_BY_NAME
def test_every_example_of_nextstep_help_can_be_typed_as_it_stands(reader: Reader) -> None:
    lines = [line.partition(" ") for line in examples(help_texts.nextstep(reader, admin=True))]
    for rest in (rest for command, _, rest in lines if command == "/nextstep"):
        assert isinstance(read_nextstep(rest), Clear), rest


@READERS_BY_NAME
def test_every_example_of_the_numbers_help_can_be_typed_as_it_stands(reader: Reader) -> None:
    pages = {help_texts.funnel: read_funnel, help_texts.plan: read_plan, help_texts.forecast: read_forecast}
    for page, read in pages.items():
        lines = examples(page(reader))
        assert lines
        for line in lines:
            assert isinstance(read(line), Clear), line


@READERS_BY_NAME
@pytest.mark.parametrize(
    "mistake", [Mistake.UNREAD, Mistake.WEEKS, Mistake.WINS, Mistake.PERIOD, Mistake.CERTAINTY]
)
def test_what_a_mistake_about_the_numbers_proposes_is_read(mistake: Mistake, reader: Reader) -> None:
    expected = (
        ("week", "month", "quarter", "year") if mistake is Mistake.PERIOD else ("10 per week", "40 per month")
    )
    for line in examples(mistakes.wrong(Wrong(mistake, "x", expected), "", reader)):
        typed_line = f"10 per {line}" if mistake is Mistake.PERIOD else line
        read = read_funnel if mistake is Mistake.WEEKS else read_plan
        assert isinstance(read(typed_line), Clear), typed_line


def test_a_mistake_names_the_words_of_its_reader() -> None:
    dutch = READERS[1]
    unknown = mistakes.wrong(Wrong(Mistake.UNKNOWN_KEY, "brno", ("source", "step")), "", dutch)
    empty = mistakes.wrong(Wrong(Mistake.KEY_EMPTY, "source"), "", dutch)
    assert examples(unknown) == ["brno:", "bron:", "stap:"]
    assert examples(empty) == ["bron:", "bron:beurs"]
