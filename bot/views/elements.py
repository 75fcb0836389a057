"""Menus and inputs. What they give back is at `view.state.values[block][action]`.

A list too long for its element becomes the next larger one that answers in the same shape, so
that no choice is lost: radio buttons and an overflow become a select, checkboxes a menu of
several, and a select of more than a hundred options gets groups. A menu has at most three hundred
options, so that it fits in a message; the last group tells how many are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.views import limits
from bot.views.blocks import Element, carry, identifier, plain_text
from bot.views.limits import ELLIPSIS, BlockMode


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. A text too long for Slack goes on in the description when that is empty."""

    text: str
    value: str
    description: str = ""


def select(
    action: StrEnum,
    options: Sequence[Option],
    *,
    initial: str = "",
    placeholder: str = "",
    focus: bool = False,
) -> Element:
    """A menu of one choice (`selected_option`). `initial` is an option's value; unknown means none."""
    menu = _menu("static_select", action, options, placeholder, focus=focus)
    if chosen := _chosen(menu, {initial}):
        menu["initial_option"] = chosen[0]
    return menu


def multi_select(
    action: StrEnum,
    options: Sequence[Option],
    *,
    initial: Collection[str] = (),
    placeholder: str = "",
    focus: bool = False,
) -> Element:
    """A menu of several choices (`selected_options`)."""
    menu = _menu("multi_static_select", action, options, placeholder, focus=focus)
    if chosen := _chosen(menu, initial):
        menu["initial_options"] = chosen
    return menu


def radio(action: StrEnum, options: Sequence[Option], *, initial: str = "") -> Element:
    """One choice of a few, all visible (`selected_option`)."""
    if len(options) > limits.CHOICES:
        return select(action, options, initial=initial)
    element = _choices("radio_buttons", action, options)
    if chosen := _chosen(element, {initial}):
        element["initial_option"] = chosen[0]
    return element


def checkboxes(action: StrEnum, options: Sequence[Option], *, initial: Collection[str] = ()) -> Element:
    """Any of a few, all visible (`selected_options`); for a dialog's field, where many also fit."""
    if len(options) > limits.CHOICES:
        return multi_select(action, options, initial=initial)
    element = _choices("checkboxes", action, options)
    if chosen := _chosen(element, initial):
        element["initial_options"] = chosen
    return element


def overflow(action: StrEnum, options: Sequence[Option]) -> Element:
    """The three dots (`selected_option`); for what is seldom needed."""
    if len(options) > limits.OVERFLOW_OPTIONS:
        return select(action, options)
    plainer = [Option(option.text, option.value) for option in options]
    element = _choices("overflow", action, plainer)
    for option in element["options"]:
        option.pop("description", None)
    return element


def users_select(
    mode: BlockMode,
    action: StrEnum,
    members: Sequence[Option],
    *,
    initial: str = "",
    placeholder: str = "",
) -> Element:
    """A menu of people: all of the workspace (`selected_user`), or in core mode `members`, whose
    values are Slack user ids (`selected_option`). `initial` is a Slack user id.
    """
    if mode is BlockMode.CORE:
        return select(action, members, initial=initial, placeholder=placeholder)
    element: Element = {"type": "users_select", "action_id": identifier(action)}
    if initial:
        element["initial_user"] = initial
    return _with_placeholder(element, placeholder)


