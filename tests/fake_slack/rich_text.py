"""The rich_text block, as a shape."""

from tests.fake_slack.elements import FOREVER, typed
from tests.fake_slack.shapes import by_type, flag, list_of, one_of, record, some_words, whole, words

_STYLE = record({}, dict.fromkeys(("bold", "italic", "strike", "underline", "code"), flag))
_STYLED = {"style": _STYLE}
_RUN = by_type(
    {
        "text": typed("text", {"text": some_words}, _STYLED),
        "link": typed("link", {"url": some_words}, {"text": some_words, "unsafe": flag, **_STYLED}),
        "user": typed("user", {"user_id": some_words}, _STYLED),
        "channel": typed("channel", {"channel_id": some_words}, _STYLED),
        "usergroup": typed("usergroup", {"usergroup_id": some_words}, _STYLED),
        "emoji": typed("emoji", {"name": some_words}, {"unicode": some_words, "skin_tone": whole(1, 6)}),
        "broadcast": typed("broadcast", {"range": one_of("here", "channel", "everyone")}),
        "color": typed("color", {"value": some_words}),
        "date": typed(
            "date",
            {"timestamp": whole(0, 10**11), "format": some_words},
            {"url": some_words, "fallback": some_words, **_STYLED},
        ),
    },
    "rich text section",
)
_BORDER = {"border": whole(0, 1)}
_SECTION = typed("rich_text_section", {"elements": list_of(_RUN)})
_LIST = typed(
    "rich_text_list",
    {"elements": list_of(_SECTION), "style": one_of("bullet", "ordered")},
    {**_BORDER, "indent": whole(0, 8), "offset": whole(0, FOREVER)},
)

RICH_TEXT = typed(
    "rich_text",
    {
        "elements": list_of(
            by_type(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_quote": typed("rich_text_quote", {"elements": list_of(_RUN)}, _BORDER),
                    "rich_text_preformatted": typed(
                        "rich_text_preformatted",
                        {"elements": list_of(_RUN)},
                        {**_BORDER, "language": some_words},
                    ),
                },
                "rich_text block",
            )
        )
    },
    {"block_id": words("block_id")},
)
