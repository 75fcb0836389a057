"""Everything about one prospect: its journeys, and how the present one stands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.change import Act
from playbooks.deadlines import Deadlines, Stall, deadlines, decision_is_due, stall
from playbooks.history import Journey, Status
from playbooks.pipeline import Dossier
from playbooks.ports import Tracked, UnitOfWork
from playbooks.refusal import Refusal, Refused


@dataclass(frozen=True, slots=True)
class ShowProspect:
    """`prospect` is its id."""

    prospect: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The dossier; the journey that counts now, the last one when all are over; and its dates while it is open."""

    dossier: Dossier
    present: Tracked
    deadlines: Deadlines | None
    stall: Stall | None
    decision_due: bool


def show_prospect(command: ShowProspect, uow: UnitOfWork, act: Act) -> Shown:
    """Raises `Refused(NO_JOURNEY)` for a prospect that was never started."""
    with uow:
        dossier = uow.pipeline.dossier(command.prospect)
        if not dossier.journeys:
            raise Refused(Refusal.NO_JOURNEY)
        present = uow.journeys.get(_present(dossier))
        calendar = uow.members.calendar(present.journey.owner)
        return Shown(
            dossier=dossier,
            present=present,
            deadlines=deadlines(present.journey, calendar) if present.journey.is_open else None,
            stall=stall(present.journey, calendar, act.today),
            decision_due=decision_is_due(present.journey, calendar, act.today),
        )


def _present(dossier: Dossier) -> int:
    """The newest journey that was not withdrawn, else the newest."""
    standing = [number for number, journey in dossier.journeys if _counts(journey)]
    return standing[0] if standing else dossier.journeys[0][0]


def _counts(journey: Journey) -> bool:
    return journey.status is not Status.WITHDRAWN
