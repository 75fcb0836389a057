"""The outcomes of a contact and the reasons for losing that a playbook has when it names none."""

from __future__ import annotations

from playbooks.model import Counts, LostReason, Outcome

OTHER = "other"
"""The reason that every playbook has: in the rep's own words."""

_OUTCOMES = (
    ("no_answer", Counts.ATTEMPT, "No answer", "Geen gehoor", ("no answer", "geen gehoor", "niet bereikt")),
    ("voicemail", Counts.ATTEMPT, "Voicemail", "Voicemail", ("voicemail", "vm", "ingesproken")),
    ("sent", Counts.ATTEMPT, "Sent", "Verstuurd", ("sent", "verstuurd", "gestuurd", "gemaild", "mailed")),
    ("talked", Counts.CONTACT, "Talked", "Gesproken", ("talked", "spoke", "gesproken", "gebeld")),
    ("met", Counts.CONTACT, "Met", "Ontmoet", ("met", "meeting", "ontmoet", "afspraak gehad", "bezocht")),
    ("no_show", Counts.ATTEMPT, "No-show", "Niet verschenen", ("no show", "no-show", "niet verschenen")),
)
_REASONS = (
    ("price", "Price", "Prijs", ("price", "too expensive", "prijs", "te duur")),
    ("timing", "Timing", "Timing", ("timing", "bad timing", "verkeerd moment", "komt niet uit")),
    ("competitor", "Competitor", "Concurrent", ("competitor", "concurrent", "concurrentie")),
    ("no_need", "No need", "Geen behoefte", ("no need", "geen behoefte", "niet nodig")),
    ("no_budget", "No budget", "Geen budget", ("no budget", "budget", "geen budget", "geen geld")),
    ("no_fit", "No fit", "Past niet", ("no fit", "past niet", "geen match")),
    (OTHER, "Other", "Anders", ("other", "anders", "overig")),
)


def default_outcomes(language: str) -> tuple[Outcome, ...]:
    """Labels in this language (`nl`, else English), words to type in both."""
    return tuple(
        Outcome(key=key, label=dutch if language == "nl" else english, counts=counts, aliases=aliases)
        for key, counts, english, dutch, aliases in _OUTCOMES
    )


def default_lost_reasons(language: str) -> tuple[LostReason, ...]:
    """Labels in this language (`nl`, else English), words to type in both."""
    return tuple(
        LostReason(key=key, label=dutch if language == "nl" else english, aliases=aliases)
        for key, english, dutch, aliases in _REASONS
    )
