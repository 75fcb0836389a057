"""History from a file: all of it in one transaction, each journey once however often the file comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Final, TypeVar

from bot.usecases.imported_reps import Reps, UnknownRep
from bot.usecases.publish_playbooks import PlaybookFile, publish_playbooks
from playbooks.calendar import Calendar
from playbooks.funnel.visits import RETURNED, Exit
from playbooks.imported import Beginning, NewProspect, Span, Teller, import_key, import_keys, reviews, told_of
from playbooks.imports.faults import BadRow
from playbooks.imports.runs import Run
from playbooks.names import same_company
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork

_LOCALES: Final = {"nl": "nl-NL", "en": "en-GB"}
OPEN_ALREADY: Final = "has an open journey here already; close that one first, or leave this prospect out"
_AT_A_TIME: Final = 2_000
"""Journeys whose rows are made and written together."""

Progress = Callable[[int], None]
"""Hears how many journeys are done."""


@dataclass(frozen=True, slots=True)
class ImportHistory:
    """Runs of a file that was read with the steps of this playbook.

    `publishes` are files to publish first; `playbook` is the key of the one to import into, `reps` whom the
    mapping names for the words of the file. With `skips_bad` what contradicts the workspace is left out.
    """

    runs: Sequence[Run]
    playbook: str
    publishes: Sequence[PlaybookFile] = ()
    reps: Mapping[str, str] = field(default_factory=dict)
    skips_bad: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `visits` are those of the new journeys, `inferred` among them those it had to assume.

    `here_already` journeys came with an earlier import, `differing` of them with other visits than now: those
    stay as they are. `bad` are the rows that contradicted the workspace, `left_out` the keys of their prospects.
    `exits` counts the journeys by how they ended, UNDECIDED are the open ones.
    """

    playbook: PublishedPlaybook
    journeys: int
    prospects: int
    events: int
    visits: int
    inferred: int
    returned: int
    exits: Mapping[Exit, int]
    sources: Mapping[str, int]
    reps: int
    unknown_reps: tuple[UnknownRep, ...]
    unassigned: int
    here_already: int
    differing: tuple[Run, ...]
    bad: tuple[BadRow, ...]
    left_out: frozenset[str]


class Contradicted(Exception):  # noqa: N818 - it reads as what happened: the workspace contradicts the file
    """Rows that cannot stand beside what the workspace holds; nothing was written."""

    def __init__(self, bad: Sequence[BadRow]) -> None:
        super().__init__(f"{len(bad)} rows contradict the workspace")
        self.bad = tuple(bad)


def import_history(
    command: ImportHistory,
    uow: UnitOfWork,
    at: datetime,
    *,
    dry_run: bool = False,
    told: Progress = lambda _: None,
) -> Imported:
    """Keeps the journeys that are new, or none of them.

    Raises `Contradicted` for prospects that are open here already, unless the command skips those, and
    `FileRefusedError` for a rep whose name two members have. A dry run does everything but commit.
    """
    with uow:
        uow.imports.take_time()
        uow.take_turns()
        publish_playbooks(command.publishes, uow, at=at, by=None)
        published = next(known for known in uow.playbooks.current() if known.key == command.playbook)
        work = _Import(command, uow, published, at)
        new, standing = work.not_here_yet()
        new, bad = work.placed(new)
        if bad and not command.skips_bad:
            raise Contradicted(bad)
        reps = Reps(uow, command.reps, _LOCALES[work.language])
        members = reps.members({stay.rep for run in new for stay in run.stays})
        events = work.keep(new, members, told)
        if not dry_run:
            uow.commit()
        return work.imported(new, standing, reps, bad, events)


