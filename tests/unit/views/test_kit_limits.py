"""Whatever is put in, what comes out of the kit passes the strict fake Slack."""

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views import kit
from bot.views.kit import Block, BlockMode, Option
from bot.views.reader import Reader
from bot.views.words import Words
from tests.fake_slack.surfaces import check_message, check_view

# Huge inputs are the point here; hypothesis would rather not print them.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


class Action(StrEnum):
    OPEN = "open"
    PREVIOUS = "previous"
    NEXT = "next"


class Field(StrEnum):
    NAME = "name"
    CHOICE = "choice"
    AMOUNT = "amount"
    BOX = "box"
    DAY = "day"
    WHO = "who"


class Callback(StrEnum):
    ADD = "add"


READERS = st.builds(
    Reader,
    st.builds(Words, st.sampled_from(["nl-NL", "en-US", ""]), st.just("UTC")),
    st.sampled_from(BlockMode),
    st.just(date(2026, 11, 27)),
)
PIECES = [
    "a",
    " ",
    "\n",
    "&",
    "<",
    ">",
    "&amp;",
    "<!channel>",
    "*",
    "`",
    "```",
    "é",
    "e\u0301",
    "👩‍👩‍👧",
    "🇳🇱",
    "👍🏽",
    "你",
    "\u202e",
]
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.builds(
        lambda piece, times: piece * times, st.sampled_from(PIECES), st.sampled_from([0, 1, 76, 3001, 20_000])
    ),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=9), st.integers(1, 2_000)),
)
TEXTS = st.one_of(
    HOSTILE,
    HOSTILE.map(lambda name: kit.md("*{name}* is in `{name}`", name=name)),
    HOSTILE.map(
        lambda label: kit.md("{a} {b}", a=kit.link("https://example.com/?a=1&b=2", label), b=kit.code(label))
    ),
    HOSTILE.map(kit.preformatted),
    st.lists(HOSTILE, max_size=4).map(kit.joined),
)
COUNTS = st.sampled_from([1, 2, 5, 6, 10, 11, 100, 101, 250])


def options(count: int, text: str) -> list[Option]:
    return [Option(text, str(place), text if place % 2 else "") for place in range(count)]


OPTIONS = st.builds(options, COUNTS, HOSTILE)
CONFIRMS = st.none() | st.builds(kit.Confirm, HOSTILE, TEXTS, HOSTILE, HOSTILE)
BUTTONS = st.builds(
    kit.button,
    HOSTILE,
    st.just(Action.OPEN),
    st.text(max_size=100),
    style=st.sampled_from([None, "primary", "danger"]),
    confirm=CONFIRMS,
)
ROW_ELEMENTS = st.one_of(
    BUTTONS,
    st.builds(
        kit.select, st.just(Action.NEXT), OPTIONS, initial=st.sampled_from(["", "1", "9"]), placeholder=HOSTILE
    ),
    st.builds(kit.overflow, st.just(Action.NEXT), OPTIONS),
    st.builds(kit.radio, st.just(Action.NEXT), OPTIONS, initial=st.just("0")),
)
CHECKBOXES = st.builds(kit.checkboxes, st.just(Action.NEXT), OPTIONS, initial=st.just(["0", "1", "7"]))
CELLS = st.one_of(st.text(max_size=12), HOSTILE)
TABLES = st.builds(
    kit.table,
    st.sampled_from(BlockMode),
    st.lists(CELLS, max_size=25),
    st.one_of(
        st.lists(st.lists(CELLS, max_size=25), max_size=4),
        st.builds(lambda cell, rows: [[cell, "1"]] * rows, CELLS, COUNTS),
    ),
    align=st.lists(st.sampled_from(["left", "right"]), max_size=25),
)
BLOCKS = st.one_of(
    st.builds(kit.header, HOSTILE),
    st.builds(kit.divider),
    st.builds(kit.section, TEXTS, fields=st.lists(TEXTS, max_size=12), accessory=st.none() | ROW_ELEMENTS),
    st.lists(TEXTS, max_size=14).map(lambda texts: kit.context(*texts)),
    ROW_ELEMENTS.map(kit.actions),
    st.builds(kit.image, st.just("https://example.com/a.png"), HOSTILE, title=HOSTILE),
    TABLES,
)
MANY_BLOCKS = st.one_of(
    st.lists(BLOCKS, max_size=6),
    st.builds(lambda blocks, times: blocks * times, st.lists(BLOCKS, max_size=4), st.sampled_from([1, 13, 60])),
)
quick = settings(max_examples=60, deadline=None)


