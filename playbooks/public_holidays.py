"""Public holidays by country and region, from the `holidays` library, worked out year by year when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The days that are public holidays there. A country or region that the library does not know has none.

    What people choose is checked when they choose it (`is_known`); a place that a newer library dropped must not
    stop the deliveries of those who live there.
    """

    country: str
    region: str | None = None

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _of_year(self.country, self.region, day.year)


def is_known(country: str, region: str | None = None) -> bool:
    """Whether holidays are known for this country (`NL`) and, if one is named, this region of it."""
    known = regions(country)
    return known is not None and (region is None or region in known)


@lru_cache(maxsize=64)
def regions(country: str) -> Mapping[str, tuple[str, ...]] | None:
    """The regions of a country by code, each with its names; None when no holidays of that country are known."""
    try:
        there = holidays.country_holidays(country)
    except NotImplementedError:
        return None
    names: dict[str, tuple[str, ...]] = dict.fromkeys(there.subdivisions, ())
    for name, code in there.subdivisions_aliases.items():
        names[code] = (*names.get(code, ()), name)
    return names


@lru_cache(maxsize=512)
def _of_year(country: str, region: str | None, year: int) -> frozenset[date]:
    if not is_known(country, region):
        return frozenset()
    return frozenset(holidays.country_holidays(country, subdiv=region, years=year))
