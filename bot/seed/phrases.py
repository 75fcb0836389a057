"""What reps write down, in the language they work in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """`call_back`, `call_again` and `ask_decision` are words for a next action; the rest are reasons and notes."""

    call_back: str
    call_again: str
    ask_decision: str
    notes: tuple[str, ...]
    waits: tuple[str, ...]
    not_now: tuple[str, ...]
    other_reason: tuple[str, ...]
    undecided: tuple[str, ...]


PHRASES: Mapping[str, Phrases] = {
    "nl": Phrases(
        call_back="Terugbellen zoals afgesproken",
        call_again="Nog eens bellen",
        ask_decision="Besluit ophalen: ja, nee of niet nu",
        notes=(
            "Wil eerst met de compagnon overleggen.",
            "Vroeg naar een referentie in dezelfde branche.",
            "Enthousiast, maar de drukte zit tegen.",
            "De huidige leverancier reageert traag, dat irriteert.",
            "Financiën kijkt mee.",
            "Zag vooral winst in de rust op de werkvloer.",
        ),
        waits=(
            "Begrotingsronde",
            "Beslisser is met vakantie",
            "Eerst het jaarwerk afronden",
            "Verhuizing van het kantoor",
        ),
        not_now=("Contract loopt nog", "Reorganisatie, daarna graag", "Pas in het nieuwe boekjaar budget"),
        other_reason=("Bedrijf is overgenomen", "Contactpersoon vertrokken", "Stopt met deze activiteit"),
        undecided=("Drie keer om een besluit gevraagd, geen antwoord", "Blijft zeggen dat het nog even duurt"),
    ),
    "en": Phrases(
        call_back="Call back as agreed",
        call_again="Call once more",
        ask_decision="Hear the decision: yes, no or not now",
        notes=(
            "Wants to talk it over with a colleague first.",
            "Asked for a reference in the same trade.",
            "Keen, but short of time this month.",
            "Annoyed by how slow the present tool is.",
            "Finance is looking over their shoulder.",
            "Liked most that reports are ready on Monday.",
        ),
        waits=("Budget round", "The decider is on holiday", "Closing the year first", "Moving offices"),
        not_now=("Contract still runs", "Reorganising first", "No budget until the new year"),
        other_reason=("Was taken over", "Our contact left", "Stops with this line of business"),
        undecided=("Asked three times for a decision, no answer", "Keeps saying it will take a little longer"),
    ),
}
