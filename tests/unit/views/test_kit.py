"""What the kit promises: names never break a text, and what is left out shows."""

from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.views import kit
from bot.views.kit import BlockMode, Option
from bot.views.limits import length, mrkdwn, plain


class Action(StrEnum):
    OPEN = "open"
    LOG = "log"


class Field(StrEnum):
    NAME = "name"


class Callback(StrEnum):
    ADD = "add"


class Carried(BaseModel):
    text: str


def shown(block: kit.Block) -> str:
    text: str = block["text"]["text"]
    return text


def test_a_name_cannot_ping_or_break_the_markup() -> None:
    assert shown(kit.section("<!channel> & Co")) == "&lt;!channel&gt; &amp; Co"
    text = kit.md("*{name}* is now in {step}", name="<!channel> & Co", step=2)
    assert shown(kit.section(text)) == "*&lt;!channel&gt; &amp; Co* is now in 2"
    assert kit.message(text).text == "*&lt;!channel&gt; &amp; Co* is now in 2"


def test_slack_is_told_not_to_find_mentions_by_itself() -> None:
    assert kit.section("@channel")["text"]["verbatim"] is True


def test_braces_in_a_name_stay_braces() -> None:
    assert str(kit.md("*{name}*", name="{step} {0}")) == "*{step} {0}*"


def test_safe_parts_are_not_escaped_twice() -> None:
    inner = kit.md("*{name}*", name="A & B")
    assert str(kit.md("{who}: {inner}", who=kit.mention("U1"), inner=inner)) == "<@U1>: *A &amp; B*"
    assert str(kit.joined([inner, "<b>"], " & ")) == "*A &amp; B* &amp; &lt;b&gt;"


def test_a_label_cannot_leave_its_link() -> None:
    assert str(kit.link("https://example.com/?a=1&b=2", "a|b>c")) == "<https://example.com/?a=1&amp;b=2|a¦b&gt;c>"
    assert str(kit.link("https://example.com/|x> <!here>", "Acme")) == "Acme"


def test_code_cannot_be_left_by_a_backtick() -> None:
    assert str(kit.code("/prospect `a`\nb")) == "`/prospect ˋaˋ b`"
    assert str(kit.preformatted("a ``` b")).count("```") == 2


def test_plain_texts_are_left_as_they_are() -> None:
    assert shown(kit.header("A & B")) == "A & B"


@pytest.mark.parametrize("sign", ["👩‍👩‍👧", "👍🏽", "🇳🇱", "e\u0301", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
@pytest.mark.parametrize("limit", range(30, 42))
def test_shortening_never_halves_a_character(sign: str, limit: int) -> None:
    short = plain(sign * 40, limit)
    assert short.endswith("…")
    assert short.removesuffix("…").replace(sign, "") == ""


@given(st.lists(st.sampled_from(["a", "&", "<", "```", "<!here>"]), min_size=30, max_size=60), st.integers(15, 40))
def test_shortening_never_halves_an_entity_or_a_link(pieces: list[str], limit: int) -> None:
    text = kit.joined([kit.link("https://x.nl", piece) if piece == "a" else piece for piece in pieces], "")
    short = mrkdwn(text, limit)
    assert length(short) <= limit
    assert "…" in short
    assert short.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").count("&") == 0
    assert short.count("<") == short.count(">")


def test_shortening_closes_an_open_fence() -> None:
    assert mrkdwn(kit.preformatted("x" * 100), 50).endswith("…\n```")


def test_a_long_text_is_parted_between_lines_and_loses_nothing() -> None:
    lines = [f"line {number} & more" for number in range(900)]
    blocks = kit.sections("\n".join(lines))
    assert len(blocks) > 1
    assert "\n".join(map(shown, blocks)).replace("&amp;", "&").split("\n") == lines


def test_too_many_blocks_are_counted_and_the_buttons_stay() -> None:
    blocks = [kit.section(f"{number}") for number in range(60)]
    message = kit.message("list", *blocks, kit.actions(kit.button("Log", Action.LOG)))
    assert len(message.blocks) == 50
    assert message.blocks[-2]["elements"][0]["text"] == "… +12"
    assert message.blocks[-1]["type"] == "actions"


def test_an_option_goes_on_in_its_description() -> None:
    text = "The prospect has said who decides, when they decide, and what the decision will be measured by"
    option = kit.checkboxes(Action.OPEN, [Option(text, "1")])["options"][0]
    assert option["text"]["text"].endswith("…")
    assert option["text"]["text"].strip("…") + " " + option["description"]["text"].strip("…") == text


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        (kit.radio(Action.OPEN, [Option(str(n), str(n)) for n in range(11)]), "static_select"),
        (kit.checkboxes(Action.OPEN, [Option(str(n), str(n)) for n in range(11)]), "multi_static_select"),
        (kit.overflow(Action.OPEN, [Option(str(n), str(n)) for n in range(6)]), "static_select"),
    ],
)
def test_a_list_too_long_becomes_a_larger_menu(element: kit.Element, kind: str) -> None:
    assert element["type"] == kind
    assert len(element["options"]) in {6, 11}


