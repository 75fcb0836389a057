"""Countries and their regions, as people type them: by name in either language, or by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from babel import Locale

from bot.grammar.aliases import Aliases
from playbooks.public_holidays import regions

_ALSO: Final[Mapping[str, str]] = {
    "the netherlands": "NL",
    "holland": "NL",
    "uk": "GB",
    "england": "GB",
    "engeland": "GB",
    "great britain": "GB",
    "usa": "US",
    "vs": "US",
}


@dataclass(frozen=True, slots=True)
class PlaceUnknown:
    """What was said is no place with public holidays; `closest` are codes of those that look like it."""

    said: str
    closest: tuple[str, ...]


def read_country(text: str) -> str | PlaceUnknown:
    """The ISO code of a country whose public holidays are known."""
    said = _countries().read(text)
    if said is not None and not said[1]:
        return said[0] if regions(said[0]) is not None else PlaceUnknown(text, ())
    return PlaceUnknown(text, _countries().closest(text))


def read_region(text: str, country: str) -> str | PlaceUnknown:
    """The code of a region of a country."""
    there = _regions_of(country)
    said = there.read(text)
    if said is not None and not said[1]:
        return said[0]
    return PlaceUnknown(text, there.closest(text) if there.meanings else ())


def region_name(country: str, region: str) -> str:
    """What a region calls itself, else its code."""
    names = (regions(country) or {}).get(region, ())
    return names[0] if names else region


@lru_cache
def _countries() -> Aliases[str]:
    """Only codes of two letters are countries; the others are parts of the world."""
    named = {
        name: code
        for language in ("en", "en_GB", "nl")
        for code, name in Locale.parse(language).territories.items()
        if len(code) == 2 and code.isalpha()  # noqa: PLR2004 - ISO's codes
    }
    return Aliases.of({**{code: code for code in named.values()}, **named, **_ALSO})


@lru_cache(maxsize=64)
def _regions_of(country: str) -> Aliases[str]:
    known = regions(country) or {}
    named = {name: code for code, names in known.items() for name in names}
    return Aliases.of({**{code: code for code in known}, **named})
