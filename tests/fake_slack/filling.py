"""What a person puts in a field, as Slack's client holds it, and what the client lets nobody put in."""

from datetime import date, datetime, time
from typing import Any

from tests.fake_slack.elements import options_of
from tests.fake_slack.errors import ClientRefusedError
from tests.fake_slack.finding import Block, Found
from tests.fake_slack.forms import HELD_IN, MANY, Values
from tests.fake_slack.limits import limit
from tests.fake_slack.things import Channel, User

_WITH_OPTIONS = ("static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow")


def held(found: Found, value: Any) -> dict[str, Any]:
    """The state of a field after this value is put in; None empties it.

    Values are words for what is on screen: an option's text or value (a list where many may be chosen), a date or
    its ISO form, a User or Channel or its id, text, a number.

    Raises ClientRefusedError when the client would not take it: no such option, too long, not a number.
    """
    kind = found.element["type"]
    if kind == "overflow":
        return {"type": kind, "selected_option": _option(found, value)}
    if kind not in HELD_IN:
        raise ClientRefusedError(f"nothing can be put in: {found}")
    name = HELD_IN[kind][0]
    if kind in MANY:
        values = [] if value is None else value if isinstance(value, list | tuple) else [value]
        most = found.element.get("max_selected_items")
        if most and len(values) > most:
            raise ClientRefusedError(f"at most {most} may be chosen in {found}")
        return {"type": kind, name: [_one(found, each) for each in values]}
    return {"type": kind, name: None if value in (None, "") else _one(found, value)}


def _one(found: Found, value: Any) -> Any:
    kind = found.element["type"]
    if kind in _WITH_OPTIONS or kind.endswith("external_select"):
        return _option(found, value)
    if isinstance(value, User | Channel):
        return value.id
    if kind == "number_input":
        return _number(found, str(value))
    if HELD_IN[kind][0] == "value":
        return _text(found, str(value))
    return _instant(kind, value)


def _instant(kind: str, value: Any) -> Any:
    """A date, a time or an instant as its picker holds it; anything else (an id) as it is."""
    if kind == "datetimepicker":
        return int(value.timestamp()) if isinstance(value, datetime) else int(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _option(found: Found, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {"text": value["text"], "value": value["value"]}
    options = options_of(found.element)
    for option in options:
        if value in (option["value"], option["text"]["text"]):
            return dict(option)
    offered = ", ".join(option["text"]["text"] for option in options)
    raise ClientRefusedError(f"no option {value!r} in {found}; offered: {offered}")


def _text(found: Found, value: str) -> str:
    most = found.element.get("max_length", limit("plain_text_input.length"))
    if len(value) > most:
        raise ClientRefusedError(f"{len(value)} characters are too many for {found} (at most {most})")
    if "\n" in value and not found.element.get("multiline"):
        raise ClientRefusedError(f"no room for a second line in {found}")
    return value


def _number(found: Found, value: str) -> str:
    element = found.element
    try:
        number = float(value) if element["is_decimal_allowed"] else int(value)
    except ValueError:
        raise ClientRefusedError(f"{value!r} is no number for {found}") from None
    if not float(element.get("min_value", "-inf")) <= number <= float(element.get("max_value", "inf")):
        raise ClientRefusedError(f"{value} is out of bounds for {found}")
    return value


def missing_in(blocks: list[Block], state: Values) -> list[str]:
    """What the client complains of at submission: fields that are required or too short, by label."""
    complaints = []
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = state[block["block_id"]][element["action_id"]][HELD_IN[element["type"]][0]]
        label = block["label"]["text"]
        if value in (None, "", []) and not block.get("optional", False):
            complaints.append(f"{label!r} is required")
        elif isinstance(value, str) and len(value) < element.get("min_length", 0):
            complaints.append(f"{label!r} needs at least {element['min_length']} characters")
    return complaints
