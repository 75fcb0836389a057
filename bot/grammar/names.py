"""Reading a prospect's name at the start of a text: the longest known name first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from bot.grammar.quotes import leading_quote
from playbooks.names import KnownProspect, closest, folded_words, key_of, matches, name_key, typing_errors

LONGEST_NAME: Final = 200
"""Characters a prospect's name may have."""
MOST_IN_MENU: Final = 20
"""Prospects that a menu offers; more means that the member should say more of the name."""
_MOST_WORDS: Final = 40
_MOST_LOOSE_WORDS: Final = 5
_SHORTEST_BEGINNING: Final = 2


class Lookup(Protocol):
    """The prospects a member can name. The first two are answered from an index, whatever the number."""

    def by_keys(self, keys: Sequence[str]) -> Sequence[KnownProspect]:
        """The prospects whose key is one of these."""

    def starting_with(self, beginning: str, limit: int) -> Sequence[KnownProspect]:
        """At most `limit` prospects whose key starts with these letters, by name."""

    def all(self) -> Sequence[KnownProspect]:
        """Every prospect; asked only when a name is unknown, to forgive typing errors."""


@dataclass(frozen=True, slots=True)
class FoundName:
    """One prospect, as `said`, and the text after it.

    `shorter` are the other readings, when fewer words make a known name too ("Acme Met", and "Acme" with
    the outcome "met").
    """

    prospect: KnownProspect
    said: str
    rest: str
    shorter: tuple["FoundName", ...] = ()


@dataclass(frozen=True, slots=True)
class SeveralNames:
    """More than one prospect that `said` can mean: a menu asks."""

    prospects: tuple[KnownProspect, ...]
    said: str
    rest: str


@dataclass(frozen=True, slots=True)
class NoName:
    """No prospect is called anything like `said` (empty when nothing was said); `closest` come nearest."""

    said: str
    rest: str
    closest: tuple[KnownProspect, ...] = ()


NameReading = FoundName | SeveralNames | NoName


def read_name(text: str, lookup: Lookup, ends: Callable[[str], bool] = lambda _: False) -> NameReading:
    """Read the name at the start of a text without Slack's escapes.

    In this order: the longest words that are a name exactly (without accents, legal form and the like);
    the longest that a name begins with; the name with the fewest typing errors. `ends` tells where a name
    that is not known ends: at a text that starts with an outcome, a date and so on. A name in quotes is
    taken whole, and where a text that names nobody begins with such an end, no name was said.
    """
    quoted = leading_quote(text)
    if quoted:
        return _exact([quoted], lookup) or _loose([quoted], lookup)
    beginnings = list(_beginnings(text))
    if not beginnings:
        return NoName("", "")
    found = _exact(beginnings, lookup) or _by_beginning(beginnings, lookup)
    if found is None and ends(text):
        return NoName("", text)
    return found or _loose(_until(ends, beginnings), lookup)


Split = tuple[str, str]
"""A text in two: what may be the name, and the rest."""


def _beginnings(text: str) -> Iterator[Split]:
    """The first word and the rest, the first two and the rest, and so on, while it can be a name."""
    end = 0
    for number, word in enumerate(text.split()):
        end = text.index(word, end) + len(word)
        if number == _MOST_WORDS or (number and end > LONGEST_NAME):
            return
        yield text[:end].strip().rstrip(","), text[end:].strip()


def _exact(beginnings: Sequence[Split], lookup: Lookup) -> NameReading | None:
    keys = _keys(beginnings)
    known: dict[str, list[KnownProspect]] = {}
    for prospect in lookup.by_keys(list(dict.fromkeys(keys))):
        known.setdefault(prospect.key, []).append(prospect)
    # "Acme" and "Acme BV" have the same key, and only the longest of them has taken the whole name.
    ends = {key: number for number, key in enumerate(keys) if key in known}
    readings = [_one_or_several(known[key], *beginnings[number]) for key, number in ends.items()]
    return _longest(readings[::-1])


def _keys(beginnings: Sequence[Split]) -> list[str]:
    """The key of each beginning. Folded once: every beginning is the one before it and a word."""
    if len(beginnings) == 1:
        return [name_key(beginnings[0][0])]
    words: list[str] = []
    keys, before = [], ""
    for said, _ in beginnings:
        words.extend(folded_words(said[len(before) :]))
        keys.append(key_of(words) or name_key(said))
        before = said
    return keys


def _one_or_several(prospects: Sequence[KnownProspect], said: str, rest: str) -> FoundName | SeveralNames:
    as_written = [prospect for prospect in prospects if folded_words(prospect.name) == folded_words(said)]
    few = as_written if len(as_written) == 1 else prospects
    if len(few) == 1:
        return FoundName(few[0], said, rest)
    return SeveralNames(tuple(few[:MOST_IN_MENU]), said, rest)


def _longest(readings: Sequence[FoundName | SeveralNames]) -> NameReading | None:
    """The first reading, with the others as its alternatives."""
    if not readings or isinstance(readings[0], SeveralNames):
        return readings[0] if readings else None
    return replace(readings[0], shorter=tuple(one for one in readings[1:] if isinstance(one, FoundName)))


def _by_beginning(beginnings: Sequence[Split], lookup: Lookup) -> NameReading | None:
    readings: list[FoundName | SeveralNames] = []
    few = beginnings[:_MOST_LOOSE_WORDS]
    for number, (said, rest) in reversed(list(enumerate(few))):
        key = name_key(said)
        if len(key) < _SHORTEST_BEGINNING:
            continue
        found = lookup.starting_with(key, MOST_IN_MENU)
        whole_words = [prospect for prospect in found if f"{prospect.key} ".startswith(f"{key} ")]
        if found and not readings:
            readings += _mistyped_further(few[number + 1 :], found)
        if found:
            readings.append(_one_or_several(whole_words or found, said, rest))
    return _longest(readings)


def _mistyped_further(
    longer: Sequence[Split], found: Sequence[KnownProspect]
) -> Iterator[FoundName | SeveralNames]:
    """A name begun well and then mistyped ("Café Zurihc"), among those that begin so."""
    for said, rest in reversed(longer):
        meant = matches(said, found)
        if meant:
            yield _one_or_several(meant, said, rest)
            return


def _until(ends: Callable[[str], bool], beginnings: list[Split]) -> list[Split]:
    for number, (_, rest) in enumerate(beginnings):
        if rest and ends(rest):
            return beginnings[: number + 1]
    return beginnings


def _loose(beginnings: Sequence[Split], lookup: Lookup) -> NameReading:
    known = lookup.all()
    best: tuple[int, int, FoundName | SeveralNames] | None = None
    for number, (said, rest) in enumerate(beginnings[:_MOST_LOOSE_WORDS]):
        found = matches(said, known)
        if found:
            errors = typing_errors(name_key(said), found[0].key)
            if best is None or (errors, -number) < best[:2]:
                best = (errors, -number, _one_or_several(found, said, rest))
    if best:
        return best[2]
    said, rest = beginnings[:_MOST_LOOSE_WORDS][-1]
    return NoName(said, rest, tuple(closest(said, known)))
