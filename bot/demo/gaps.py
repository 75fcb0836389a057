"""What Slack's own client does before it sends, and the demo's Slack leaves out (docs/demo-slack.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What holds the answer of an element, and what holds the answer it started with.
_ANSWER_KEYS: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
}


def as_slack_sends(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of an envelope in the form that Slack gives it; a payload without a gap as it is."""
    match payload.get("type"):
        case "view_submission":
            return {**payload, "view": _with_untouched_answers(payload["view"])}
        case "block_actions" if not payload["channel"]["id"]:
            return _as_home_action(payload)
        case _:
            return dict(payload)


def unanswered(payload: Mapping[str, Any]) -> dict[str, str]:
    """One sentence per required field left empty, by block id; Slack's client would not have sent it."""
    if payload.get("type") != "view_submission":
        return {}
    view = payload["view"]
    return {
        block["block_id"]: "Please complete this required field."
        for block in _questions(view)
        if not block.get("optional") and not _answer(view, block)
    }


def buttons_out_of_reach(answer: Mapping[str, Any]) -> dict[str, Any] | None:
    """The message to send instead of a dialog, when the answer to a submission is one to read and click.

    Buttons inside a dialog do nothing in this Slack; under a message they work. None for any other
    answer.
    """
    view = answer.get("view") or {}
    if answer.get("response_action") not in {"update", "push"} or view.get("submit"):
        return None
    if not any(block["type"] == "actions" or "accessory" in block for block in view["blocks"]):
        return None
    return {"text": view["title"]["text"], "blocks": view["blocks"]}


def _with_untouched_answers(view: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(view["state"]["values"])
    for block in _questions(view):
        element = block["element"]
        answer_key, initial_key = _ANSWER_KEYS[element["type"]]
        given = values[block["block_id"]][element["action_id"]]
        answer = _final_answer(element, given, answer_key, element.get(initial_key))
        values[block["block_id"]] = {element["action_id"]: {"type": element["type"], answer_key: answer}}
    return {**view, "state": {**view["state"], "values": values}}


def _final_answer(element: Mapping[str, Any], given: Mapping[str, Any], key: str, initial: Any) -> Any:
    if element["type"] == "checkboxes":
        return _ticked(element, [*(given.get(key) or []), *(initial or [])])
    if key in given and given[key] is None:
        return initial
    return given.get(key) or None  # a field cleared by hand is "" or without its key


def _ticked(element: Mapping[str, Any], options: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Initial ticks are not drawn, so nobody can have meant to take one away."""
    values = {option["value"] for option in options}
    return [option for option in element["options"] if option["value"] in values]


def _as_home_action(payload: Mapping[str, Any]) -> dict[str, Any]:
    known = {key: value for key, value in payload.items() if key not in {"channel", "message", "response_url"}}
    home = {"id": "", "type": "home", "callback_id": "", "private_metadata": "", "blocks": []}
    return {**known, "container": {"type": "view", "view_id": ""}, "view": {**home, "state": {"values": {}}}}


def _questions(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The input blocks whose element this Slack can fill in."""
    return [
        block for block in view["blocks"] if block["type"] == "input" and block["element"]["type"] in _ANSWER_KEYS
    ]


def _answer(view: Mapping[str, Any], block: Mapping[str, Any]) -> Any:
    element = block["element"]
    answer_key, _initial_key = _ANSWER_KEYS[element["type"]]
    return view["state"]["values"][block["block_id"]][element["action_id"]][answer_key]
