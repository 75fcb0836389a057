"""Countries and regions as they are typed."""

from __future__ import annotations

import pytest

from bot.grammar.places import PlaceUnknown, read_country, read_region, region_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NL", "NL"),
        ("nederland", "NL"),
        ("The Netherlands", "NL"),
        ("Netherlands", "NL"),
        ("Holland", "NL"),
        ("België", "BE"),
        ("belgie", "BE"),
        ("Belgium", "BE"),
        ("UK", "GB"),
        ("Verenigd Koninkrijk", "GB"),
        ("Duitsland", "DE"),
    ],
)
def test_a_country_is_read_in_both_languages_and_by_code(text: str, code: str) -> None:
    assert read_country(text) == code


def test_an_unknown_country_names_the_closest() -> None:
    unknown = read_country("Nederlnad")
    assert isinstance(unknown, PlaceUnknown)
    assert unknown.closest[0] == "NL"


def test_a_country_without_known_holidays_is_told() -> None:
    assert read_country("European Union") == PlaceUnknown("European Union", ())


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [("Bayern", "DE", "BY"), ("by", "DE", "BY"), ("Scotland", "GB", "SCT"), ("genève", "CH", "GE")],
)
def test_a_region_is_read_by_its_name_or_code(text: str, country: str, code: str) -> None:
    assert read_region(text, country) == code


def test_a_region_of_another_country_is_told() -> None:
    unknown = read_region("Bayern", "GB")
    assert isinstance(unknown, PlaceUnknown)
    assert read_region("Bayern", "LU") == PlaceUnknown("Bayern", ())


def test_a_region_is_called_what_it_calls_itself() -> None:
    assert (region_name("DE", "BY"), region_name("NL", "Noord")) == ("Bayern", "Noord")
