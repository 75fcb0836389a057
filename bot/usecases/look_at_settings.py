"""When Nextstep speaks to a member, and what they chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.usecases.change import Act
from playbooks.calendar import DaysOff
from playbooks.ports import UnitOfWork
from playbooks.rhythm import next_daily_at
from playbooks.team import Member, Rhythm


@dataclass(frozen=True, slots=True)
class MySettings:
    """A member's own settings; `next_at` is when their next daily message comes, an aware UTC instant."""

    member: Member
    rhythm: Rhythm
    days_off: tuple[DaysOff, ...]
    next_at: datetime

    def days_off_from(self, today: date) -> tuple[DaysOff, ...]:
        """Those that are not over."""
        return tuple(off for off in self.days_off if off.last >= today)

    def starts_again_on(self, today: date) -> date | None:
        """When a pause ends that lasts today; None when there is none."""
        until = self.rhythm.paused_until
        return None if until is None or until < today else date.fromordinal(until.toordinal() + 1)


def look_at_settings(uow: UnitOfWork, act: Act) -> MySettings:
    """How they are now."""
    with uow:
        return settings_of(uow, act)


def settings_of(uow: UnitOfWork, act: Act) -> MySettings:
    """The same within a unit of work that has begun."""
    member, members = act.member.id, uow.members
    rhythm = members.rhythm(member)
    return MySettings(
        member=members.get(member),
        rhythm=rhythm,
        days_off=tuple(members.days_off(member)),
        next_at=next_daily_at(rhythm, members.calendar(member), act.at),
    )
