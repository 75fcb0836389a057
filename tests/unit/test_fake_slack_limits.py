"""Every row of the limits' table is enforced: as much as it says passes, one more is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.fake_slack import LIMITS, SlackError, check_message, check_view, limit
from tests.fake_slack.limits import Limit

Check = Callable[[int], None]


def plain(size: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * size}


def mrkdwn(size: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": "x" * size}


def message(*blocks: dict[str, Any]) -> None:
    check_message({"text": "for screen readers", "blocks": list(blocks)})


def modal(*blocks: dict[str, Any], **more: Any) -> None:
    given = {"type": "modal", "title": plain(5), "submit": plain(5), "blocks": list(blocks) or [DIVIDER]}
    check_view(given | more, "modal")


DIVIDER = {"type": "divider"}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(1), **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(1), **more}


def in_actions(element: dict[str, Any]) -> None:
    message({"type": "actions", "elements": [element]})


def in_input(element: dict[str, Any], **more: Any) -> None:
    modal({"type": "input", "label": plain(1), "element": element, **more})


def option(index: int = 0, **more: Any) -> dict[str, Any]:
    return {"text": plain(1), "value": f"v{index}", **more}


def menu(kind: str, count: int) -> dict[str, Any]:
    return {"type": kind, "options": [option(index) for index in range(count)]}


def group(label: int, count: int = 1) -> dict[str, Any]:
    return {"label": plain(label), "options": [option(index) for index in range(count)]}


def groups(count: int) -> dict[str, Any]:
    many = [{"label": plain(1), "options": [option(index)]} for index in range(count)]
    return {"type": "static_select", "option_groups": many}


def confirm(**more: Any) -> dict[str, Any]:
    given = {"title": plain(1), "text": mrkdwn(1), "confirm": plain(1), "deny": plain(1)}
    return button(confirm=given | more)


def table(rows: int, cells: int, columns: int = 1, text: str = "") -> dict[str, Any]:
    row = [{"type": "raw_text", "text": text}] * cells
    return {"type": "table", "rows": [row] * rows, "column_settings": [{"align": "left"}] * columns}


def chart(title: int = 1, categories: int = 2, series: int = 1, label: int = 2, axis: int = 1) -> dict[str, Any]:
    names = [f"{index:0{label}d}" for index in range(categories)]
    lines = [
        {"name": f"{index:0{label}d}", "data": [{"label": name, "value": 1} for name in names]}
        for index in range(series)
    ]
    axes = {"categories": names, "x_label": "x" * axis}
    given = {"type": "bar", "series": lines, "axis_config": axes}
    return {"type": "data_visualization", "title": "x" * title, "chart": given}


def pie(segments: int) -> dict[str, Any]:
    parts = [{"label": "x", "value": 1}] * segments
    return {"type": "data_visualization", "title": "x", "chart": {"type": "pie", "segments": parts}}


def image(alt: int = 1, title: int = 1, url: int = 1) -> dict[str, Any]:
    return {"type": "image", "image_url": "x" * url, "alt_text": "x" * alt, "title": plain(title)}


def markdown(size: int) -> dict[str, Any]:
    return {"type": "markdown", "text": "x" * size}


def metadata(size: int) -> None:
    empty = len('{"event_type": "e", "event_payload": {"k": ""}}')
    given = {"event_type": "e", "event_payload": {"k": "x" * (size - empty)}}
    check_message({"text": "x", "metadata": given})


def characters(size: int) -> None:
    message(*(section(text=mrkdwn(each)) for each in [3000] * (size // 3000) + [size % 3000]))


ENFORCED: dict[str, Check] = {
    "message.blocks": lambda n: message(*[DIVIDER] * n),
    "message.text": lambda n: check_message({"text": "x" * n}),
    "message.characters": characters,
    "message.tables": lambda n: message(*[table(1, 1)] * n),
    "message.charts": lambda n: message(*[chart()] * n),
    "message.markdown": lambda n: message(markdown(6000), markdown(n - 6000)),
    "message.metadata": metadata,
    "view.blocks": lambda n: modal(*[DIVIDER] * n),
    "view.title": lambda n: modal(title=plain(n)),
    "view.submit": lambda n: modal(submit=plain(n)),
    "view.close": lambda n: modal(close=plain(n)),
    "view.private_metadata": lambda n: modal(private_metadata="x" * n),
    "view.callback_id": lambda n: modal(callback_id="x" * n),
    "view.external_id": lambda n: modal(external_id="x" * n),
    "block_id": lambda n: message({"type": "divider", "block_id": "x" * n}),
    "header.text": lambda n: message({"type": "header", "text": plain(n)}),
    "section.text": lambda n: message(section(text=mrkdwn(n))),
    "section.fields": lambda n: message(section(fields=[plain(1)] * n)),
    "section.field": lambda n: message(section(fields=[mrkdwn(n)])),
    "context.elements": lambda n: message({"type": "context", "elements": [mrkdwn(1)] * n}),
    "context.text": lambda n: message({"type": "context", "elements": [mrkdwn(n)]}),
    "actions.elements": lambda n: message({"type": "actions", "elements": [button()] * n}),
    "input.label": lambda n: in_input({"type": "plain_text_input"}, label=plain(n)),
    "input.hint": lambda n: in_input({"type": "plain_text_input"}, hint=plain(n)),
    "image.url": lambda n: message(image(url=n)),
    "image.alt_text": lambda n: message(image(alt=n)),
    "image.title": lambda n: message(image(title=n)),
    "markdown.text": lambda n: message(markdown(n)),
    "table.rows": lambda n: message(table(n, 1)),
    "table.cells": lambda n: message(table(1, n)),
    "table.characters": lambda n: message(table(1, 1, text="x" * n)),
    "table.column_settings": lambda n: message(table(1, 1, n)),
    "chart.title": lambda n: message(chart(title=n)),
    "chart.axis_label": lambda n: message(chart(axis=n)),
    "chart.categories": lambda n: message(chart(categories=n)),
    "chart.series": lambda n: message(chart(series=n)),
    "chart.segments": lambda n: message(pie(n)),
    "chart.label": lambda n: message(chart(label=n)),
    "action_id": lambda n: in_actions(button(action_id="x" * n)),
    "placeholder": lambda n: in_actions({"type": "users_select", "placeholder": plain(n)}),
    "button.text": lambda n: in_actions(button(text=plain(n))),
    "button.value": lambda n: in_actions(button(value="x" * n)),
    "button.url": lambda n: in_actions(button(url="x" * n)),
    "button.accessibility_label": lambda n: in_actions(button(accessibility_label="x" * n)),
    "select.options": lambda n: in_actions(menu("static_select", n)),
    "select.option_groups": lambda n: in_actions(groups(n)),
    "radio_buttons.options": lambda n: in_actions(menu("radio_buttons", n)),
    "checkboxes.options": lambda n: in_actions(menu("checkboxes", n)),
    "overflow.options": lambda n: in_actions(menu("overflow", n)),
    "plain_text_input.length": lambda n: in_input({"type": "plain_text_input", "max_length": n}),
    "option.text": lambda n: in_actions({"type": "static_select", "options": [option(text=plain(n))]}),
    "option.value": lambda n: in_actions({"type": "static_select", "options": [option(value="x" * n)]}),
    "option.description": lambda n: in_actions(
        {"type": "static_select", "options": [option(description=plain(n))]}
    ),
    "option.url": lambda n: in_actions({"type": "overflow", "options": [option(url="x" * n)]}),
    "option_group.label": lambda n: in_actions({"type": "static_select", "option_groups": [group(n)]}),
    "option_group.options": lambda n: in_actions({"type": "static_select", "option_groups": [group(1, n)]}),
    "confirm.title": lambda n: in_actions(confirm(title=plain(n))),
    "confirm.text": lambda n: in_actions(confirm(text=mrkdwn(n))),
    "confirm.confirm": lambda n: in_actions(confirm(confirm=plain(n))),
    "confirm.deny": lambda n: in_actions(confirm(deny=plain(n))),
}
HELD_BY_THE_SERVER = {
    "view.bytes",
    "view.stack",
    "trigger_id.seconds",
    "acknowledgement.seconds",
    "response_url.uses",
    "response_url.seconds",
    "conversations.page",
    "history.page",
    "users.page",
}


def test_every_row_of_the_table_is_tried() -> None:
    assert {row.name for row in LIMITS} == ENFORCED.keys() | HELD_BY_THE_SERVER


def test_every_row_says_who_says_so() -> None:
    assert all(row.source and row.number > 0 for row in LIMITS)
    assert len({row.name for row in LIMITS}) == len(LIMITS)


@pytest.mark.parametrize("row", [row for row in LIMITS if row.name in ENFORCED], ids=lambda row: row.name)
def test_as_much_as_the_limit_passes_and_one_more_is_refused(row: Limit) -> None:
    ENFORCED[row.name](row.number)
    with pytest.raises(SlackError):
        ENFORCED[row.name](row.number + 1)


def test_a_refusal_names_the_path_and_the_limit() -> None:
    with pytest.raises(SlackError) as refused:
        message(DIVIDER, section(fields=[plain(1)] * (limit("section.fields") + 1)))

    assert refused.value.error == "invalid_blocks"
    assert refused.value.messages == ["no more than 10 items allowed [json-pointer:/blocks/1/fields]"]


def test_an_emoji_counts_for_the_two_units_it_takes() -> None:
    with pytest.raises(SlackError):
        message({"type": "header", "text": {"type": "plain_text", "text": "🚀" * 76}})
