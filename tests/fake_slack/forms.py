"""The values in fields: what a field starts with, what it holds when filled in, as Slack reports it in `state`."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.fake_slack.blocks import elements_of

Values = dict[str, dict[str, dict[str, Any]]]
"""block_id -> action_id -> what the field holds."""

# Element type -> the field of `state` that holds its value, and the element's field with the initial one.
HELD_IN: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
MANY = frozenset(kind for kind, (held, _) in HELD_IN.items() if held.endswith("s"))


def with_ids(blocks: list[dict[str, Any]], new_id: Callable[[str], str]) -> list[dict[str, Any]]:
    """The same blocks, each block and element with the id that Slack gives those without one."""
    blocks = deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", new_id("b"))
        for element in elements_of(block):
            element.setdefault("action_id", new_id("a"))
    return blocks


def carried_over(before: Values, blocks: list[dict[str, Any]]) -> Values:
    """The state of a view that is drawn or drawn again: what was filled in, else what the field starts with."""
    values: Values = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] not in HELD_IN:
                continue
            old = before.get(block["block_id"], {}).get(element["action_id"])
            kept = old if old and old["type"] == element["type"] else _initial(element)
            values.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return values


def _initial(element: dict[str, Any]) -> dict[str, Any]:
    held, initial = HELD_IN[element["type"]]
    empty: list[Any] | None = [] if element["type"] in MANY else None
    return {"type": element["type"], held: element.get(initial, empty)}
