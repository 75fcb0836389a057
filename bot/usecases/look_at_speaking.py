"""Whom Nextstep speaks to, and what keeps it from speaking: for admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Pause:
    """Somebody who asked for quiet, and the day on which messages start again."""

    name: str
    starts_again: date


@dataclass(frozen=True, slots=True)
class Speaking:
    """The workspace's delivery settings. `channel` is Slack's id of the digest's, `manager_gone` a name.

    `without_country` are those whose public holidays nobody knows, by name.
    """

    channel: str | None
    manager_gone: str | None = None
    paused: tuple[Pause, ...] = ()
    without_country: tuple[str, ...] = ()


def look_at_speaking(uow: UnitOfWork, today: date) -> Speaking:
    """How it is on this day, within a unit of work that has begun; who left Slack does not count."""
    team, rhythms = uow.team, uow.members.rhythms()
    everybody = uow.members.all()
    here = [(member.name, rhythms[member.id]) for member in everybody if member.active]
    gone = (member.name for member in everybody if member.id == team.manager_id and not member.active)
    return Speaking(
        channel=team.channel,
        manager_gone=next(gone, None),
        paused=tuple(
            Pause(name, rhythm.paused_until + timedelta(days=1))
            for name, rhythm in here
            if rhythm.paused_until is not None and rhythm.paused_until >= today
        ),
        without_country=tuple(name for name, rhythm in here if rhythm.country is None),
    )
