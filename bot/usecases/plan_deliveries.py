"""Writes down what is owed by now: rows of the ledger, each once, however often and wherever it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Final
from zoneinfo import ZoneInfo

from bot.usecases.follow_up import follow_up
from bot.usecases.sections import section
from playbooks.calendar import Calendar
from playbooks.deliveries import USUAL, Kind, Owed, Timing
from playbooks.ledger import DueMember, DueTeam
from playbooks.ports import UnitOfWork, Units
from playbooks.rhythm import Slot, daily_slot, digest_slot, next_daily_at, next_digest_at
from playbooks.team import Rhythm, Team

_AT_A_TIME: Final = 500
"""Members, teams or sequels in one transaction: nobody who answers a person waits long for the database."""
_ALL: Final = 1_000_000
_CLOCKS: Final = 4_096
"""Different hours, zones and days off that are remembered while planning: most members share theirs."""
_AN_HOUR: Final = timedelta(hours=1)
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """One message that was planned, and why, in one English sentence; `slack_team` is its workspace in Slack."""

    slack_team: str
    owed: Owed
    why: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that was looked at and is not planned, and why; `whom` is a name that people know it by."""

    slack_team: str
    whom: str
    why: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be planned this time, and the error; the rest was."""

    slack_team: str
    what: str
    error: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What one planning made. `at` is the instant it planned for, `messages` how many messages were planned."""

    at: datetime
    messages: int = 0
    plans: tuple[Plan, ...] = ()
    skips: tuple[Skip, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def plan_deliveries(
    units: Units, now: datetime, *, dry_run: bool = False, explain: bool = True, timing: Timing = USUAL
) -> Planned:
    """Plans what is due at `now` in every workspace. `dry_run` keeps nothing, and tells what it would plan.

    Without `explain` there are no `plans` and `skips`: however many are due, little of it is in memory at once.
    Something that cannot be planned is among `troubles` and stops nothing else. Raises `Busy` when the database
    lets nobody in at all.
    """
    ledger = units.ledger()
    while not dry_run and ledger.reconcile(timing):
        pass  # the sections of a message that ended are free for the next one
    planner = _Planner(units, now, dry_run=dry_run, explain=explain)
    for slack_team in ledger.slack_teams_with_plans(now):
        planner.plan_workspace(slack_team)
    return Planned(now, planner.messages, tuple(planner.plans), tuple(planner.skips), tuple(planner.troubles))


class _Planner:
    def __init__(self, units: Units, now: datetime, *, dry_run: bool, explain: bool) -> None:
        self._units = units
        self._now = now
        self._dry_run = dry_run
        self._explains = explain
        self._slot_by = lru_cache(_CLOCKS)(self._slot_of)
        self._next_by = lru_cache(_CLOCKS)(self._next_of)
        self.messages = 0
        self.plans: list[Plan] = []
        self.skips: list[Skip] = []
        self.troubles: list[Trouble] = []

    def plan_workspace(self, slack_team: str) -> None:
        """What follows earlier messages first: it is a part of the daily messages that come after it."""
        with self._units.reading(slack_team) as uow:
            sent = [one.id for one in uow.agenda.sequels(self._now, _AT_A_TIME)]
        for delivery_id in sent:
            what = f"what follows delivery {delivery_id}"
            if not self._goes_well(slack_team, what, partial(self._follow, delivery_id)):
                self._goes_well(slack_team, what, partial(self._look_later, delivery_id))
        self._until_done(slack_team, "daily messages", self._dailies)
        self._until_done(slack_team, "digests", self._digests)

    def _until_done(self, slack_team: str, what: str, part: Callable[[UnitOfWork], int]) -> None:
        """Part after part until one finds nothing more; a dry run moves nothing on, so it takes all in one."""
        found = [1]

        def once(uow: UnitOfWork) -> None:
            found.append(part(uow))

        while found[-1] and self._goes_well(slack_team, what, once) and not self._dry_run:
            pass

    def _goes_well(self, slack_team: str, what: str, work: Callable[[UnitOfWork], None]) -> bool:
        """Does it in a transaction of its own."""
        try:
            with self._units.writing(slack_team) as uow:
                work(uow)
                if not self._dry_run:
                    uow.commit()
        except Exception as error:  # noqa: BLE001 - the outermost boundary of one part: the others must go on
            self.troubles.append(Trouble(slack_team, what, f"{type(error).__name__}: {error}"))
            return False
        return True

    def _follow(self, delivery_id: int, uow: UnitOfWork) -> None:
        sent = uow.deliveries.get(delivery_id)
        if sent.follow_at is None or sent.follow_at > self._now:
            return  # another ticker was first
        followed = follow_up(uow, sent, self._now)
        slack_team = uow.workspace.slack_id
        if followed.owed is not None:
            self._plan(Plan(slack_team, followed.owed, followed.why))
        else:
            self._skip(Skip(slack_team, sent.owed.key, followed.why))

    def _look_later(self, delivery_id: int, uow: UnitOfWork) -> None:
        uow.agenda.set_follow_at(delivery_id, self._now + _AN_HOUR)

    def _dailies(self, uow: UnitOfWork) -> int:
        """Daily messages with their sections; gives how many members were looked at."""
        due = uow.agenda.members(self._now, _ALL if self._dry_run else _AT_A_TIME)
        for first in range(0, len(due), _AT_A_TIME):
            self._dailies_of(uow, due[first : first + _AT_A_TIME])
        return len(due)

    def _dailies_of(self, uow: UnitOfWork, members: Sequence[DueMember]) -> None:
        due = [one for one in members if self._knows_the_days_of(one, uow)]
        owed = {one.member.id: _daily(one, slot) for one in due if (slot := self._slot(one)) is not None}
        new = set(uow.deliveries.plan(list(owed.values())))
        told = [one for one in due if one.member.id in owed and owed[one.member.id].key in new]
        dailies = {one.member.id: owed[one.member.id].key for one in told}
        sections = self._sections(uow, told, dailies)
        uow.deliveries.plan(sections)
        uow.agenda.carry(dailies)
        uow.agenda.set_next_dailies({one.member.id: self._next(one) for one in due})
        self._explain(uow.workspace.slack_id, due, owed, new)
        for one in sections:
            self._plan(Plan(uow.workspace.slack_id, one, f"a section of {one.carrier}"))

    def _knows_the_days_of(self, one: DueMember, uow: UnitOfWork) -> bool:
        """Or it is looked at again in a while: a zone may be unknown to this machine."""
        try:
            self._slot(one)
            self._next(one)
        except Exception as error:  # noqa: BLE001 - the outermost boundary of one member: the others must go on
            what = f"the daily message of {one.member.name}"
            self.troubles.append(Trouble(uow.workspace.slack_id, what, f"{type(error).__name__}: {error}"))
            uow.agenda.set_next_dailies({one.member.id: self._now + _AN_HOUR})
            return False
        return True

    def _plan(self, plan: Plan) -> None:
        self.messages += 1
        if self._explains:
            self.plans.append(plan)

    def _skip(self, skip: Skip) -> None:
        if self._explains:
            self.skips.append(skip)

    def _slot(self, due: DueMember) -> Slot | None:
        """Today's message; whoever was never planned for begins with the next one."""
        return self._slot_by(due.rhythm, due.calendar) if due.next_daily_at is not None else None

    def _slot_of(self, rhythm: Rhythm, calendar: Calendar) -> Slot | None:
        return daily_slot(rhythm, calendar, self._now)

    def _sections(self, uow: UnitOfWork, told: list[DueMember], dailies: dict[int, str]) -> list[Owed]:
        readers = {one.member.id: one for one in told}
        alerts = uow.agenda.alerts({one.member.id: one.calendar.today(self._now) for one in told})
        return [
            section(alert, readers[alert.owner_id], self._now, carrier=dailies[alert.owner_id]) for alert in alerts
        ]

    def _next(self, due: DueMember) -> datetime:
        return self._next_by(due.rhythm, due.calendar)

    def _next_of(self, rhythm: Rhythm, calendar: Calendar) -> datetime:
        try:
            return next_daily_at(rhythm, calendar, self._now)
        except ValueError:  # years of days off: somebody who is not coming back, as far as we know
            return self._now + _A_DAY

    def _explain(self, slack_team: str, due: Sequence[DueMember], owed: Mapping[int, Owed], new: set[str]) -> None:
        if not self._explains:
            self.messages += len(new)
            return
        for one in due:
            message = owed.get(one.member.id)
            at = f"{one.rhythm.daily_at:%H:%M} in {one.calendar.zone}"
            if message is not None and message.key in new:
                self._plan(Plan(slack_team, message, f"a working day, {at}"))
                continue
            next_at = self._next(one).astimezone(ZoneInfo(one.calendar.zone))
            why = "had today's message already" if message else "no message now"
            self._skip(Skip(slack_team, one.member.name, f"{why}; the next one at {next_at:%Y-%m-%d %H:%M}"))

    def _digests(self, uow: UnitOfWork) -> int:
        due = uow.agenda.teams(self._now, _ALL if self._dry_run else _AT_A_TIME)
        days = Calendar(uow.workspace.zone)
        for one in due:
            self._digest(uow, one, days)
            uow.agenda.set_next_digest(one.team.id, next_digest_at(one.team, days, self._now))
        return len(due)

    def _digest(self, uow: UnitOfWork, due: DueTeam, days: Calendar) -> None:
        team, slack_team = due.team, uow.workspace.slack_id
        slot = digest_slot(team, days, self._now)
        if team.channel is None:
            self._skip(Skip(slack_team, team.name, "the team has no channel for its digest"))
        elif due.next_digest_at is None or slot.expires_at <= self._now:
            self._skip(Skip(slack_team, team.name, f"the digest of {slot.day} is over"))
        else:
            owed = _digest_of(team, team.channel, slot)
            if uow.deliveries.plan([owed]):
                self._plan(Plan(slack_team, owed, f"the week's digest, {team.digest_at:%H:%M} in {days.zone}"))


def _daily(due: DueMember, slot: Slot) -> Owed:
    return Owed(
        key=f"{Kind.DAILY}:{due.member.id}:{slot.day.isoformat()}",
        kind=Kind.DAILY,
        recipient=due.member.slack_id,
        due_at=slot.at,
        expires_at=slot.expires_at,
        member_id=due.member.id,
        local_date=slot.day,
    )


def _digest_of(team: Team, channel: str, slot: Slot) -> Owed:
    """One a week, also when its weekday is changed in the middle of one."""
    year, week, _ = slot.day.isocalendar()
    return Owed(
        key=f"{Kind.DIGEST}:{team.id}:{year}-W{week:02}",
        kind=Kind.DIGEST,
        recipient=channel,
        due_at=slot.at,
        expires_at=slot.expires_at,
        team_id=team.id,
        local_date=slot.day,
    )
