"""Every number that this Slack enforces, in one table, each with the page that says so.

Sources are paths under Slack's own documentation site unless they begin with "house" (stricter than Slack on
purpose) or "observed" (Slack does it, its pages do not say it).
"""

from typing import NamedTuple


class Limit(NamedTuple):
    """One row: how much of what, and who says so."""

    name: str
    number: int
    source: str


_BLOCKS = "reference/block-kit/blocks"
_ELEMENTS = "reference/block-kit/block-elements"
_OBJECTS = "reference/block-kit/composition-objects"

LIMITS: tuple[Limit, ...] = (
    # Messages
    Limit("message.blocks", 50, _BLOCKS),
    Limit("message.text", 4000, "reference/methods/chat.postMessage: best 4,000; chat.update refuses more"),
    Limit("message.characters", 13_200, "observed: slackapi/bolt-js issue 2509, msg_blocks_too_long"),
    Limit("message.tables", 1, f"{_BLOCKS}/table-block"),
    Limit("message.charts", 2, f"{_BLOCKS}/data-visualization-block"),
    Limit("message.markdown", 12_000, f"{_BLOCKS}/markdown-block: all of one payload together"),
    Limit("message.metadata", 8000, "house: Slack says metadata_too_large and names no number"),
    # Views
    Limit("view.blocks", 100, "reference/views"),
    Limit("view.title", 24, "reference/views/modal-views"),
    Limit("view.submit", 24, "reference/views/modal-views"),
    Limit("view.close", 24, "reference/views/modal-views"),
    Limit("view.private_metadata", 3000, "reference/views"),
    Limit("view.callback_id", 255, "reference/views"),
    Limit("view.external_id", 255, "reference/views"),
    Limit("view.bytes", 250_000, "reference/methods/views.open: view_too_large"),
    Limit("view.stack", 3, "reference/methods/views.push: push_limit_reached"),
    # Blocks
    Limit("block_id", 255, _BLOCKS),
    Limit("header.text", 150, f"{_BLOCKS}/header-block"),
    Limit("section.text", 3000, f"{_BLOCKS}/section-block"),
    Limit("section.fields", 10, f"{_BLOCKS}/section-block"),
    Limit("section.field", 2000, f"{_BLOCKS}/section-block"),
    Limit("context.elements", 10, f"{_BLOCKS}/context-block"),
    Limit("context.text", 3000, f"{_OBJECTS}/text-object"),
    Limit("actions.elements", 25, f"{_BLOCKS}/actions-block"),
    Limit("input.label", 2000, f"{_BLOCKS}/input-block"),
    Limit("input.hint", 2000, f"{_BLOCKS}/input-block"),
    Limit("image.url", 3000, f"{_BLOCKS}/image-block"),
    Limit("image.alt_text", 2000, f"{_BLOCKS}/image-block"),
    Limit("image.title", 2000, f"{_BLOCKS}/image-block"),
    Limit("markdown.text", 12_000, f"{_BLOCKS}/markdown-block"),
    Limit("table.rows", 100, f"{_BLOCKS}/table-block"),
    Limit("table.cells", 20, f"{_BLOCKS}/table-block"),
    Limit("table.characters", 10_000, "house: as the kit has it; Slack's page on tables was not at hand"),
    Limit("table.column_settings", 20, f"{_BLOCKS}/table-block"),
    Limit("chart.title", 50, f"{_BLOCKS}/data-visualization-block"),
    Limit("chart.axis_label", 50, f"{_BLOCKS}/data-visualization-block"),
    Limit("chart.categories", 20, f"{_BLOCKS}/data-visualization-block"),
    Limit("chart.series", 6, f"{_BLOCKS}/data-visualization-block"),
    Limit("chart.segments", 12, f"{_BLOCKS}/data-visualization-block"),
    Limit("chart.label", 20, f"{_BLOCKS}/data-visualization-block"),
    # Elements
    Limit("action_id", 255, _ELEMENTS),
    Limit("placeholder", 150, _ELEMENTS),
    Limit("button.text", 75, f"{_ELEMENTS}/button-element"),
    Limit("button.value", 2000, f"{_ELEMENTS}/button-element"),
    Limit("button.url", 3000, f"{_ELEMENTS}/button-element"),
    Limit("button.accessibility_label", 75, f"{_ELEMENTS}/button-element"),
    Limit("select.options", 100, f"{_ELEMENTS}/select-menu-element"),
    Limit("select.option_groups", 100, f"{_ELEMENTS}/select-menu-element"),
    Limit("radio_buttons.options", 10, f"{_ELEMENTS}/radio-button-group-element"),
    Limit("checkboxes.options", 10, f"{_ELEMENTS}/checkboxes-element"),
    Limit("overflow.options", 5, f"{_ELEMENTS}/overflow-menu-element"),
    Limit("plain_text_input.length", 3000, f"{_ELEMENTS}/plain-text-input-element"),
    # Objects
    Limit("option.text", 75, f"{_OBJECTS}/option-object"),
    Limit("option.value", 150, f"{_OBJECTS}/option-object"),
    Limit("option.description", 75, f"{_OBJECTS}/option-object"),
    Limit("option.url", 3000, f"{_OBJECTS}/option-object"),
    Limit("option_group.label", 75, f"{_OBJECTS}/option-group-object"),
    Limit("option_group.options", 100, f"{_OBJECTS}/option-group-object"),
    Limit("confirm.title", 100, f"{_OBJECTS}/confirmation-dialog-object"),
    Limit("confirm.text", 300, f"{_OBJECTS}/confirmation-dialog-object"),
    Limit("confirm.confirm", 30, f"{_OBJECTS}/confirmation-dialog-object"),
    Limit("confirm.deny", 30, f"{_OBJECTS}/confirmation-dialog-object"),
    # Requests
    Limit("trigger_id.seconds", 3, "interactivity/handling-user-interaction: trigger ids"),
    Limit("acknowledgement.seconds", 3, "interactivity/handling-user-interaction: acknowledgement"),
    Limit("response_url.uses", 5, "interactivity/handling-user-interaction: message responses"),
    Limit("response_url.seconds", 1800, "interactivity/handling-user-interaction: message responses"),
    Limit("history.page", 999, "reference/methods/conversations.history: limit"),
    Limit("conversations.page", 1000, "reference/methods/conversations.list: limit"),
    Limit("users.page", 1000, "reference/methods/users.list: limit"),
)

_NUMBERS = {row.name: row.number for row in LIMITS}


def limit(name: str) -> int:
    """The number of one row. KeyError when the table has no such row."""
    return _NUMBERS[name]