def check(message: kit.Message) -> None:
    check_message(message.payload())
    assert message.text.strip()


@quick
@given(TEXTS.filter(lambda text: bool(str(text).strip())), MANY_BLOCKS)
def test_every_message_passes(text: kit.Text, blocks: list[Block]) -> None:
    check(kit.message(text, *blocks))


@quick
@given(MANY_BLOCKS.filter(bool))
def test_every_home_passes(blocks: list[Block]) -> None:
    check_view(kit.home(*blocks).payload(), "home")


@quick
@given(TEXTS)
def test_a_long_text_parts_into_sections_that_pass(text: kit.Text) -> None:
    check(kit.message("script", *kit.sections(text)))
    for block in kit.sections(text):
        check(kit.message("script", block))


@quick
@given(
    mode=st.sampled_from(BlockMode),
    text=HOSTILE,
    choices=OPTIONS,
    boxes=CHECKBOXES,
    blocks=MANY_BLOCKS,
    close=st.none() | HOSTILE,
)
def test_every_dialog_passes(
    *,
    mode: BlockMode,
    text: str,
    choices: list[Option],
    boxes: kit.Element,
    blocks: list[Block],
    close: str | None,
) -> None:
    fields = [
        kit.input_block(
            text, kit.text_input(Action.OPEN, initial=text, placeholder=text), block=Field.NAME, hint=text
        ),
        kit.input_block(text, kit.select(Action.OPEN, choices, initial="1"), block=Field.CHOICE, optional=True),
        kit.input_block(text, kit.number(mode, Action.OPEN, initial=Decimal("1E+3"), least=0), block=Field.AMOUNT),
        kit.input_block(text, boxes, block=Field.BOX, dispatch=True),
        kit.input_block(text, kit.date_picker(Action.OPEN, initial=date(2026, 3, 1)), block=Field.DAY),
        kit.input_block(text, kit.users_select(mode, Action.OPEN, choices, initial="1"), block=Field.WHO),
    ]
    dialog = kit.modal(Callback.ADD, text, *blocks, *fields, submit=text, close=close)
    check_view(dialog.payload(), "modal")
    kept = [block["block_id"] for block in dialog.blocks if block["type"] == "input"]
    assert kept == list(Field), "a field of a dialog is never left out"


@quick
@given(READERS, COUNTS, TEXTS, st.integers(-5, 300))
def test_every_page_passes_and_no_item_is_lost(reader: Reader, count: int, text: kit.Text, start: int) -> None:
    seen: set[int] = set()

    def drawn(item: int) -> list[Block]:
        seen.add(item)
        return [kit.section(text), kit.actions(kit.button("Log", Action.OPEN, str(item)))]

    def page(place: int) -> kit.Message:
        return kit.message(
            "list",
            *kit.paged(
                reader,
                range(count),
                drawn,
                previous=Action.PREVIOUS,
                following=Action.NEXT,
                start=place,
                per_page=20,
            ),
        )

    check(page(start))
    seen.clear()
    place: int | None = 0
    while place is not None:
        message = page(place)
        check(message)
        assert "… +" not in json.dumps(message.blocks, ensure_ascii=False), "a page fits"
        place = next_place(message)
    assert seen == set(range(count))


def next_place(message: kit.Message) -> int | None:
    """The place that the button to the next page carries."""
    buttons = [element for block in message.blocks if block["type"] == "actions" for element in block["elements"]]
    return next((int(button["value"]) for button in buttons if button["action_id"] == Action.NEXT), None)


@quick
@given(READERS, COUNTS, TEXTS)
def test_the_first_few_pass_and_the_rest_is_counted(reader: Reader, count: int, text: kit.Text) -> None:
    blocks = kit.first_few(reader, range(count), lambda _: [kit.section(text)], more=Action.OPEN)
    check(kit.message("list", *blocks))
    hidden = count - sum(block["type"] == "section" for block in blocks)
    assert (blocks[-1]["type"] == "actions") == bool(hidden)
    if hidden:
        assert str(hidden) in blocks[-1]["elements"][0]["text"]["text"]
