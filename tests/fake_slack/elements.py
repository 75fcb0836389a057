"""Block Kit's composition objects and interactive elements, as shapes."""

from typing import Any

from tests.fake_slack.limits import limit
from tests.fake_slack.shapes import (
    Check,
    Problems,
    any_words,
    by_type,
    exactly_one,
    flag,
    like,
    list_of,
    one_of,
    record,
    some_words,
    whole,
    words,
)

FOREVER = 10**9


def typed(name: str, required: dict[str, Check], optional: dict[str, Check] | None = None, *rules: Check) -> Check:
    """An object that carries its own `type`."""
    return record({"type": one_of(name), **required}, optional, *rules)


def plain(limit_name: str, *, least: int = 1) -> Check:
    """A plain_text object of so many characters."""
    return typed("plain_text", {"text": words(limit_name, least=least)}, {"emoji": flag})


def styled(limit_name: str) -> Check:
    """A plain_text or mrkdwn object of so many characters."""
    mrkdwn = typed("mrkdwn", {"text": words(limit_name)}, {"verbatim": flag})
    return by_type({"plain_text": plain(limit_name), "mrkdwn": mrkdwn}, "text object")


CONFIRM = record(
    {
        "title": plain("confirm.title"),
        "text": styled("confirm.text"),
        "confirm": plain("confirm.confirm"),
        "deny": plain("confirm.deny"),
    },
    {"style": one_of("primary", "danger")},
)
_ACTION = {"action_id": words("action_id")}
_CONFIRMED = {**_ACTION, "confirm": CONFIRM}
_FIELD = {**_ACTION, "placeholder": plain("placeholder"), "focus_on_load": flag}
_MENU = {**_FIELD, "confirm": CONFIRM}

