"""The rules by which two names are the same, look alike, or differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.names import (
    KnownProspect,
    closest,
    closest_words,
    matches,
    name_key,
    typing_errors_allowed,
)


def known(*names: str) -> list[KnownProspect]:
    return [KnownProspect(id=number, name=name, key=name_key(name)) for number, name in enumerate(names, 1)]


def names_of(prospects: list[KnownProspect]) -> list[str]:
    return [prospect.name for prospect in prospects]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Acme BV", "acme"),
        ("Acme B.V.", "acme"),
        ("ACME, b.v.", "acme"),
        ("  Acme   N.V. ", "acme"),
        ("BV De Zaak", "de zaak"),
        ("Müller GmbH", "muller"),
        ("Müller GmbH & Co. KG", "muller"),
        ("Rossi S.r.l.", "rossi"),
        ("Dupont & Fils SARL", "dupont fils"),
        ("Smith Holding Ltd", "smith holding"),
        ("Smith & Co", "smith co"),
        ("Café Zürich VOF", "cafe zurich"),
        ("Straße AG", "strasse"),
        ("Ørsted", "orsted"),
        ("AG Insurance", "ag insurance"),
        ("O'Brien’s Inc.", "obriens"),
        ("Booking.com", "booking com"),
        ("Jansen, Pieters en Partners", "jansen pieters partners"),
        ("Bakker and Sons", "bakker sons"),
        ("En Passant", "en passant"),
        ("B.V.", "bv"),
        ("NV BV", "nv bv"),
        ("?!", "?!"),
        ("🎉 Feest BV", "🎉 feest"),
        ("❤️", "❤"),
        ("שלום בע״מ", "שלום בע מ"),
        ("\u200fشركة النور\u200f", "شركة النور"),
        ("株式会社", "株式会社"),
    ],
)
def test_a_name_has_one_key_whatever_its_accents_case_and_legal_form(name: str, key: str) -> None:
    assert name_key(name) == key


def test_vowel_signs_that_are_letters_tell_names_apart() -> None:
    assert name_key("कि") != name_key("कु")


@given(st.text(min_size=1, max_size=200))
def test_a_name_that_is_not_empty_has_a_key(name: str) -> None:
    assert name_key(name)


@given(st.text(max_size=200))
def test_the_key_of_a_key_is_itself(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key


def test_two_hundred_characters_have_a_key_of_their_own() -> None:
    assert name_key("é" * 199 + "x") == "e" * 199 + "x"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("acme", ["Acme BV"]),
        ("acme logistics", ["Acme Logistics BV"]),
        ("Acme Logistcs", ["Acme Logistics BV"]),
        ("Acme Logisitcs", ["Acme Logistics BV"]),
        ("logistics", []),
        ("zürich", ["Zurich Solar", "Zürich Data"]),
        ("zur", ["Zurich Solar", "Zürich Data"]),
        ("zurihc", ["Zurich Solar", "Zürich Data"]),
        ("zurich sloar", ["Zurich Solar"]),
        ("acne", ["Acme BV"]),
        ("abn", []),
        ("nothing like it", []),
    ],
)
def test_a_name_said_loosely_finds_what_it_can_mean(said: str, found: list[str]) -> None:
    prospects = known("Acme BV", "Acme Logistics BV", "Zurich Solar", "Zürich Data", "ABM")
    assert names_of(matches(said, prospects)) == found


def test_only_the_names_with_the_fewest_typing_errors_are_offered() -> None:
    assert names_of(matches("jansenbow", known("Jansenbouw", "Jansenbouwt"))) == ["Jansenbouw"]


@pytest.mark.parametrize(
    ("key", "errors"), [("abn", 0), ("acme", 1), ("janssen", 1), ("logistic", 2), ("x" * 200, 2)]
)
def test_longer_names_forgive_more(key: str, errors: int) -> None:
    assert typing_errors_allowed(key) == errors


def test_the_closest_three_are_given_even_when_none_is_near() -> None:
    prospects = known("Acme Logistics", "Bakker", "Solar Noord", "Data Zorg")
    assert len(closest("xyz", prospects)) == 3
    assert names_of(closest("logistics acme", prospects))[0] == "Acme Logistics"


def test_fewer_than_three_known_gives_fewer() -> None:
    assert closest("acme", []) == []
    assert names_of(closest("acme", known("Bakker"))) == ["Bakker"]


def test_a_mistyped_command_has_its_closest() -> None:
    assert closest_words("avdance", ["add", "advance", "log"], 1) == ["advance"]
