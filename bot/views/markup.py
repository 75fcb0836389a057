"""Safe markup: our own words carry the markup, what people typed never does."""

from __future__ import annotations

from collections.abc import Iterable

from bot.views.limits import BUTTON_TEXT, Mrkdwn, Text, esc, plain

_LONGEST_LINK = 2_000


def md(template: str, **values: Text | int) -> Mrkdwn:
    """Compose markup from a (translated) template with `{name}` fields.

    `*`, `_`, `~`, backticks and `>` at a line's start in the template are markup. Every value is
    escaped, except one that is `Mrkdwn` already: `md("*{name}* is now in {step}", name=name, step=step)`.
    """
    safe = {name: escaped(value) for name, value in values.items()}
    return Mrkdwn(esc(template).format(**safe))


def escaped(value: Text | int) -> str:
    """The escaped source of a raw text, a number or a `Mrkdwn`."""
    return value.source if isinstance(value, Mrkdwn) else esc(str(value))


def joined(parts: Iterable[Text], separator: str = "\n") -> Mrkdwn:
    """Join parts, each raw or safe, by a raw `separator`."""
    return Mrkdwn(esc(separator).join(escaped(part) for part in parts))


def mention(user: str) -> Mrkdwn:
    """Mention the member with this Slack user id; the only way to ping someone."""
    return Mrkdwn(f"<@{esc(user)}>")


def channel(identifier: str) -> Mrkdwn:
    """Link to the channel with this Slack id."""
    return Mrkdwn(f"<#{esc(identifier)}>")


def link(url: str, label: str) -> Mrkdwn:
    """A link; only the label when the address could break the markup or is too long to be one."""
    if len(url) > _LONGEST_LINK or any(sign in url for sign in "<>|\n "):
        return Mrkdwn(esc(label))
    text = esc(plain(label, BUTTON_TEXT)).replace("|", "¦").replace("\n", " ")
    return Mrkdwn(f"<{esc(url)}|{text}>")


def code(text: str) -> Mrkdwn:
    """Show `text` as something to type, such as a command."""
    return Mrkdwn(f"`{esc(' '.join(text.split())).replace('`', 'ˋ')}`")


def preformatted(text: str) -> Mrkdwn:
    """Show `text` in a fixed width, line breaks kept."""
    return Mrkdwn(f"```\n{esc(text).replace('```', 'ˋˋˋ')}\n```")


def struck(text: Text) -> Mrkdwn:
    """Strike out what no longer holds; Slack does so within one line, and ends at the first tilde."""
    line = " ".join(escaped(text).split()).replace("~", "∼")
    return Mrkdwn(f"~{line}~")
