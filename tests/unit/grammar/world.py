"""What the table of inputs and readings is read against: a few prospects with difficult names."""

from collections.abc import Sequence
from datetime import date

from bot.grammar.aliases import Aliases
from bot.grammar.readings import Context
from playbooks.names import KnownProspect, name_key

TODAY = date(2026, 3, 6)
"""A Friday."""


def known(number: int, name: str) -> KnownProspect:
    return KnownProspect(number, name, name_key(name))


ACME = known(1, "Acme BV")
ACME_MET = known(2, "Acme Met")
BAKKER = known(3, "Bakker & Zonen VOF")
ZURICH = known(4, "Café Zürich")
FRIDAY_SOFTWARE = known(5, "Friday Software BV")
MET_OFFICE = known(6, "Met Office")
JANSEN = known(7, "Jansen, Pieters en Partners")
SOLAR_NOORD = known(8, "Solar Noord")
SOLAR_ZUID = known(9, "Solar Zuid")
LOST_BOYS = known(10, "Lost Boys BV")
SHALOM = known(11, "שלום בע״מ")
FEEST = known(12, "🎉 Feest")
STEP_THREE = known(13, "Step3")
TWIN_BV = known(14, "Twin BV")
TWIN_NV = known(15, "Twin NV")
LONG = known(16, "Lange Naam " * 18 + "BV")
METAAL = known(17, "Groot Metaal BV")
BOEK = known(18, 'Boek: "De Uitgever" BV')

EVERYONE = (
    *(ACME, ACME_MET, BAKKER, ZURICH, FRIDAY_SOFTWARE, MET_OFFICE, JANSEN, SOLAR_NOORD, SOLAR_ZUID),
    *(LOST_BOYS, SHALOM, FEEST, STEP_THREE, TWIN_BV, TWIN_NV, LONG, METAAL, BOEK),
)


class Prospects:
    """A look-up in a list; counts how often every prospect was asked for, which costs the most."""

    def __init__(self, prospects: Sequence[KnownProspect] = EVERYONE) -> None:
        self.prospects = prospects
        self.asked_for_all = 0

    def by_keys(self, keys: Sequence[str]) -> Sequence[KnownProspect]:
        return [prospect for prospect in self.prospects if prospect.key in keys]

    def starting_with(self, beginning: str, limit: int) -> Sequence[KnownProspect]:
        return [prospect for prospect in self.prospects if prospect.key.startswith(beginning)][:limit]

    def all(self) -> Sequence[KnownProspect]:
        self.asked_for_all += 1
        return self.prospects


class Words:
    """The outcomes and reasons of one playbook, whatever the prospect."""

    def outcomes(self, prospect: KnownProspect | None) -> Aliases[str]:
        return Aliases.of(
            {
                **dict.fromkeys(("no answer", "geen gehoor"), "no_answer"),
                **dict.fromkeys(("voicemail",), "voicemail"),
                **dict.fromkeys(("sent", "verstuurd"), "sent"),
                **dict.fromkeys(("talked", "gesproken"), "talked"),
                **dict.fromkeys(("met", "ontmoet"), "met"),
                **dict.fromkeys(("no-show", "niet verschenen"), "no_show"),
            }
        )

    def lost_reasons(self, prospect: KnownProspect | None) -> Aliases[str]:
        return Aliases.of(
            {
                **dict.fromkeys(("price", "prijs"), "price"),
                **dict.fromkeys(("competitor", "concurrent"), "competitor"),
                **dict.fromkeys(("no budget", "geen budget"), "no_budget"),
                **dict.fromkeys(("other", "anders"), "other"),
            }
        )


def a_context(
    *, today: date = TODAY, locale: str = "nl-NL", prospects: Prospects | None = None, chosen: int | None = None
) -> Context:
    return Context(today, locale, prospects or Prospects(), Words(), chosen)
