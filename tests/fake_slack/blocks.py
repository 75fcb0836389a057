"""The blocks that a message, a dialog and a Home may carry, as shapes, and the rules over a whole list of them."""

from typing import Any

from tests.fake_slack.elements import (
    ACTIONS_ELEMENT,
    CONTEXT_ELEMENT,
    INPUT_ELEMENT,
    SECTION_ACCESSORY,
    SLACK_FILE,
    plain,
    styled,
    typed,
)
from tests.fake_slack.limits import limit
from tests.fake_slack.rich_text import RICH_TEXT
from tests.fake_slack.shapes import (
    Check,
    Problems,
    any_words,
    by_type,
    exactly_one,
    flag,
    list_of,
    number,
    one_of,
    record,
    units,
    words,
)

_ID: dict[str, Check] = {"block_id": words("block_id")}


def _text_or_fields(block: Any, path: str, problems: Problems) -> None:
    if "text" not in block and "fields" not in block:
        problems.add("a section needs text or fields", path)


def _different_action_ids(block: Any, path: str, problems: Problems) -> None:
    ids = [element["action_id"] for element in block["elements"] if "action_id" in element]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        problems.add(f"action_id must be unique in its block: {twice}", f"{path}/elements")


def _series_fit_categories(chart: Any, path: str, problems: Problems) -> None:
    categories = chart["axis_config"]["categories"]
    names = [series["name"] for series in chart["series"]]
    if len(set(names)) != len(names):
        problems.add("series must have different names", f"{path}/series")
    for index, series in enumerate(chart["series"]):
        if [point["label"] for point in series["data"]] != categories:
            problems.add("data must have one point for each category, in order", f"{path}/series/{index}/data")


_POINT = record({"label": words("chart.label"), "value": number})
_SERIES = record({"name": words("chart.label"), "data": list_of(_POINT, "chart.categories")})
_AXES = record(
    {"categories": list_of(words("chart.label"), "chart.categories")},
    {"x_label": words("chart.axis_label"), "y_label": words("chart.axis_label")},
)


def _axis_chart(kind: str) -> Check:
    return typed(
        kind, {"series": list_of(_SERIES, "chart.series"), "axis_config": _AXES}, None, _series_fit_categories
    )


_CHART = by_type(
    {
        **{kind: _axis_chart(kind) for kind in ("bar", "line", "area")},
        "pie": typed("pie", {"segments": list_of(_POINT, "chart.segments")}),
    },
    "chart",
)
_CELL = by_type(
    {
        "raw_text": typed("raw_text", {"text": any_words}),
        "raw_number": typed("raw_number", {"value": number}, {"text": any_words}),
        "rich_text": RICH_TEXT,
    },
    "table cell",
)
_COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})


def _table_text(block: Any, path: str, problems: Problems) -> None:
    if seen_characters(block) > limit("table.characters"):
        problems.add(f"a table must be less than {limit('table.characters') + 1} characters", path)


def seen_characters(value: Any, *, text: bool = False) -> int:
    """All characters that a reader sees: what stands under `text`, however deep, but in no closed menu."""
    if isinstance(value, dict):
        return sum(
            seen_characters(each, text=name == "text")
            for name, each in value.items()
            if name not in {"options", "option_groups", "initial_option", "initial_options", "confirm"}
        )
    if isinstance(value, list):
        return sum(seen_characters(each) for each in value)
    return units(value) if text and isinstance(value, str) else 0


def _column(value: Any, path: str, problems: Problems) -> None:
    # The one place where Slack takes a null: a column that keeps its defaults.
    if value is not None:
        _COLUMN(value, path, problems)


BLOCKS: dict[str, Check] = {
    "header": typed("header", {"text": plain("header.text")}, _ID),
    "divider": typed("divider", {}, _ID),
    "section": typed(
        "section",
        {},
        {
            **_ID,
            "text": styled("section.text"),
            "fields": list_of(styled("section.field"), "section.fields"),
            "accessory": SECTION_ACCESSORY,
            "expand": flag,
        },
        _text_or_fields,
    ),
    "context": typed("context", {"elements": list_of(CONTEXT_ELEMENT, "context.elements")}, _ID),
    "actions": typed(
        "actions", {"elements": list_of(ACTIONS_ELEMENT, "actions.elements")}, _ID, _different_action_ids
    ),
    "input": typed(
        "input",
        {"label": plain("input.label"), "element": INPUT_ELEMENT},
        {**_ID, "hint": plain("input.hint"), "optional": flag, "dispatch_action": flag},
    ),
    "image": typed(
        "image",
        {"alt_text": words("image.alt_text")},
        {**_ID, "image_url": words("image.url"), "slack_file": SLACK_FILE, "title": plain("image.title")},
        exactly_one("image_url", "slack_file"),
    ),
    "rich_text": RICH_TEXT,
}
_ONLY_IN_MESSAGES: dict[str, Check] = {
    "markdown": typed("markdown", {"text": words("markdown.text")}, _ID),
    "table": typed(
        "table",
        {"rows": list_of(list_of(_CELL, "table.cells"), "table.rows")},
        {**_ID, "column_settings": list_of(_column, "table.column_settings")},
        _table_text,
    ),
    "data_visualization": typed("data_visualization", {"title": words("chart.title"), "chart": _CHART}, _ID),
}
_IN_MESSAGE = by_type({**BLOCKS, **_ONLY_IN_MESSAGES}, "message")
_IN_VIEW = by_type(BLOCKS, "view")


def message_blocks(blocks: Any, path: str, problems: Problems) -> None:
    """The blocks of a message: their shapes, how many, and how many of the kinds that Slack counts."""
    list_of(_IN_MESSAGE, "message.blocks", least=0)(blocks, path, problems)
    _across(blocks, path, problems)
    for kind, row in (("table", "message.tables"), ("data_visualization", "message.charts")):
        if len(_of_kind(blocks, kind)) > limit(row):
            problems.add(f"no more than {limit(row)} {kind} blocks allowed", path)
    texts = [str(block.get("text", "")) for block in _of_kind(blocks, "markdown")]
    if len(texts) > 1 and sum(map(len, texts)) > limit("message.markdown"):
        problems.add(f"all markdown blocks together must be less than {limit('message.markdown') + 1}", path)


def view_blocks(blocks: Any, path: str, problems: Problems) -> None:
    """The blocks of a dialog or a Home."""
    list_of(_IN_VIEW, "view.blocks")(blocks, path, problems)
    _across(blocks, path, problems)


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """What a block lets a person press, choose or fill in."""
    if block["type"] == "actions":
        return list(block["elements"])
    if block["type"] == "input":
        return [block["element"]]
    accessory = block.get("accessory")
    return [accessory] if accessory and accessory["type"] != "image" else []


def _of_kind(blocks: Any, kind: str) -> list[dict[str, Any]]:
    if not isinstance(blocks, list):
        return []
    return [block for block in blocks if isinstance(block, dict) and block.get("type") == kind]


def _across(blocks: Any, path: str, problems: Problems) -> None:
    """What must be so over the whole list: block ids differ, at most one field takes the focus."""
    if problems.found:
        return
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        problems.add(f"block_id must be unique: {twice}", path)
    focused = [each for block in blocks for each in elements_of(block) if each.get("focus_on_load")]
    if len(focused) > 1:
        problems.add("only one element can have focus_on_load", path)
