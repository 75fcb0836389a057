"""The kit that every payload goes through: `from bot.views import kit`.

Blocks and elements are correct by construction, texts are escaped once and shortened visibly, and
`message`, `modal` and `home` put together nothing that Slack would refuse. The parts are in
`limits`, `markup`, `blocks`, `elements`, `table`, `paging`, `surfaces` and `message`.
"""

from __future__ import annotations

from bot.views.blocks import (
    Confirm,
    Element,
    actions,
    button,
    context,
    divider,
    header,
    image,
    input_block,
    section,
    sections,
)
from bot.views.elements import (
    Option,
    channel_select,
    checkboxes,
    date_picker,
    multi_select,
    number,
    overflow,
    radio,
    select,
    text_input,
    users_select,
)
from bot.views.limits import BlockMode, Mrkdwn, Text, esc
from bot.views.markup import channel, code, joined, link, md, mention, preformatted, struck
from bot.views.message import Block, Home, Message, Modal
from bot.views.paging import first_few, paged
from bot.views.surfaces import home, message, modal
from bot.views.table import table

__all__ = [
    "Block",
    "BlockMode",
    "Confirm",
    "Element",
    "Home",
    "Message",
    "Modal",
    "Mrkdwn",
    "Option",
    "Text",
    "actions",
    "button",
    "channel",
    "channel_select",
    "checkboxes",
    "code",
    "context",
    "date_picker",
    "divider",
    "esc",
    "first_few",
    "header",
    "home",
    "image",
    "input_block",
    "joined",
    "link",
    "md",
    "mention",
    "message",
    "modal",
    "multi_select",
    "number",
    "overflow",
    "paged",
    "preformatted",
    "radio",
    "section",
    "sections",
    "select",
    "struck",
    "table",
    "text_input",
    "users_select",
]
