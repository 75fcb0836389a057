"""Many use cases in one transaction: a seed that fails leaves little behind, and waits less for the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from playbooks.imported import Imports
from playbooks.ledger import Agenda, Deliveries
from playbooks.numbers import Forecasts, Targets, Visits
from playbooks.ports import (
    Budget,
    Inbox,
    Journeys,
    Members,
    Pipeline,
    Playbooks,
    Prospects,
    UnitOfWork,
    Units,
)
from playbooks.team import Team, Workspace


@contextmanager
def long_unit(units: Units, slack_team: str, *, most: int) -> Iterator[UnitOfWork]:
    """A unit of work that use cases may enter and commit again and again; every `most` commits it really does.

    Up to that many it is all or nothing. A use case that raises takes back nothing by itself: let it end the
    block, which takes back all that was not committed.
    """
    unit = _LongUnit(units, slack_team, most)
    try:
        yield unit
    except BaseException as error:
        unit.abandon(error)
        raise
    unit.end()


class _LongUnit:
    def __init__(self, units: Units, slack_team: str, most: int) -> None:
        self._units = units
        self._slack_team = slack_team
        self._most = most
        self._commits = 0
        self._unit = self._begun()

    def end(self) -> None:
        self._unit.commit()
        self._unit.__exit__(None, None, None)

    def abandon(self, error: BaseException) -> None:
        self._unit.__exit__(type(error), error, error.__traceback__)

    def _begun(self) -> UnitOfWork:
        return self._units.writing(self._slack_team).__enter__()

    def within(self, budget: Budget) -> Self:
        """Nobody waits for an answer: the budget does not matter."""
        del budget
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leaves the transaction open for the next use case."""
        if error is None and self._commits >= self._most:
            self.end()
            self._unit, self._commits = self._begun(), 0

    def commit(self) -> None:
        self._commits += 1

    def take_turns(self) -> None:
        self._unit.take_turns()

    @property
    def workspace(self) -> Workspace:
        return self._unit.workspace

    @property
    def team(self) -> Team:
        return self._unit.team

    def update_team(self, team: Team) -> None:
        self._unit.update_team(team)

    @property
    def members(self) -> Members:
        return self._unit.members

    @property
    def playbooks(self) -> Playbooks:
        return self._unit.playbooks

    @property
    def prospects(self) -> Prospects:
        return self._unit.prospects

    @property
    def journeys(self) -> Journeys:
        return self._unit.journeys

    @property
    def inbox(self) -> Inbox:
        return self._unit.inbox

    @property
    def pipeline(self) -> Pipeline:
        return self._unit.pipeline

    @property
    def deliveries(self) -> Deliveries:
        return self._unit.deliveries

    @property
    def agenda(self) -> Agenda:
        return self._unit.agenda

    @property
    def imports(self) -> Imports:
        return self._unit.imports

    @property
    def visits(self) -> Visits:
        return self._unit.visits

    @property
    def forecasts(self) -> Forecasts:
        return self._unit.forecasts

    @property
    def targets(self) -> Targets:
        return self._unit.targets