OPTION = record(
    {"text": plain("option.text"), "value": words("option.value")},
    {"description": plain("option.description")},
)
_STYLED_OPTION = record(
    {"text": styled("option.text"), "value": words("option.value")},
    {"description": styled("option.description")},
)
_OVERFLOW_OPTION = record(
    {"text": plain("option.text"), "value": words("option.value")},
    {"description": plain("option.description"), "url": words("option.url")},
)
OPTION_GROUP = record({"label": plain("option_group.label"), "options": list_of(OPTION, "option_group.options")})


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    """All options of an element, out of their groups."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def _chosen_from_options(element: Any, path: str, problems: Problems) -> None:
    options = options_of(element)
    values = [option["value"] for option in options]
    if len(set(values)) != len(values):
        problems.add("options must have different values", f"{path}/options")
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    for option in chosen:
        if option not in options:
            problems.add("initial option must equal one of the options exactly", path)


def _select(kind: str, optional: dict[str, Check]) -> Check:
    choices = {
        "options": list_of(OPTION, "select.options"),
        "option_groups": list_of(OPTION_GROUP, "select.option_groups"),
    }
    return typed(
        kind, {}, {**_MENU, **choices, **optional}, exactly_one("options", "option_groups"), _chosen_from_options
    )


def _lengths_agree(element: Any, path: str, problems: Problems) -> None:
    most = element.get("max_length", limit("plain_text_input.length"))
    if element.get("min_length", 0) > most:
        problems.add("min_length must not exceed max_length", path)
    if len(element.get("initial_value", "")) > most:
        problems.add(f"must be less than {most + 1} characters", f"{path}/initial_value")


_DISPATCH = record(
    {}, {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), least=1)}
)
_FILTER = record(
    {},
    {
        "include": list_of(one_of("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)
_DATE = like(r"\d{4}-\d\d-\d\d", "2026-03-01")
_TIME = like(r"([01]\d|2[0-3]):[0-5]\d", "08:30")
_NUMERAL = like(r"-?\d+(\.\d+)?", "a number in a string")
_MANY = {"max_selected_items": whole(1, FOREVER)}
_TYPED = {**_FIELD, "dispatch_action_config": _DISPATCH}
_LENGTH = whole(0, limit("plain_text_input.length"))
_CONVERSATIONS = {"default_to_current_conversation": flag, "filter": _FILTER}

BUTTON = typed(
    "button",
    {"text": plain("button.text")},
    {
        **_CONFIRMED,
        "value": words("button.value"),
        "url": words("button.url"),
        "style": one_of("primary", "danger"),
        "accessibility_label": words("button.accessibility_label"),
    },
)
SLACK_FILE = record({}, {"id": some_words, "url": some_words}, exactly_one("id", "url"))
IMAGE = typed(
    "image",
    {"alt_text": words("image.alt_text")},
    {"image_url": words("image.url"), "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
_CHOICES: dict[str, Check] = {
    "static_select": _select("static_select", {"initial_option": OPTION}),
    "external_select": typed(
        "external_select", {}, {**_MENU, "initial_option": OPTION, "min_query_length": whole(0, FOREVER)}
    ),
    "users_select": typed("users_select", {}, {**_MENU, "initial_user": some_words}),
    "conversations_select": typed(
        "conversations_select",
        {},
        {**_MENU, **_CONVERSATIONS, "initial_conversation": some_words, "response_url_enabled": flag},
    ),
    "channels_select": typed(
        "channels_select", {}, {**_MENU, "initial_channel": some_words, "response_url_enabled": flag}
    ),
    "radio_buttons": typed(
        "radio_buttons",
        {"options": list_of(_STYLED_OPTION, "radio_buttons.options")},
        {**_CONFIRMED, "focus_on_load": flag, "initial_option": _STYLED_OPTION},
        _chosen_from_options,
    ),
    "checkboxes": typed(
        "checkboxes",
        {"options": list_of(_STYLED_OPTION, "checkboxes.options")},
        {**_CONFIRMED, "focus_on_load": flag, "initial_options": list_of(_STYLED_OPTION)},
        _chosen_from_options,
    ),
    "datepicker": typed("datepicker", {}, {**_MENU, "initial_date": _DATE}),
    "timepicker": typed("timepicker", {}, {**_MENU, "initial_time": _TIME, "timezone": some_words}),
}
_MULTI: dict[str, Check] = {
    "multi_static_select": _select("multi_static_select", {**_MANY, "initial_options": list_of(OPTION)}),
    "multi_external_select": typed(
        "multi_external_select",
        {},
        {**_MENU, **_MANY, "initial_options": list_of(OPTION), "min_query_length": whole(0, FOREVER)},
    ),
    "multi_users_select": typed(
        "multi_users_select", {}, {**_MENU, **_MANY, "initial_users": list_of(some_words)}
    ),
    "multi_conversations_select": typed(
        "multi_conversations_select",
        {},
        {**_MENU, **_MANY, **_CONVERSATIONS, "initial_conversations": list_of(some_words)},
    ),
    "multi_channels_select": typed(
        "multi_channels_select", {}, {**_MENU, **_MANY, "initial_channels": list_of(some_words)}
    ),
}
_DATETIME: dict[str, Check] = {
    "datetimepicker": typed(
        "datetimepicker",
        {},
        {**_CONFIRMED, "focus_on_load": flag, "initial_date_time": whole(10**9, 10**10 - 1)},
    )
}
_OVERFLOW: dict[str, Check] = {
    "overflow": typed(
        "overflow",
        {"options": list_of(_OVERFLOW_OPTION, "overflow.options")},
        {**_CONFIRMED},
        _chosen_from_options,
    )
}
_INPUTS: dict[str, Check] = {
    "plain_text_input": typed(
        "plain_text_input",
        {},
        {
            **_TYPED,
            "initial_value": any_words,
            "multiline": flag,
            "min_length": _LENGTH,
            "max_length": whole(1, limit("plain_text_input.length")),
        },
        _lengths_agree,
    ),
    "number_input": typed(
        "number_input",
        {"is_decimal_allowed": flag},
        {**_TYPED, "initial_value": _NUMERAL, "min_value": _NUMERAL, "max_value": _NUMERAL},
    ),
    "email_text_input": typed("email_text_input", {}, {**_TYPED, "initial_value": any_words}),
    "url_text_input": typed("url_text_input", {}, {**_TYPED, "initial_value": any_words}),
}

SECTION_ACCESSORY = by_type(
    {"button": BUTTON, "image": IMAGE, **_OVERFLOW, **_CHOICES, **_MULTI}, "section's accessory"
)
ACTIONS_ELEMENT = by_type({"button": BUTTON, **_OVERFLOW, **_CHOICES, **_DATETIME}, "actions block")
INPUT_ELEMENT = by_type({**_INPUTS, **_CHOICES, **_MULTI, **_DATETIME}, "input block")
CONTEXT_ELEMENT = by_type(
    {
        "plain_text": plain("context.text"),
        "mrkdwn": typed("mrkdwn", {"text": words("context.text")}, {"verbatim": flag}),
        "image": IMAGE,
    },
    "context block",
)
