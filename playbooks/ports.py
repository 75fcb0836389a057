"""What the use cases ask of a store: a transaction with repositories in it, and read models.

`storage` provides them; tests may bring fakes. Everything is within one workspace: a unit of work is made for
it, and cannot see another's rows. Whatever is asked for by an id that is not there raises `NotHere`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Any, Protocol, Self

from playbooks.calendar import Calendar, DaysOff
from playbooks.history import Journey
from playbooks.imported import Imports
from playbooks.ledger import Agenda, Deliveries, Ledger
from playbooks.model import Playbook
from playbooks.names import KnownProspect
from playbooks.numbers import Forecasts, Targets, Visits
from playbooks.pipeline import Dossier, Filters, Line, Page, PlaybookVersion, PublishedPlaybook, StepCount
from playbooks.prospect import Person, Prospect
from playbooks.team import Member, Rhythm, Role, Team, Workspace


@dataclass(frozen=True, slots=True)
class Tracked:
    """A journey with what identifies it: its row, its prospect and the playbook version it keeps."""

    id: int
    prospect: Prospect
    playbook_id: int
    journey: Journey


@dataclass(frozen=True, slots=True)
class Handled:
    """What an incoming request already caused: the journey, the change, and when."""

    journey_id: int | None
    change: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked in Slack, as it came in: `body` is Slack's own, `at` when it reached us."""

    slack_team: str
    slack_user: str
    id: str
    kind: str
    body: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Claimed:
    """A saved request that is ours to work on, until then."""

    request: Request
    until: datetime


class Budget(Protocol):
    """How long the work of one request may take."""

    def is_over(self) -> bool: ...
    def committed(self) -> None:
        """Something of it is kept from now on."""


class Members(Protocol):
    def by_slack_id(self, slack_id: str) -> Member | None: ...
    def get(self, member_id: int) -> Member: ...
    def all(self) -> Sequence[Member]: ...
    def add(self, member: NewMember) -> Member: ...
    def update(self, member: Member) -> None:
        """Keeps what changed of a member: name, role, locale, zone, language, active."""

    def calendar(self, member_id: int) -> Calendar: ...
    def rhythm(self, member_id: int) -> Rhythm: ...
    def rhythms(self) -> Mapping[int, Rhythm]:
        """Everybody's, by member id."""

    def set_rhythm(self, member_id: int, rhythm: Rhythm) -> None:
        """Keeps when to speak to a member; the next daily message is planned anew.

        Whoever changes a calendar, here or below, calls `Journeys.move_deadlines` in the same transaction.
        """

    def days_off(self, member_id: int) -> Sequence[DaysOff]:
        """All that are known, the earliest first."""

    def set_days_off(self, member_id: int, days_off: Sequence[DaysOff]) -> None:
        """Replaces all of them; the next daily message is planned anew."""


@dataclass(frozen=True, slots=True)
class NewMember:
    """`country` and `region` bring the public holidays; None: there are none."""

    slack_id: str
    name: str
    role: Role
    locale: str
    zone: str
    team_id: int
    country: str | None = None
    region: str | None = None


class Playbooks(Protocol):
    def current(self) -> Sequence[PublishedPlaybook]:
        """The newest version of each playbook of the workspace, the default one first."""

    def get(self, playbook_id: int) -> Playbook: ...
    def newest(self, playbook_id: int) -> Playbook:
        """The newest version with the same steps: where an open journey takes its words from."""

    def source(self, playbook_id: int) -> str:
        """The YAML that a version was published from."""

    def versions(self, key: str) -> Sequence[PlaybookVersion]:
        """All versions of a playbook, the newest first."""

    def publish(
        self,
        text: str,
        playbook: Playbook,
        *,
        at: datetime,
        by: int | None,
        same: Mapping[int, int] | None = None,
    ) -> PublishedPlaybook:
        """Keeps a new version.

        A step counts on as the one of an earlier version with the same decision and evidence. `same` names, by
        number, steps whose words changed and which count on all the same, as the step of that identity (see
        `Visits.steps`). Raises `NotHere` when this playbook has no such step.
        """


class Prospects(Protocol):
    def by_keys(self, keys: Sequence[str]) -> Sequence[KnownProspect]: ...
    def starting_with(self, beginning: str, limit: int) -> Sequence[KnownProspect]:
        """At most `limit` prospects whose key starts with these letters, by name."""

    def all(self) -> Sequence[KnownProspect]: ...
    def get(self, prospect_id: int) -> Prospect: ...
    def add(self, name: str, *, source: str | None, value: int | None, people: Sequence[Person]) -> Prospect: ...
    def update(self, prospect: Prospect) -> None: ...


