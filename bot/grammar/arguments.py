"""The text of a command taken apart: `key:value` pairs, mentions, and the text before them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.grammar.characters import typed_characters
from bot.grammar.quotes import quote_end, without_quotes
from playbooks.names import closest_words, typing_errors, typing_errors_allowed


class Key(StrEnum):
    """What can be said as `key:value`, by its English name."""

    NEXT = "next"
    MINUTES = "min"
    SCRIPT = "script"
    SOURCE = "source"
    STEP = "step"
    REP = "rep"
    PHONE = "phone"
    EMAIL = "email"
    PERSON = "person"
    VALUE = "value"
    PLAYBOOK = "playbook"
    NOTE = "note"
    REASON = "reason"
    OTHER = "other"
    WEEKS = "weeks"
    BY = "by"
    CERTAINTY = "certainty"


ALIASES: Final[Mapping[str, Key]] = {
    alias: key
    for key, aliases in {
        Key.NEXT: ("next", "volgende"),
        Key.MINUTES: ("min", "minutes", "minuten"),
        Key.SCRIPT: ("script",),
        Key.SOURCE: ("source", "bron"),
        Key.STEP: ("step", "stap"),
        Key.REP: ("rep", "owner", "eigenaar"),
        Key.PHONE: ("phone", "tel", "telefoon"),
        Key.EMAIL: ("email", "e-mail", "mail"),
        Key.PERSON: ("person", "contact", "persoon", "contactpersoon"),
        Key.VALUE: ("value", "waarde"),
        Key.PLAYBOOK: ("playbook", "draaiboek"),
        Key.NOTE: ("note", "notitie"),
        Key.REASON: ("reason", "reden"),
        Key.OTHER: ("other", "anders", "overig"),
        Key.WEEKS: ("weeks", "weken"),
        Key.BY: ("by", "per"),
        Key.CERTAINTY: ("certainty", "zekerheid"),
    }.items()
    for alias in aliases
}


@dataclass(frozen=True, slots=True)
class MemberSaid:
    """A member as named in a command: by Slack's id when Slack knew the mention, else by name only."""

    slack_id: str = ""
    name: str = ""

    @property
    def is_myself(self) -> bool:
        return not self.slack_id and self.name.casefold() in {"me", "mij", "mine", "ik"}


@dataclass(frozen=True, slots=True)
class Arguments:
    """A command's text without its keys and mentions, and what these held, all without Slack's escapes.

    `unknown` are the keys that the command does not know, `twice` those said more than once.
    """

    text: str
    values: Mapping[Key, str] = field(default_factory=dict)
    members: tuple[MemberSaid, ...] = ()
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    def value(self, key: Key) -> str:
        """What was said for a key, without the quotes around it, empty when nothing was."""
        return without_quotes(self.values.get(key, ""))


_SLACK_REFERENCE: Final = re.compile(
    r"<(?P<what>[@#!][^<>|]*|[a-z][a-z0-9+.-]*:[^<>|\s]+)(?:\|(?P<label>[^<>]*))?>"
)
_MENTION: Final = re.compile(r"\ue000(?P<id>\w*)\|(?P<name>[^\ue001]*)\ue001|(?<!\S)@(?P<typed>[\w][\w.-]*)")
_MARKS: Final = str.maketrans("", "", "\ue000\ue001")
_KEY: Final = re.compile(r"(?<!\S)(?P<key>[^\W\d_][\w-]+):(?!//)")


def unescape(text: str) -> str:
    """The text as it was typed: Slack's references by their label, and `&amp;` `&lt;` `&gt;` undone once."""
    return _unmarked(_marked(text))


def split_arguments(text: str, known: frozenset[Key], *, with_members: bool = False) -> Arguments:
    """Take a command's text, as Slack sends it, apart.

    A key's value runs to the next `word:`. A word is no key inside quotes, in an address (`http://`), or
    when a space follows its colon and it looks like no key at all ("she said: yes"). With `with_members`
    mentions are taken out of the text and given apart; otherwise they stay in it as `@name`.
    """
    marked = _marked(text)
    members: tuple[MemberSaid, ...] = ()
    if with_members:
        members = tuple(_members(marked))
        marked = _MENTION.sub(" ", marked)
    plain = _unmarked(marked)
    starts = list(_keys(plain, known))
    values: dict[Key, str] = {}
    unknown, twice = [], []
    ends = [*(start for _, start, _ in starts), len(plain)][1:]
    for (word, _, begin), end in zip(starts, ends, strict=True):
        key = ALIASES.get(word.casefold())
        if key is None or key not in known:
            unknown.append(word)
        elif key in values:
            twice.append(word)
        else:
            values[key] = plain[begin:end].strip()
    before = plain[: starts[0][1]] if starts else plain
    return Arguments(before.strip(), values, members, tuple(unknown), tuple(twice))


def _keys(text: str, known: frozenset[Key]) -> Iterator[tuple[str, int, int]]:
    """Each key's word, the place where it starts, and the place where its value does."""
    place = 0
    while place < len(text):
        end = quote_end(text, place) if place == 0 or text[place - 1] in " \t\n:" else None
        match = None if end else _KEY.match(text, place)
        if match and (_value_follows(text, match.end()) or _looks_like_key(match["key"], known)):
            yield match["key"], place, match.end()
            end = match.end()
        place = end or place + 1


def _value_follows(text: str, place: int) -> bool:
    return place < len(text) and not text[place].isspace()


def _looks_like_key(word: str, known: frozenset[Key]) -> bool:
    names = [alias for alias, key in ALIASES.items() if key in known]
    said = word.casefold()
    if said in names or not names:
        return said in names
    nearest = closest_words(said, names, 1)[0]
    return typing_errors(said, nearest) <= min(1, typing_errors_allowed(nearest))


def _marked(text: str) -> str:
    """Slack's references undone, with signs around the mentions that nobody can type."""
    parts, place = [], 0
    text = typed_characters(text).translate(_MARKS)
    for match in _SLACK_REFERENCE.finditer(text):
        parts += [_undone(text[place : match.start()]), _reference(match)]
        place = match.end()
    return "".join([*parts, _undone(text[place:])])


def _reference(match: re.Match[str]) -> str:
    what, label = match["what"], _undone(match["label"] or "")
    if what.startswith("@"):
        slack_id = what[1:]
        return f"\ue000{slack_id}|{label or slack_id}\ue001" if slack_id.isalnum() and slack_id.isascii() else ""
    if what.startswith(("#", "!")):
        return f"{what[0].replace('!', '@')}{label or what[1:]}"
    return label or _undone(what.removeprefix("mailto:").removeprefix("tel:"))


def _unmarked(marked: str) -> str:
    return _MENTION.sub(lambda match: f"@{match['name'] or match['typed']}", marked)


def _members(marked: str) -> Iterator[MemberSaid]:
    for match in _MENTION.finditer(marked):
        if match["typed"]:
            yield MemberSaid(name=match["typed"])
        else:
            yield MemberSaid(match["id"], match["name"])


def _undone(text: str) -> str:
    """Slack escapes three signs only; `&eacute;` was typed like that."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
