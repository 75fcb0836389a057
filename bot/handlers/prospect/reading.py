"""What a typed command is read against: the workspace's prospects and its playbooks' words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.grammar.aliases import Aliases
from bot.grammar.readings import Context
from bot.handlers.desk import Desk
from playbooks.model import LostReason, Outcome, Playbook
from playbooks.names import KnownProspect
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class WorkspaceWords:
    """Outcomes and reasons by what members call them: of a prospect's own playbook, or of all together."""

    uow: UnitOfWork
    _current: list[Playbook] = field(default_factory=list, init=False)
    """Read once, when something is asked."""

    def outcomes(self, prospect: KnownProspect | None) -> Aliases[str]:
        return _aliases(tuple(outcome for playbook in self._playbooks(prospect) for outcome in playbook.outcomes))

    def lost_reasons(self, prospect: KnownProspect | None) -> Aliases[str]:
        return _aliases(
            tuple(reason for playbook in self._playbooks(prospect) for reason in playbook.lost_reasons)
        )

    def _playbooks(self, prospect: KnownProspect | None) -> Sequence[Playbook]:
        if not self._current:
            self._current.extend(self.uow.playbooks.get(each.id) for each in self.uow.playbooks.current())
        if prospect is None or len(self._current) == 1:
            return self._current
        tracked = self.uow.journeys.latest(prospect.id)
        return [tracked.journey.playbook] if tracked else self._current


def context(desk: Desk, uow: UnitOfWork, chosen: int | None = None) -> Context:
    """Who reads, on which day; `chosen` is the prospect picked from a menu."""
    return Context(
        today=desk.reader.today,
        locale=desk.reader.words.locale,
        prospects=uow.prospects,
        words=WorkspaceWords(uow),
        chosen=chosen,
    )


@lru_cache(maxsize=64)
def _aliases(things: tuple[Outcome | LostReason, ...]) -> Aliases[str]:
    return Aliases.of({said: thing.key for thing in reversed(things) for said in _said(thing)})


def _said(thing: Outcome | LostReason) -> Iterable[str]:
    return (thing.label, *thing.aliases, thing.key, thing.key.replace("_", " "))