class _Import:
    def __init__(
        self, command: ImportHistory, uow: UnitOfWork, published: PublishedPlaybook, at: datetime
    ) -> None:
        self._command, self._uow, self._published, self._at = command, uow, published, at
        self._playbook = uow.playbooks.get(published.id)
        self._today = Calendar(uow.workspace.zone).today(at)
        self.language = self._playbook.language
        self._prospects: dict[int, int] = {}
        self._new_prospects: list[NewProspect] = []
        self._left_out: set[str] = set()

    def not_here_yet(self) -> tuple[list[Run], dict[int, Run]]:
        """The runs that are new, and those that an earlier import brought, by journey."""
        new: list[Run] = []
        standing: dict[int, Run] = {}
        for part in _parts(self._command.runs):
            keys = [import_keys(run) for run in part]
            there = self._uow.journeys.imported(list(chain.from_iterable(keys)))
            for its, run in zip(keys, part, strict=True):
                journey = next((there[key] for key in its if key in there), None)
                if journey is None:
                    new.append(run)
                else:
                    standing[journey] = run
        return new, standing

    def placed(self, runs: Sequence[Run]) -> tuple[list[Run], list[BadRow]]:
        """The runs that can begin, each with its prospect, known or added; and the rows of those that cannot.

        A company that is known keeps its row; nobody has two journeys at the same time.
        """
        known = self._known([run.key for run in runs])
        here = [_same(run, known.get(run.key, ())) for run in runs]
        spans = self._spans({each for each in here if each is not None})
        bad: list[BadRow] = []
        refused: set[int | None] = set()
        for each, run in zip(here, runs, strict=True):
            if each is not None and (why := _in_the_way(run, spans.get(each, ()))):
                bad.append(BadRow(run.line, "prospect", run.prospect, why))
                refused.add(each)
                self._left_out.add(run.key)
        kept: list[Run] = []
        new: dict[tuple[str, str], list[int]] = {}
        for each, run in zip(here, runs, strict=True):
            if each in refused:
                continue
            if each is None:
                new.setdefault((run.key, run.prospect), []).append(len(kept))
            else:
                self._prospects[len(kept)] = each
            kept.append(run)
        self._add(new, kept)
        return kept, bad

    def keep(self, runs: Sequence[Run], members: Mapping[str, int], told: Progress) -> int:
        """Writes the journeys; gives how many events they have."""
        teller = Teller(self._playbook, members, at=self._at, today=self._today)
        days = self._review_days(runs, members)
        steps = self._uow.visits.steps(self._published.id)
        events = 0
        for first in range(0, len(runs), _AT_A_TIME):
            beginnings = [
                Beginning(
                    prospect_id=self._prospects[number],
                    history=teller.history(run, days.get(number, self._today)),
                    visits=teller.visits(run, steps),
                    import_key=import_key(run),
                )
                for number, run in enumerate(runs[first : first + _AT_A_TIME], start=first)
            ]
            self._uow.imports.start_all(self._published.id, beginnings)
            events += sum(len(beginning.history) for beginning in beginnings)
            told(first + len(beginnings))
        return events

    def imported(
        self, runs: Sequence[Run], standing: Mapping[int, Run], reps: Reps, bad: Sequence[BadRow], events: int
    ) -> Imported:
        stays = [stay for run in runs for stay in run.stays]
        return Imported(
            playbook=self._published,
            journeys=len(runs),
            prospects=len(self._new_prospects),
            events=events,
            visits=len(stays),
            inferred=sum(stay.inferred for stay in stays),
            returned=sum(run.returned for run in runs),
            exits=Counter(run.exit for run in runs),
            sources=Counter(_plain(run.source) or "" for run in runs),
            reps=len({stay.rep.casefold() for stay in stays if stay.rep}),
            unknown_reps=tuple(reps.unknown),
            unassigned=sum(not run.stays[-1].rep for run in runs),
            here_already=len(standing),
            differing=tuple(self._differing(standing)),
            bad=tuple(bad),
            left_out=frozenset(self._left_out),
        )

    def _differing(self, standing: Mapping[int, Run]) -> Iterator[Run]:
        """The runs that say something else than what was imported under their name."""
        teller = Teller(self._playbook, _Anybody(), at=self._at, today=self._today)
        for part in _parts(list(standing)):
            told = self._uow.imports.told(part)
            for journey in part:
                run = standing[journey]
                if told.get(journey) != told_of(teller.history(run, self._today)):
                    yield run

    def _known(self, keys: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
        known: dict[str, list[tuple[int, str]]] = {}
        for part in _parts(sorted(set(keys))):
            for prospect in self._uow.prospects.by_keys(part):
                known.setdefault(prospect.key, []).append((prospect.id, prospect.name))
        return known

    def _spans(self, prospects: Iterable[int]) -> dict[int, Sequence[Span]]:
        found: dict[int, Sequence[Span]] = {}
        for part in _parts(sorted(prospects)):
            found |= self._uow.imports.spans(part)
        return found

    def _add(self, new: Mapping[tuple[str, str], Sequence[int]], kept: Sequence[Run]) -> None:
        """Adds the prospects that nobody knows here, one for all journeys of the same name."""
        for part in _parts(list(new)):
            prospects = [NewProspect(name, key, _plain(kept[new[key, name][0]].source)) for key, name in part]
            for wanted, added in zip(part, self._uow.imports.add_prospects(prospects), strict=True):
                self._prospects.update(dict.fromkeys(new[wanted], added))
            self._new_prospects += prospects

    def _review_days(self, runs: Sequence[Run], members: Mapping[str, int]) -> dict[int, date]:
        """When each open prospect is looked at, and when each *not now* is back at the earliest: newest first."""
        days: dict[int, date] = {}
        for exit_ in (Exit.UNDECIDED, Exit.NOT_NOW):
            these = [number for number, run in enumerate(runs) if run.exit is exit_]
            these.sort(key=lambda number: runs[number].stays[-1].entered, reverse=True)
            owners = [members[runs[number].stays[-1].rep] for number in these]
            days |= zip(these, reviews(owners, self._uow.members.calendar, self._today), strict=True)
        return days


class _Anybody(dict[str, int]):
    """Who has a prospect makes no difference to what is compared."""

    def __missing__(self, rep: str) -> int:
        return 0


def _same(run: Run, known: Sequence[tuple[int, str]]) -> int | None:
    """The prospect of this name, if the workspace knows it."""
    return next((number for number, name in known if same_company(name, run.prospect)), None)


def _in_the_way(run: Run, spans: Sequence[Span]) -> str | None:
    """Why a run cannot stand beside the journeys that its prospect has here."""
    own = Span(run.stays[0].entered_on, run.stays[-1].left_on)
    other = next((span for span in spans if span.overlaps(own)), None)
    if other is None:
        return None
    if other.last is None and own.last is None:
        return OPEN_ALREADY
    until = f"until {other.last.isoformat()}" if other.last else "which is open"
    return f"had a journey here at that time, from {other.first.isoformat()} {until}; leave this one out"


def _plain(source: str | None) -> str | None:
    """The source without the mark of a prospect that came back."""
    return source.removeprefix(RETURNED) or None if source else None


_Part = TypeVar("_Part")


def _parts(of: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    for first in range(0, len(of), _AT_A_TIME):
        yield of[first : first + _AT_A_TIME]