def channel_select(mode: BlockMode, action: StrEnum, *, initial: str = "", placeholder: str = "") -> Element:
    """A menu of channels (`selected_conversation`), or in core mode a text (`value`). `initial` is Slack's id."""
    if mode is BlockMode.CORE:
        return text_input(action, initial=initial, placeholder=placeholder)
    element: Element = {
        "type": "conversations_select",
        "action_id": identifier(action),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if initial:
        element["initial_conversation"] = initial
    return _with_placeholder(element, placeholder)


def date_picker(action: StrEnum, *, initial: date | None = None, placeholder: str = "") -> Element:
    """A calendar (`selected_date`, YYYY-MM-DD)."""
    element: Element = {"type": "datepicker", "action_id": identifier(action)}
    if initial is not None:
        element["initial_date"] = initial.isoformat()
    return _with_placeholder(element, placeholder)


def number(
    mode: BlockMode,
    action: StrEnum,
    *,
    initial: Decimal | int | None = None,
    least: Decimal | int | None = None,
    most: Decimal | int | None = None,
    decimals: bool = False,
    placeholder: str = "",
) -> Element:
    """A number (`value`, as a text: in core mode whatever was typed, so read it with care)."""
    if mode is BlockMode.CORE:
        typed = "" if initial is None else _numeral(initial)
        return text_input(action, initial=typed, placeholder=placeholder)
    element: Element = {
        "type": "number_input",
        "action_id": identifier(action),
        "is_decimal_allowed": decimals,
    }
    for key, value in (("initial_value", initial), ("min_value", least), ("max_value", most)):
        if value is not None:
            element[key] = _numeral(value)
    return _with_placeholder(element, placeholder)


def text_input(
    action: StrEnum,
    *,
    initial: str = "",
    multiline: bool = False,
    placeholder: str = "",
    longest: int = limits.INPUT_TEXT,
    focus: bool = False,
) -> Element:
    """A line or a box to type in (`value`, null when empty), of at most `longest` characters."""
    longest = max(1, min(longest, limits.INPUT_TEXT))
    element: Element = {
        "type": "plain_text_input",
        "action_id": identifier(action),
        "multiline": multiline,
        "max_length": longest,
    }
    if initial.strip():
        element["initial_value"] = limits.plain(initial, longest)
    if focus:
        element["focus_on_load"] = True
    return _with_placeholder(element, placeholder)


def _menu(kind: str, action: StrEnum, options: Sequence[Option], placeholder: str, *, focus: bool) -> Element:
    element: Element = {"type": kind, "action_id": identifier(action)}
    if focus:
        element["focus_on_load"] = True
    drawn = _drawn(options)
    if len(drawn) <= limits.SELECT_OPTIONS:
        element["options"] = drawn
    else:
        element["option_groups"] = _groups(drawn, len(options))
    return _with_placeholder(element, placeholder)


def _choices(kind: str, action: StrEnum, options: Sequence[Option]) -> Element:
    return {"type": kind, "action_id": identifier(action), "options": _drawn(options)}


def _drawn(options: Sequence[Option]) -> list[Element]:
    """Raises ValueError when there is nothing to choose or when two options have one value."""
    if not options:
        raise ValueError("a menu needs at least one option")
    if len({option.value for option in options}) < len(options):
        raise ValueError("two options have the same value")
    shown = options[: limits.MENU_OPTIONS]
    room = min(limits.OPTION_TEXT, limits.MENU_TEXT // len(shown))
    described = 2 * room * len(shown) <= limits.MENU_TEXT
    return [_option(option, room, described=described) for option in shown]


def _option(option: Option, room: int, *, described: bool) -> Element:
    text, full = limits.plain(option.text, room), option.text.strip()
    value = carry(option.value, limits.OPTION_VALUE)
    if not value:
        raise ValueError(f"an option needs a value: {option.text!r}")
    drawn: Element = {"text": plain_text(text, limits.OPTION_TEXT), "value": value}
    rest = ELLIPSIS + full[len(text) - 1 :].strip() if full and text != full else ""
    if described and (description := option.description or rest):
        drawn["description"] = plain_text(description, limits.OPTION_TEXT)
    return drawn


def _groups(options: list[Element], count: int) -> list[Element]:
    size = limits.SELECT_OPTIONS
    groups: list[Element] = [
        {
            "label": plain_text(f"{start + 1}–{min(start + size, len(options))}", limits.OPTION_TEXT),
            "options": options[start : start + size],
        }
        for start in range(0, len(options), size)
    ]
    if left_out := count - len(options):
        groups[-1]["label"]["text"] += f" … +{left_out}"
    return groups


def _numeral(value: Decimal | int) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _chosen(menu: Element, values: Collection[str]) -> list[Element]:
    """The options of a menu with these values: Slack wants them exactly as they are drawn."""
    groups = menu.get("option_groups", [menu])
    return [option for group in groups for option in group["options"] if option["value"] in values]


def _with_placeholder(element: Element, placeholder: str) -> Element:
    if placeholder:
        element["placeholder"] = plain_text(placeholder, limits.PLACEHOLDER)
    return element
