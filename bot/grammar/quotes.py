"""Quotation marks, as people and telephones type them: "so", “so”, „so“, «so» and ‘so’."""

from typing import Final

_PAIRS: Final = {'"': '"“”', "“": '”"', "”": '”"', "„": '“”"', "«": "»", "‘": "’"}
"""What closes each opening mark. A straight single mark is an apostrophe: 's-Hertogenbosch."""
_AFTER_QUOTE: Final = frozenset(" \t\n\r,;.:!?)|\u00a0")


def quote_end(text: str, start: int) -> int | None:
    """The place just after the mark that closes the quotation opening at `start`, None when none does.

    A mark closes only where a word ends, so that an apostrophe inside one (‘t Hof van d’Or) does not.
    """
    closing = _PAIRS.get(text[start])
    if closing is None:
        return None
    for place in range(start + 2, len(text)):
        if text[place] in closing and (place + 1 == len(text) or text[place + 1] in _AFTER_QUOTE):
            return place + 1
    return None


def leading_quote(text: str) -> tuple[str, str] | None:
    """The words in quotes at the start of a text and what follows; None when it starts without any."""
    text = text.strip()
    end = quote_end(text, 0) if text else None
    if end is None or not text[1 : end - 1].strip():
        return None
    return text[1 : end - 1].strip(), text[end:].strip().removeprefix(",").strip()


def without_quotes(text: str) -> str:
    """A text that is one quotation without its marks; any other text as it is."""
    quoted = leading_quote(text)
    return quoted[0] if quoted and not quoted[1] else text.strip()
