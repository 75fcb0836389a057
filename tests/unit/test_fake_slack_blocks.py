"""What the fake Slack does not take, whatever its size."""

from typing import Any

import pytest

from tests.fake_slack import SlackError, check_message, check_options, check_view

PLAIN = {"type": "plain_text", "text": "Acme"}
MRKDWN = {"type": "mrkdwn", "text": "*Acme*"}
DIVIDER = {"type": "divider"}
BUTTON = {"type": "button", "text": PLAIN, "action_id": "log"}
OPTIONS = [{"text": PLAIN, "value": "1"}, {"text": PLAIN, "value": "2"}]
SELECT = {"type": "static_select", "options": OPTIONS}
INPUT = {"type": "input", "label": PLAIN, "element": {"type": "plain_text_input"}}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


REFUSED_BLOCKS: dict[str, tuple[list[Any], str]] = {
    "unknown block": ([{"type": "carousel"}], "unsupported type: carousel"),
    "no type": ([{"text": PLAIN}], "unsupported type: None"),
    "not an object": (["text"], "must provide an object"),
    "null, as slack_sdk makes of a block it does not know": ([None], "must provide an object"),
    "null field": ([{"type": "section", "text": PLAIN, "accessory": None}], "must not be null: accessory"),
    "unknown field": ([{**DIVIDER, "colour": "red"}], "invalid additional property: colour"),
    "missing field": ([{"type": "header"}], "missing required field: text"),
    "empty section": ([{"type": "section"}], "a section needs text or fields"),
    "empty text": ([{"type": "section", "text": {**PLAIN, "text": ""}}], "must be more than 0 characters"),
    "mrkdwn header": ([{"type": "header", "text": MRKDWN}], "must be one of plain_text"),
    "mrkdwn button": ([actions({**BUTTON, "text": MRKDWN})], "must be one of plain_text"),
    "emoji in mrkdwn": (
        [{"type": "section", "text": {**MRKDWN, "emoji": True}}],
        "invalid additional property: emoji",
    ),
    "unknown text type": ([{"type": "section", "text": {"type": "html", "text": "x"}}], "unsupported type: html"),
    "text as string": ([{"type": "section", "text": "Acme"}], "must provide an object"),
    "same block_id twice": (
        [{**DIVIDER, "block_id": "a"}, {**DIVIDER, "block_id": "a"}],
        "block_id must be unique: a",
    ),
    "same action_id twice in a block": ([actions(BUTTON, BUTTON)], "action_id must be unique in its block: log"),
    "no elements": ([actions()], "no fewer than 1 items allowed"),
    "input element in actions": ([actions({"type": "plain_text_input"})], "unsupported type: plain_text_input"),
    "multi select in actions": ([actions({**SELECT, "type": "multi_static_select"})], "unsupported type"),
    "unknown style": ([actions({**BUTTON, "style": "warning"})], "must be one of primary, danger"),
    "no options": ([actions({"type": "static_select"})], "must have exactly one of options, option_groups"),
    "initial option that is none": (
        [actions({**SELECT, "initial_option": {"text": PLAIN, "value": "3"}})],
        "initial option must equal one of the options exactly",
    ),
    "two options with one value": (
        [actions({**SELECT, "options": [OPTIONS[0], OPTIONS[0]]})],
        "options must have different values",
    ),
    "date that is none": (
        [actions({"type": "datepicker", "initial_date": "1 March"})],
        "must look like 2026-03-01",
    ),
    "time that is none": ([actions({"type": "timepicker", "initial_time": "25:00"})], "must look like 08:30"),
    "image without alt text": ([{"type": "image", "image_url": "x"}], "missing required field: alt_text"),
    "image with two sources": (
        [{"type": "image", "alt_text": "x", "image_url": "x", "slack_file": {"id": "F1"}}],
        "must have exactly one of image_url, slack_file",
    ),
    "rich text with an unknown part": (
        [{"type": "rich_text", "elements": [{"type": "rich_text_table", "elements": []}]}],
        "unsupported type: rich_text_table",
    ),
    "chart with a missing point": (
        [
            {
                "type": "data_visualization",
                "title": "x",
                "chart": {
                    "type": "bar",
                    "series": [{"name": "a", "data": [{"label": "w1", "value": 1}]}],
                    "axis_config": {"categories": ["w1", "w2"]},
                },
            }
        ],
        "data must have one point for each category",
    ),
}


@pytest.mark.parametrize(("blocks", "why"), REFUSED_BLOCKS.values(), ids=REFUSED_BLOCKS.keys())
def test_a_message_with_wrong_blocks_is_refused(blocks: list[Any], why: str) -> None:
    with pytest.raises(SlackError) as refused:
        check_message({"text": "x", "blocks": blocks})

    assert refused.value.error == "invalid_blocks"
    assert any(why in message for message in refused.value.messages), refused.value.messages


