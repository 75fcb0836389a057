"""One playbook's numbers on one day: what all questions about them start from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final, Self

from bot.usecases.named_playbooks import playbook_said
from playbooks.calendar import Calendar
from playbooks.funnel.histogram import Dimension, Known
from playbooks.funnel.picture import Funnel, StepOfFunnel, funnel, steps_of
from playbooks.funnel.ranges import DEFAULT_CERTAINTY
from playbooks.funnel.windows import DEFAULT_WEEKS
from playbooks.model import Playbook
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused

MOST_WEEKS: Final = 520
LEAST_CERTAINTY: Final = 0.5
MOST_CERTAINTY: Final = 0.99


@dataclass(frozen=True)
class Numbers:
    """The newest version of one playbook, as known before the local day `as_of`, in an open unit of work."""

    uow: UnitOfWork
    playbook: PublishedPlaybook
    as_of: date

    @classmethod
    def of(cls, uow: UnitOfWork, said: str, at: datetime, as_of: date | None = None) -> Self:
        """Of the playbook as it was named (empty: the default); `as_of` None: today in the workspace's zone.

        Raises `Refused(PLAYBOOK_UNKNOWN)`.
        """
        return cls(uow, playbook_said(uow, said), as_of or Calendar(uow.workspace.zone).today(at))

    @cached_property
    def book(self) -> Playbook:
        return self.uow.playbooks.get(self.playbook.id)

    @cached_property
    def steps(self) -> tuple[StepOfFunnel, ...]:
        """Those of the newest version, in order."""
        return steps_of(self.book, self.identities)

    @cached_property
    def identities(self) -> tuple[int, ...]:
        return tuple(self.uow.visits.steps(self.playbook.id))

    @cached_property
    def all_identities(self) -> tuple[int, ...]:
        """The steps of all versions: a journey ends in the steps it began with, and its win is a win."""
        versions = self.uow.playbooks.versions(self.playbook.key)
        return tuple(sorted({step for each in versions for step in self.uow.visits.steps(each.published.id)}))

    @property
    def others(self) -> tuple[str, ...]:
        """The names of the workspace's other playbooks."""
        return tuple(each.name for each in self.uow.playbooks.current() if each.id != self.playbook.id)

    def load(self, since: date | None, by: Dimension | None = None) -> Known:
        return self.uow.visits.known(self.identities, self.as_of, since=since, by=by)

    def load_all(self, since: date | None) -> Known:
        """The same of the steps of all versions."""
        return self.uow.visits.known(self.all_identities, self.as_of, since=since)

    def standing(self) -> Known:
        """Who is undecided in these steps now."""
        return self.load(self.as_of)

    def funnel(
        self,
        *,
        weeks: int | None = DEFAULT_WEEKS,
        certainty: float = DEFAULT_CERTAINTY,
        by: Dimension | None = None,
        only: Collection[str] | None = None,
    ) -> Funnel:
        """All of it; `by` gives the slices, or `only` these.

        Raises `Refused(WEEKS_OUT_OF_RANGE)`, `Refused(CERTAINTY_OUT_OF_RANGE)`.
        """
        if weeks is not None and not 1 <= weeks <= MOST_WEEKS:
            raise Refused(Refusal.WEEKS_OUT_OF_RANGE, weeks=weeks, most=MOST_WEEKS)
        check_certainty(certainty)
        return funnel(self.steps, self.load, self.as_of, weeks=weeks, certainty=certainty, by=by, only=only)


def missing(seen: Funnel) -> tuple[StepOfFunnel, ...]:
    """The steps with neither enough data nor an expectation."""
    return tuple(figures.step for figures in seen.steps if figures.used is None)


def check_certainty(certainty: float) -> None:
    """Raises `Refused(CERTAINTY_OUT_OF_RANGE)`: a coin's certainty tells nothing, and nobody has all of it."""
    if not LEAST_CERTAINTY <= certainty <= MOST_CERTAINTY:
        raise Refused(
            Refusal.CERTAINTY_OUT_OF_RANGE, certainty=certainty, least=LEAST_CERTAINTY, most=MOST_CERTAINTY
        )