class Journeys(Protocol):
    """Every write goes through `journey.py` first; the database holds the same rules a second time.

    The journey of a `Tracked` has its own playbook version once it is closed; while it is open, the newest
    version with the same steps: new words reach it at once. In a writing unit, whoever reads a journey keeps
    others from changing it until the unit ends.
    """

    def start(
        self,
        prospect: Prospect,
        playbook_id: int,
        journey: Journey,
        calendar: Calendar,
        *,
        import_key: str | None = None,
    ) -> Tracked:
        """Keeps a new journey. Raises `Refused(OPEN_ALREADY)` when the prospect has an open one.

        `import_key` names the record that it was imported from, once in a workspace.
        """

    def imported(self, import_keys: Sequence[str]) -> Mapping[str, int]:
        """Which of these records were imported before: the ids of their journeys."""

    def get(self, journey_id: int, *, request: str | None = None) -> Tracked:
        """In a writing unit `request` is what it is read for: raises `AlreadyHandled` when it was done before."""

    def latest(self, prospect_id: int, *, request: str | None = None) -> Tracked | None:
        """The open journey of a prospect, else the one that ended last, else None; withdrawn ones never.

        `request` as in `get`.
        """

    def save(self, tracked: Tracked, journey: Journey, calendar: Calendar) -> Tracked:
        """Keeps the entries that `journey` has beyond `tracked`, and the row derived from it.

        Raises `Refused(CHANGED_MEANWHILE)` when somebody else saved first, `Refused(OPEN_ALREADY)` when an
        undo would open a second journey. `calendar` is the owner's.
        """

    def move_deadlines(self, owner_id: int) -> int:
        """Computes the deadlines of a member's open journeys anew, after their calendar changed; how many moved.

        Days off that are new give time, days worked after all take it. Nothing else of a journey changes, its
        version neither.
        """


class Inbox(Protocol):
    def seen(self, request_id: str) -> Handled | None: ...
    def keep(self, request_id: str, *, at: datetime, journey_id: int | None, change: int | None) -> None:
        """Notes what a request caused, in the transaction of what it caused; raises `AlreadyHandled`."""


class Pipeline(Protocol):
    """Read models."""

    def page(self, filters: Filters, *, today: date, offset: int, limit: int) -> Page:
        """Most urgent first: overdue, decision due, then by next action's date."""

    def line(self, journey_id: int) -> Line: ...
    def counts(self, filters: Filters, today: date) -> Sequence[StepCount]: ...
    def dossier(self, prospect_id: int) -> Dossier: ...
    def sources(self) -> Sequence[str]: ...
    def active_since(self, day: date) -> Sequence[Tracked]:
        """The journeys on which something happened on or after this day of the workspace, by id.

        To plan a next action is not enough.
        """


class UnitOfWork(Protocol):
    """One transaction in one workspace. Leaving the block without `commit()` takes everything back."""

    def within(self, budget: Budget) -> Self:
        """The same, raising `Busy` in place of its next statement once the budget is over."""

    def take_turns(self) -> None:
        """Waits for other units in this workspace that said the same: for what only the first of them does."""

    @property
    def workspace(self) -> Workspace: ...
    @property
    def team(self) -> Team: ...
    def update_team(self, team: Team) -> None:
        """Keeps all of a team but its workspace; the next digest is planned anew."""

    @property
    def members(self) -> Members: ...
    @property
    def playbooks(self) -> Playbooks: ...
    @property
    def prospects(self) -> Prospects: ...
    @property
    def journeys(self) -> Journeys: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def pipeline(self) -> Pipeline: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def agenda(self) -> Agenda: ...
    @property
    def visits(self) -> Visits: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def forecasts(self) -> Forecasts: ...
    @property
    def targets(self) -> Targets: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def commit(self) -> None: ...


class SavedRequests(Protocol):
    """Requests that were acknowledged before their work was done. Each call is a transaction of its own."""

    def save(self, request: Request, free_at: datetime) -> None:
        """Keeps a request until it is let go, the same one once; nobody takes it up before. Raises `Busy`."""

    def claim(self, now: datetime, until: datetime) -> Claimed | None:
        """The oldest that nobody works on, ours until then; None when there is none. Raises `Busy`."""

    def put_off(self, claimed: Claimed, until: datetime) -> None:
        """To be taken up again after that."""

    def let_go(self, claimed: Claimed) -> None:
        """It is done and answered."""


class Units(Protocol):
    """Opens units of work. A reading one takes no write lock; a writing one has it from its first statement."""

    def reading(self, slack_team: str) -> UnitOfWork: ...
    def writing(self, slack_team: str) -> UnitOfWork: ...
    @property
    def saved(self) -> SavedRequests: ...
    def ledger(self) -> Ledger: ...
    def workspace(self, slack_team: str) -> Workspace | None: ...
    def workspaces(self) -> Sequence[Workspace]:
        """All of them, the first founded first."""

    def found(self, slack_team: str, name: str, zone: str) -> Workspace:
        """Makes the workspace with its first team, or gives the one that stands.

        A workspace that an import made before Slack was there is taken over, when it is the only one: it keeps
        its zone, and gets Slack's id and name.
        """


class AlreadyHandled(Exception):  # noqa: N818 - a fact about the request, not a fault
    """A request that did its work before."""

    def __init__(self, handled: Handled) -> None:
        super().__init__(handled)
        self.handled = handled


class NotHere(LookupError):  # noqa: N818 - where it is looked for there is none, which may well be right
    """No such thing in this workspace: it never was, or it is another workspace's."""


class Busy(Exception):  # noqa: N818 - a state of the database, told to the person as "not saved"
    """The database did not let us in within the time an answer may take."""
