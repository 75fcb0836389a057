"""Where somebody who never said it most likely works, for the public holidays there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from babel.core import get_global

from playbooks.public_holidays import is_known

_NOWHERE: Final = frozenset({None, "001", "ZZ"})
"""What stands for the whole world, and for no country."""
_WITH_REGION: Final = {"Europe/London": "ENG", "Europe/Belfast": "NIR"}
"""Zones whose country leaves most holidays to its regions, and in which nearly all live in one of them."""


def usual_place(locale: str | None, zone: str | None) -> tuple[str | None, str | None]:
    """Country and region: of the zone (`Europe/Brussels` -> BE), where that names none of the locale (`nl-BE`).

    A zone says more: an American locale is what many in Amsterdam have. Both None when nothing is known.
    """
    country = _of_zone(zone or "") or _of_locale(locale or "")
    if country is None or not is_known(country):
        return None, None
    region = _WITH_REGION.get(zone or "")
    return country, region if region and is_known(country, region) else None


def _of_zone(zone: str) -> str | None:
    countries: Mapping[str, str] = get_global("zone_territories")
    aliases: Mapping[str, str] = get_global("zone_aliases")
    country = countries.get(zone) or countries.get(aliases.get(zone, ""))
    return country if country not in _NOWHERE else None


def _of_locale(locale: str) -> str | None:
    _, _, country = locale.replace("_", "-").partition("-")
    return country.upper() if len(country) == 2 and country.isalpha() else None  # noqa: PLR2004 - ISO's codes
