"""Companies and people that do not exist, and could."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from playbooks.prospect import Person


@dataclass(frozen=True, slots=True)
class _Country:
    """`first` and `second` make a name; no first part stands in two countries, so that no name does."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    forms: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    phone: str


# "Kestrel" is left out: the demo's commands add a Kestrel Robotics.
_COUNTRIES: Mapping[str, _Country] = {
    "nl": _Country(
        first=(
            "Van Dijk", "Noordzee", "Blauw", "Hartman", "De Linde", "Zuiderpark", "Waterland", "Kompas",
            "Brouwer", "Polder", "Heide", "Vermeer", "Anker", "Jonker", "Havik", "Rivier", "Molenaar",
            "De Boer", "Duinrand", "Hofstede", "Kranenburg", "Lindeboom", "Meerzicht", "Oranje", "Prinsen",
        ),
        second=(
            "Logistiek", "Techniek", "Zorg", "Bouw", "Advies", "Interieur", "Energie", "Installaties",
            "Onderwijs", "Metaal", "Vastgoed", "Catering", "Drukwerk", "Transport", "Groothandel",
        ),
        forms=("BV", "B.V.", "", "", "NV", "VOF"),
        people=(
            ("Ingrid Bos", "directeur"), ("Mark Visser", "financieel manager"), ("Aisha Karimi", "hoofd inkoop"),
            ("Els Mulder", "eigenaar"), ("Peter van den Berg", "IT-manager"), ("Yusuf Demir", "manager logistiek"),
            ("Anne Smit", "HR-manager"), ("Marieke Hoekstra", "hoofd operatie"), ("Joris Peeters", "directeur"),
            ("Nadia Haddad", "controller"), ("Koen Wouters", "bedrijfsleider"), ("Lotte Dekker", "eigenaar"),
        ),
        phone="+31 6",
    ),
    "en": _Country(
        first=(
            "Meridian", "Bright", "Oak", "Silver", "Lighthouse", "Castor", "Summit", "Willow", "Delta", "Maple",
            "Beacon", "Falcon", "Ashdown", "Bramley", "Calder", "Dunmore", "Elmwood", "Fairfax", "Granville",
            "Highgate", "Ironbridge", "Marlow", "Northgate", "Pemberton", "Redwood",
        ),
        second=(
            "Foods", "Media", "Software", "Fashion", "Retail", "Analytics", "Print", "Insurance", "Freight",
            "Biotech", "Studios", "Payments", "Travel", "Publishing", "Homes",
        ),
        forms=("Ltd", "Ltd", "", "", "plc", "LLP"),
        people=(
            ("Tom Edwards", "operations director"), ("Chloé Martin", "COO"), ("James Whitfield", "founder"),
            ("Lars Petersen", "CFO"), ("Priya Shah", "head of sales operations"), ("Grace Okafor", "VP Sales"),
            ("Daniel Hughes", "head of IT"), ("Sophie Turner", "marketing director"), ("Omar Farouk", "CTO"),
            ("Hannah Lloyd", "finance director"), ("Rory Campbell", "owner"), ("Mei Lin", "head of procurement"),
        ),
        phone="+44 7",
    ),
}  # fmt: skip


def companies(chance: random.Random, language: str) -> Iterator[str]:
    """Names in this language (`nl` or `en`) without end, each once."""
    country = _COUNTRIES[language]
    plain = [f"{first} {second}" for first in country.first for second in country.second]
    chance.shuffle(plain)
    for round_number in count(1):
        for name in plain:
            numbered = name if round_number == 1 else f"{name} {round_number}"
            yield f"{numbered} {chance.choice(country.forms)}".strip()


def person(chance: random.Random, language: str) -> Person:
    """Somebody who decides; a few without a phone number, as in life."""
    country = _COUNTRIES[language]
    name, role = chance.choice(country.people)
    number = f"{country.phone} {chance.randrange(10**7, 10**8)}"
    return Person(name=name, role=role, phone=number if chance.random() < 0.8 else None, decides=True)


def colleague(number: int) -> tuple[str, str]:
    """The name of a generated member, and how often it was given before: `("Noor Maas", "2")`."""
    first = ("Noor", "Bram", "Fleur", "Sem", "Iris", "Thijs", "Eva", "Ruben", "Lieke", "Mees")
    last = ("Maas", "Kuiper", "Vos", "Postma", "Schouten", "Blom", "Hendriks", "Prins", "Kok", "Verbeek", "Timmer")
    round_number, place = divmod(number, len(first) * len(last))
    name = f"{first[place % len(first)]} {last[place % len(last)]}"
    return name, str(round_number + 1) if round_number else ""
