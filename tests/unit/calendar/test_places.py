"""Where people work, as their zone and locale tell, and the public holidays there."""

from __future__ import annotations

from datetime import date

import pytest

from bot.usecases.places import usual_place
from playbooks.calendar import Calendar
from playbooks.public_holidays import PublicHolidays, is_known, regions

KINGS_DAY = date(2026, 4, 27)
"""A Monday."""
SUMMER_BANK_HOLIDAY = date(2026, 8, 31)
"""In England, and not in Scotland."""


@pytest.mark.parametrize(
    ("locale", "zone", "place"),
    [
        ("nl-NL", "Europe/Amsterdam", ("NL", None)),
        ("en-US", "Europe/Amsterdam", ("NL", None)),
        ("en-GB", "Europe/London", ("GB", "ENG")),
        ("nl-BE", "Europe/Brussels", ("BE", None)),
        ("nl-BE", "UTC", ("BE", None)),
        ("nl_BE", "Etc/UTC", ("BE", None)),
        ("nl-NL", None, ("NL", None)),
        ("en-GB", "Asia/Calcutta", ("IN", None)),
        ("en", "UTC", (None, None)),
        (None, None, (None, None)),
        ("xx-XX", "Mars/Olympus", (None, None)),
    ],
)
def test_the_zone_says_where_somebody_works_and_the_locale_where_it_does_not(
    locale: str | None, zone: str | None, place: tuple[str | None, str | None]
) -> None:
    assert usual_place(locale, zone) == place


def test_a_public_holiday_is_no_working_day() -> None:
    calendar = Calendar("Europe/Amsterdam", holidays=PublicHolidays("NL"))
    assert not calendar.works_on(KINGS_DAY)
    assert calendar.works_on(SUMMER_BANK_HOLIDAY)


def test_regions_of_a_country_have_holidays_of_their_own() -> None:
    assert SUMMER_BANK_HOLIDAY in PublicHolidays("GB", "ENG")
    assert SUMMER_BANK_HOLIDAY not in PublicHolidays("GB", "SCT")


def test_a_place_that_is_not_known_any_more_has_no_holidays() -> None:
    assert KINGS_DAY not in PublicHolidays("XX")
    assert KINGS_DAY not in PublicHolidays("NL", "Atlantis")


def test_places_are_known_by_country_and_region() -> None:
    assert is_known("DE", "BY")
    assert not is_known("DE", "ENG")
    assert not is_known("XX")
    assert (regions("GB") or {})["SCT"] == ("Scotland",)
