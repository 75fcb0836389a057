"""How the names of prospects are compared: accents, legal forms and typing errors do not matter.

`name_key` is the one form in which two names are the same; storage keeps it in an indexed column.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

LEGAL_FORMS: Final = frozenset(
    {"ag", "bv", "bvba", "cv", "gmbh", "inc", "incorporated", "kg", "limited", "llc", "llp"}
    | {"ltd", "nv", "ohg", "plc", "sa", "sarl", "sas", "srl", "ug", "vof"}
)
"""Only forms that are no ordinary word: "Holding", "Group" and "Co" tell companies apart and stay."""

_LEADING_LEGAL_FORMS: Final = frozenset({"bv", "nv", "vof"})
"""Written in front of the name in Dutch ("BV De Zaak"); "AG Insurance" is a name in itself."""

_CONNECTIVES: Final = frozenset({"and", "en", "et", "und"})
"""What stands for "&", which is gone from a key as well: "Bakker en Zonen" is "Bakker & Zonen"."""

_NOT_DECOMPOSED: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th"}
)
_DOTTED_INITIALS: Final = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_APOSTROPHES: Final = frozenset("'’‘ʼ`´")
_VARIATION_SELECTORS: Final = range(0xFE00, 0xFE10)


@dataclass(frozen=True, slots=True)
class KnownProspect:
    """A prospect as the grammar sees it: its id, its name as written, and that name's key."""

    id: int
    name: str
    key: str


def name_key(name: str) -> str:
    """The form in which names are compared: "Café Zürich B.V." and "cafe zurich" have the same key.

    Upper case, accents, punctuation, double spaces and legal forms are gone. Never empty for a name that
    shows anything: a name of nothing but punctuation or legal forms keeps them.
    """
    return key_of(folded_words(name)) or name.strip().casefold() or name


def same_company(name: str, other: str) -> bool:
    """Whether two names with the same key are one company: a BV and an NV are not, a name without either is."""
    words, others = folded_words(name), folded_words(other)
    forms, other_forms = _legal_forms(words), _legal_forms(others)
    return not forms or not other_forms or forms == other_forms


def legal_forms(name: str) -> frozenset[str]:
    """Those that stand around this name: `bv` in "BV De Zaak". They part companies of one key."""
    return _legal_forms(folded_words(name))


def key_of(words: Sequence[str]) -> str:
    """The key that words from `folded_words` make together, empty when there are none."""
    few = _without_legal_forms(words)
    inner = [word for word in few[1:-1] if word not in _CONNECTIVES]
    return " ".join([*few[:1], *inner, *few[1:][-1:]])


def folded_words(text: str) -> list[str]:
    """The words of a text in lower case, without accents and punctuation, legal forms still there."""
    return _fold(text).split()


def matches(said: str, known: Iterable[KnownProspect]) -> list[KnownProspect]:
    """The prospects that `said` can mean, by the strictest rule that finds any.

    1. the same key; 2. the name begins with the words said; 3. it begins with the letters said; 4. the
    whole name, or its first words, differs by a few typing errors (see `typing_errors_allowed`), and then
    only those with the fewest.
    """
    key, prospects = name_key(said), list(known)
    rules: list[Callable[[str], bool]] = [
        lambda other: other == key,
        lambda other: other.startswith(f"{key} "),
        lambda other: other.startswith(key),
    ]
    for fits in rules:
        found = [prospect for prospect in prospects if fits(prospect.key)]
        if found:
            return found
    return _mistyped(key, prospects, lambda other: other) or _mistyped(key, prospects, _first_words(key))


def closest(said: str, known: Iterable[KnownProspect], n: int = 3) -> list[KnownProspect]:
    """The `n` prospects whose names look most like `said`, best first; fewer only when fewer exist."""
    prospects = list(known)
    key = name_key(said)
    keys = [prospect.key for prospect in prospects]
    # Two passes, for speed with 100,000 names: a quick one that keeps a few, and one that knows about
    # the order of words and parts of names.
    kept = {index for _, _, index in process.extract(key, keys, scorer=fuzz.ratio, limit=n * 20)}
    kept |= {index for _, _, index in process.extract(key, keys, scorer=fuzz.token_ratio, limit=n * 20)}
    few = sorted(kept)
    best = process.extract(key, [keys[index] for index in few], scorer=fuzz.WRatio, limit=n)
    return [prospects[few[index]] for _, _, index in best]


def closest_words(said: str, words: Iterable[str], n: int = 3) -> list[str]:
    """The `n` words (commands, outcomes, keys) that look most like `said`, best first."""
    return [word for word, _, _ in process.extract(said.casefold(), list(words), scorer=fuzz.ratio, limit=n)]


def typing_errors_allowed(key: str) -> int:
    """How many typing errors a key of this length may hold and still count as the same name.

    None in three letters, one in up to seven, two in longer ones. It is the step search engines use by
    default, one letter stricter: with a whole pipeline of short names ("Acme", "Acre") a wrong guess costs
    more than a question, while two slips in eight letters or more hardly ever make another company's name.
    """
    shortest_for_one, shortest_for_two = 4, 8
    return (len(key) >= shortest_for_one) + (len(key) >= shortest_for_two)


def typing_errors(said: str, other: str) -> int:
    """Letters added, left out, changed, or swapped with their neighbour, between a key and another key or
    the words it begins with.
    """
    return min(OSA.distance(said, other), OSA.distance(said, _first_words(said)(other)))


def _mistyped(key: str, prospects: Sequence[KnownProspect], part: Callable[[str], str]) -> list[KnownProspect]:
    allowed = typing_errors_allowed(key)
    if not allowed:
        return []
    parts = [part(prospect.key) for prospect in prospects]
    near = process.extract(key, parts, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    # A short name may differ less than a long one, whichever of the two was typed.
    near = [found for found in near if found[1] <= typing_errors_allowed(found[0])]
    fewest = min((errors for _, errors, _ in near), default=0)
    return [prospects[index] for _, errors, index in near if errors == fewest]


def _first_words(key: str) -> Callable[[str], str]:
    count = key.count(" ") + 1
    return lambda other: " ".join(other.split(" ", count)[:count])


def _legal_forms(words: Sequence[str]) -> frozenset[str]:
    return LEGAL_FORMS.intersection(words).difference(_without_legal_forms(words))


def _without_legal_forms(words: Sequence[str]) -> Sequence[str]:
    """Without the legal forms around a name; all words when nothing else would be left."""
    first, last = 0, len(words)
    while last > 0 and words[last - 1] in LEGAL_FORMS:
        last -= 1
        # "GmbH & Co. KG": the "Co" belongs to the legal form only between two of its parts.
        if last > 1 and words[last - 1] == "co" and words[last - 2] in LEGAL_FORMS:
            last -= 1
    while first < last and words[first] in _LEADING_LEGAL_FORMS:
        first += 1
    return words[first:last] or words


def _fold(text: str) -> str:
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).casefold().translate(_NOT_DECOMPOSED)
    folded = _DOTTED_INITIALS.sub("", folded)
    return "".join(map(_folded_character, folded))


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    """What stays of one character: letters, digits and symbols (emoji) do, accents go, the rest parts words."""
    category = unicodedata.category(character)
    if character in _APOSTROPHES or category in {"Cf", "Cs"}:
        return ""
    if unicodedata.combining(character) or ord(character) in _VARIATION_SELECTORS:
        return ""
    if category[0] in "PZ" or category == "Cc":
        return " "
    return character