def test_a_menu_over_a_hundred_choices_gets_groups() -> None:
    menu = kit.select(Action.OPEN, [Option(str(n), str(n)) for n in range(250)])
    assert [len(group["options"]) for group in menu["option_groups"]] == [100, 100, 50]
    assert menu["option_groups"][2]["label"]["text"] == "201–250"


def test_core_mode_draws_a_table_as_text() -> None:
    table = kit.table(BlockMode.CORE, ["Step", "n"], [["日本", "1"], ["Acme", "22"]], align=["left", "right"])
    assert shown(table) == "```\nStep   n\n日本   1\nAcme  22\n```"


def test_a_second_table_in_a_message_is_drawn_as_text() -> None:
    table = kit.table(BlockMode.FULL, ["Step"], [["Acme"]])
    assert [block["type"] for block in kit.message("x", table, table).blocks] == ["table", "section"]
    assert kit.home(table).blocks[0]["type"] == "section"


def test_a_table_counts_the_rows_it_leaves_out() -> None:
    rows = [[str(number)] for number in range(150)]
    table = kit.table(BlockMode.FULL, ["n"], rows)
    assert len(table["rows"]) == 100
    assert table["rows"][-1][0]["text"] == "… +52"


def test_core_mode_uses_fields_that_any_client_draws() -> None:
    members = [Option("Jan", "U1")]
    assert kit.number(BlockMode.CORE, Action.OPEN, initial=5)["initial_value"] == "5"
    assert kit.users_select(BlockMode.CORE, Action.OPEN, members, initial="U1")["type"] == "static_select"
    assert kit.users_select(BlockMode.FULL, Action.OPEN, members, initial="U1")["initial_user"] == "U1"


def test_what_a_button_carries_is_never_cut() -> None:
    assert kit.button("x", Action.OPEN, Carried(text="a"))["value"] == '{"text":"a"}'
    with pytest.raises(ValueError, match="does not fit in 2000"):
        kit.button("x", Action.OPEN, Carried(text="a" * 2000))
    with pytest.raises(ValueError, match="does not fit in 3000"):
        kit.modal(Callback.ADD, "x", kit.divider(), metadata=Carried(text="a" * 3000))


def test_a_dialog_carries_its_metadata() -> None:
    dialog = kit.modal(Callback.ADD, "Add", kit.divider(), metadata=Carried(text="é")).payload()
    assert Carried.model_validate_json(dialog["private_metadata"]) == Carried(text="é")
    assert dialog["callback_id"] == "add"


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_message_without_a_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="needs a text"):
        kit.message(text, kit.divider())


def test_mistakes_of_the_program_are_refused() -> None:
    field = kit.input_block("Name", kit.text_input(Action.OPEN, focus=True), block=Field.NAME)
    button = kit.button("x", Action.OPEN)
    with pytest.raises(ValueError, match="needs a submit button"):
        kit.modal(Callback.ADD, "Add", field)
    with pytest.raises(ValueError, match="take the focus"):
        kit.modal(Callback.ADD, "Add", field, field, submit="Add")
    with pytest.raises(ValueError, match="twice in one row"):
        kit.actions(button, button)
    with pytest.raises(ValueError, match="at least one block"):
        kit.home()
    with pytest.raises(ValueError, match="at least one option"):
        kit.select(Action.OPEN, [])
    with pytest.raises(ValueError, match="same value"):
        kit.select(Action.OPEN, [Option("a", "1"), Option("b", "1")])
    with pytest.raises(ValueError, match="several choices"):
        kit.actions(kit.multi_select(Action.OPEN, [Option("a", "1")]))


def test_a_date_picker_starts_at_its_date() -> None:
    assert kit.date_picker(Action.OPEN, initial=date(2026, 3, 1))["initial_date"] == "2026-03-01"
