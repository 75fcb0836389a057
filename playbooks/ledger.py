"""What planning and delivering ask of a store: the ledger of deliveries, and who is owed something.

`storage` provides them. A `Ledger` reaches across workspaces; `Deliveries` and `Agenda` are parts of a unit of
work in one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from playbooks.calendar import Calendar
from playbooks.deliveries import Delivery, Kind, LedgerCounts, Owed, State, Timing
from playbooks.team import Member, Rhythm, Team


class Ledger(Protocol):
    """Every delivery of every workspace; each call is a transaction of its own.

    Its time is the database's on PostgreSQL, so that machines whose clocks differ agree on leases; it is the
    machine's on SQLite; a store may be given another clock. Every call raises `Busy` when the database lets
    nobody in.
    """

    def now(self) -> datetime:
        """The time by which leases are judged."""

    def due(self, limit: int) -> Sequence[Delivery]:
        """What may be claimed now, the longest due first; never the sections of a daily message."""

    def claim(self, delivery_id: int, owner: str, timing: Timing) -> Delivery | None:
        """Ours for one lease, committed; None when it cannot be claimed now: another has it, or it is not due."""

    def holds(self, claimed: Delivery, timing: Timing) -> bool:
        """Whether it is still ours with time left for one call to Slack: the fence, asked just before sending."""

    def record(
        self,
        claimed: Delivery,
        after: Delivery,
        *,
        covers: Collection[str] | None = None,
        hold_until: datetime | None = None,
    ) -> bool:
        """Keeps what became of a claim. False, and nothing is kept, when it is no longer ours.

        When a daily message arrived, its sections whose keys are in `covers` (None: all) arrived with it, and its
        others are cancelled, as all are when it was. When it ended otherwise, they wait for the next one. Until
        `hold_until` nothing else is claimed for the same recipient.
        """

    def reconcile(self, timing: Timing) -> int:
        """Takes back leases that ran out, ends what has expired; gives how many."""

    def counts(self, slack_team: str | None = None) -> LedgerCounts: ...
    def listed(
        self, states: Collection[State] = (), *, slack_team: str | None = None, limit: int = 100
    ) -> Sequence[Delivery]:
        """The newest first; no states means all."""

    def get(self, delivery_id: int) -> Delivery:
        """Raises `NotHere`."""

    def retry(self, delivery_id: int) -> bool:
        """Due again, from failed, expired or cancelled; from unknown it is looked up first. False from others."""

    def send_anyway(self, delivery_id: int) -> bool:
        """Due again without a look-up, from unknown only: the second of two clicks gets False."""

    def slack_teams_with_plans(self, now: datetime) -> Sequence[str]:
        """The workspaces where a member, a team or a sequel is due for planning by then, along indexes."""


class Deliveries(Protocol):
    """The ledger within a unit of work: planning stands or falls with what caused it."""

    def plan(self, owed: Sequence[Owed]) -> Sequence[str]:
        """The keys that are new; what was planned before stays as it is."""

    def get(self, delivery_id: int) -> Delivery:
        """Raises `NotHere`, also for another workspace's."""

    def sections_of(self, daily_key: str) -> Sequence[Delivery]:
        """What this daily message carries and has not arrived yet, in the order in which it was planned."""

    def of_journey(self, journey_id: int) -> Sequence[Delivery]:
        """All about one journey, in the order in which it was planned."""

    def pass_on(self, kinds: Collection[Kind], *, of: int, to: Member, journey_id: int | None = None) -> None:
        """What of these kinds is still owed to the member `of`, about one journey or any, is owed to `to`.

        It becomes a part of their next daily message; what may have arrived already stays.
        """

    def take_up_again(self, journey_id: int, step: int) -> None:
        """What was cancelled of this journey in this step waits for a next daily message, where it may hold."""

    def last_sent(
        self, kind: Kind, *, member_id: int | None = None, team_id: int | None = None
    ) -> Delivery | None:
        """The one that arrived last, if any did."""


@dataclass(frozen=True, slots=True)
class DueMember:
    """A member whose rhythm wants a look. `next_daily_at` None: nobody computed it yet."""

    member: Member
    rhythm: Rhythm
    calendar: Calendar
    next_daily_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueTeam:
    """A team whose weekly digest wants a look. `next_digest_at` None: nobody computed it yet."""

    team: Team
    next_digest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alert:
    """Something about a journey that its owner has not been told in this run; `run_on` tells runs apart."""

    kind: Kind
    journey_id: int
    step_number: int
    owner_id: int
    run_on: date

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.journey_id}:{self.step_number}:{self.run_on.isoformat()}"


class Agenda(Protocol):
    """Who is owed what, read along indexed instants: what is not due costs nothing."""

    def members(self, now: datetime, limit: int) -> Sequence[DueMember]:
        """Active members whose `next_daily_at` has come, or was never computed; the longest due first."""

    def member(self, member_id: int) -> DueMember: ...
    def set_next_dailies(self, instants: Mapping[int, datetime]) -> None:
        """When to look at these members next, by id."""

    def teams(self, now: datetime, limit: int) -> Sequence[DueTeam]: ...
    def set_next_digest(self, team_id: int, at: datetime) -> None: ...
    def alerts(self, owners: Mapping[int, date]) -> Sequence[Alert]:
        """Stalls, decisions due and returns on each owner's local day, that were not planned in their run."""

    def carry(self, dailies: Mapping[int, str]) -> None:
        """Hands the sections that wait for these members' next daily message to it, by member id and key."""

    def sequels(self, now: datetime, limit: int) -> Sequence[Delivery]:
        """What arrived and may have to be followed by now, the oldest first."""

    def set_follow_at(self, delivery_id: int, at: datetime | None) -> None:
        """When to look again whether something has to follow; None: nothing will."""