REFUSED_MESSAGES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "no_text"),
    "blocks without a text beside them": ({"blocks": [DIVIDER]}, "no_text"),
    "blank text": ({"text": "  ", "blocks": [DIVIDER]}, "no_text"),
    "metadata without payload": ({"text": "x", "metadata": {"event_type": "d"}}, "invalid_metadata_format"),
}


@pytest.mark.parametrize(("message", "error"), REFUSED_MESSAGES.values(), ids=REFUSED_MESSAGES.keys())
def test_a_message_without_its_parts_is_refused(message: dict[str, Any], error: str) -> None:
    with pytest.raises(SlackError, match=error):
        check_message(message)


MODAL = {"type": "modal", "title": PLAIN, "submit": PLAIN, "blocks": [INPUT]}


def test_a_sound_modal_passes() -> None:
    check_view(MODAL, "modal")


REFUSED_VIEWS: dict[str, tuple[dict[str, Any], str]] = {
    "no title": ({k: v for k, v in MODAL.items() if k != "title"}, "missing required field: title"),
    "no blocks": ({k: v for k, v in MODAL.items() if k != "blocks"}, "missing required field: blocks"),
    "empty blocks": ({**MODAL, "blocks": []}, "no fewer than 1 items allowed"),
    "an input without submit": (
        {k: v for k, v in MODAL.items() if k != "submit"},
        "missing required field: submit",
    ),
    "mrkdwn title": ({**MODAL, "title": MRKDWN}, "must be one of plain_text"),
    "a null": ({**MODAL, "close": None}, "must not be null: close"),
    "a block for messages": (
        {**MODAL, "blocks": [{"type": "markdown", "text": "x"}]},
        "unsupported type: markdown",
    ),
    "two fields with the focus": (
        {**MODAL, "blocks": [{**INPUT, "element": {**INPUT["element"], "focus_on_load": True}}] * 2},
        "only one element can have focus_on_load",
    ),
    "too long a first value": (
        {
            **MODAL,
            "blocks": [{**INPUT, "element": {**INPUT["element"], "max_length": 3, "initial_value": "long"}}],
        },
        "must be less than 4 characters",
    ),
    "a home": ({"type": "home", "blocks": [DIVIDER]}, "must be one of modal"),
}


@pytest.mark.parametrize(("view", "why"), REFUSED_VIEWS.values(), ids=REFUSED_VIEWS.keys())
def test_a_modal_without_its_parts_is_refused(view: dict[str, Any], why: str) -> None:
    with pytest.raises(SlackError) as refused:
        check_view(view, "modal")

    assert refused.value.error == "invalid_arguments"
    assert any(why in message for message in refused.value.messages), refused.value.messages


def test_a_home_has_no_title() -> None:
    check_view({"type": "home", "blocks": [DIVIDER]}, "home")
    with pytest.raises(SlackError):
        check_view({"type": "home", "blocks": [DIVIDER], "title": PLAIN}, "home")


def test_a_modal_of_more_than_250_kilobytes_is_refused() -> None:
    wide = {"type": "section", "text": {**PLAIN, "text": "é" * 3000}}
    with pytest.raises(SlackError, match="view_too_large"):
        check_view({**MODAL, "blocks": [wide] * 100}, "modal")


def test_options_come_as_options_or_in_groups() -> None:
    check_options({"options": OPTIONS})
    with pytest.raises(SlackError):
        check_options({"options": OPTIONS, "option_groups": []})


SOUND: dict[str, dict[str, Any]] = {
    "header": {"type": "header", "text": PLAIN},
    "fields": {
        "type": "section",
        "fields": [PLAIN, MRKDWN],
        "accessory": {"type": "overflow", "options": OPTIONS},
    },
    "actions": actions(
        BUTTON,
        SELECT,
        {"type": "external_select", "min_query_length": 1},
        {"type": "users_select"},
        {"type": "conversations_select", "filter": {"include": ["im"]}},
        {"type": "channels_select"},
        {"type": "datepicker", "initial_date": "2026-03-01"},
        {"type": "timepicker", "initial_time": "08:30"},
        {"type": "datetimepicker", "initial_date_time": 1_772_000_000},
        {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[1]},
        {"type": "checkboxes", "options": OPTIONS, "initial_options": OPTIONS},
    ),
    "input": INPUT,
    "multi select": {**INPUT, "element": {"type": "multi_users_select", "max_selected_items": 2}},
    "number": {**INPUT, "element": {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}},
    "e-mail": {**INPUT, "element": {"type": "email_text_input"}, "optional": True, "hint": PLAIN},
    "rich text": {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
            }
        ],
    },
}


@pytest.mark.parametrize("block", SOUND.values(), ids=SOUND.keys())
def test_sound_blocks_pass(block: dict[str, Any]) -> None:
    check_message({"text": "x", "blocks": [block]})
    check_view({**MODAL, "blocks": [block]}, "modal")
