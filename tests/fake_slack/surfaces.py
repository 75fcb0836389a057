"""What Slack takes as a whole message, a whole dialog, a whole Home, and a list of options."""

import json
from typing import Any

from tests.fake_slack.blocks import message_blocks, seen_characters, view_blocks
from tests.fake_slack.elements import OPTION, OPTION_GROUP, plain, typed
from tests.fake_slack.errors import SlackError
from tests.fake_slack.limits import limit
from tests.fake_slack.shapes import (
    Check,
    Problems,
    any_words,
    exactly_one,
    flag,
    list_of,
    record,
    some_words,
    units,
    words,
)


def check_message(payload: dict[str, Any]) -> None:
    """Refuses a message that Slack, or this house, would not show.

    `payload` has `text`, `blocks` and `metadata`, each optional. Stricter than Slack in one thing: blocks need a
    `text` beside them, for notifications and screen readers.

    Raises SlackError: no_text, msg_too_long, invalid_blocks, msg_blocks_too_long, invalid_metadata_format,
    metadata_too_large.
    """
    text, blocks = payload.get("text"), payload.get("blocks")
    if text is not None and not isinstance(text, str):
        raise SlackError("invalid_arguments", ["must provide a string [json-pointer:/text]"])
    if not (text or "").strip():
        where = "blocks need a plain text beside them (house rule)" if blocks else "text or blocks needed"
        raise SlackError("no_text", [f"{where} [json-pointer:/text]"])
    if units(text or "") > limit("message.text"):
        raise SlackError(
            "msg_too_long", [f"must be less than {limit('message.text') + 1} characters [json-pointer:/text]"]
        )
    if blocks is not None:
        _check_blocks(blocks)
    if payload.get("metadata") is not None:
        _check_metadata(payload["metadata"])


def _check_blocks(blocks: Any) -> None:
    problems = Problems()
    message_blocks(blocks, "/blocks", problems)
    if problems.found:
        raise SlackError("invalid_blocks", problems.found)
    if seen_characters(blocks) > limit("message.characters"):
        raise SlackError(
            "msg_blocks_too_long",
            [f"all texts together must be less than {limit('message.characters') + 1} [json-pointer:/blocks]"],
        )


_METADATA = record({"event_type": some_words, "event_payload": lambda *_: None})


def _check_metadata(metadata: Any) -> None:
    problems = Problems()
    _METADATA(metadata, "/metadata", problems)
    if not problems.found and not isinstance(metadata["event_payload"], dict):
        problems.add("must provide an object", "/metadata/event_payload")
    if problems.found:
        raise SlackError("invalid_metadata_format", problems.found)
    if len(json.dumps(metadata)) > limit("message.metadata"):
        raise SlackError("metadata_too_large")


_ANY_VIEW: dict[str, Check] = {
    "private_metadata": words("view.private_metadata", least=0),
    "callback_id": words("view.callback_id", least=0),
    "external_id": words("view.external_id", least=0),
}


def _inputs_need_submit(view: Any, path: str, problems: Problems) -> None:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        problems.add("missing required field: submit (a modal with an input needs it)", path)


_MODAL = typed(
    "modal",
    {"title": plain("view.title"), "blocks": view_blocks},
    {
        **_ANY_VIEW,
        "submit": plain("view.submit"),
        "close": plain("view.close"),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
    _inputs_need_submit,
)
_HOME = typed("home", {"blocks": view_blocks}, _ANY_VIEW)


def check_view(view: Any, kind: str) -> None:
    """Refuses a `modal` or `home` that Slack would not show.

    Raises SlackError: invalid_arguments, view_too_large.
    """
    problems = Problems()
    (_MODAL if kind == "modal" else _HOME)(view, "/view", problems)
    if problems.found:
        raise SlackError("invalid_arguments", problems.found)
    if len(json.dumps(view).encode()) > limit("view.bytes"):
        raise SlackError("view_too_large")


_OPTIONS = record(
    {},
    {
        "options": list_of(OPTION, "select.options", least=0),
        "option_groups": list_of(OPTION_GROUP, "select.option_groups", least=0),
    },
    exactly_one("options", "option_groups"),
)


def check_options(body: Any) -> None:
    """Refuses an answer to a block_suggestion. Raises SlackError: invalid_arguments."""
    problems = Problems()
    _OPTIONS(body, "", problems)
    if problems.found:
        raise SlackError("invalid_arguments", problems.found)


_RESPONSE: dict[str, Check] = {
    "text": any_words,
    "blocks": lambda *_: None,
    "metadata": lambda *_: None,
    "response_type": lambda *_: None,
    "replace_original": flag,
    "delete_original": flag,
    "thread_ts": some_words,
    "unfurl_links": flag,
    "unfurl_media": flag,
    "mrkdwn": flag,
}


def check_response(body: Any) -> None:
    """Refuses what is posted to a response_url, or answered to a command, in a form Slack would not take.

    Raises SlackError as check_message does, and invalid_arguments on fields that Slack does not know.
    """
    problems = Problems()
    record({}, _RESPONSE)(body, "", problems)
    if problems.found:
        raise SlackError("invalid_arguments", problems.found)
    if body.get("response_type", "ephemeral") not in {"ephemeral", "in_channel"}:
        raise SlackError(
            "invalid_arguments", ["must be one of ephemeral, in_channel [json-pointer:/response_type]"]
        )
    if not body.get("delete_original"):
        check_message(body)
