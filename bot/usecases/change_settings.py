"""A member says when Nextstep speaks to them: the whole dialog, days off, a pause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.usecases.change import Act, once
from bot.usecases.look_at_settings import MySettings, settings_of
from playbooks.calendar import DaysOff
from playbooks.ports import UnitOfWork
from playbooks.team import Rhythm

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """`days_off` are all from today on; `language` None is Slack's."""

    language: str | None
    rhythm: Rhythm
    days_off: tuple[DaysOff, ...]


def change_settings(command: ChangeSettings, uow: UnitOfWork, act: Act) -> MySettings:
    """Keeps all of a member's settings. Days off that have gone stay: deadlines were counted with them."""

    def change(now: MySettings) -> None:
        member = replace(now.member, language=command.language)
        if member != now.member:
            uow.members.update(member)
        _keep(uow, now, command.rhythm, joined([*_until(now.days_off, act.today), *command.days_off]))

    return _changed(uow, act, change)


def take_days_off(days_off: Sequence[DaysOff], uow: UnitOfWork, act: Act) -> MySettings:
    """More days off than there were."""
    return _changed(uow, act, lambda now: _keep(uow, now, now.rhythm, joined([*now.days_off, *days_off])))


def pause_messages(starts_again: date | None, uow: UnitOfWork, act: Act) -> MySettings:
    """No daily message before that day; None ends a pause. Deadlines go on."""
    until = None if starts_again is None else starts_again - _A_DAY

    def change(now: MySettings) -> None:
        _keep(uow, now, replace(now.rhythm, paused_until=until), now.days_off)

    return _changed(uow, act, change)


def joined(stretches: Iterable[DaysOff]) -> tuple[DaysOff, ...]:
    """The same days in as few stretches as it takes, the earliest first."""
    found: list[DaysOff] = []
    for stretch in sorted(stretches, key=lambda each: (each.first, each.last)):
        if found and stretch.first <= found[-1].last + _A_DAY:
            found[-1] = DaysOff(found[-1].first, max(found[-1].last, stretch.last))
        else:
            found.append(stretch)
    return tuple(found)


def _until(days_off: Iterable[DaysOff], today: date) -> list[DaysOff]:
    """The part of them that has gone."""
    return [DaysOff(off.first, min(off.last, today - _A_DAY)) for off in days_off if off.first < today]


def _changed(uow: UnitOfWork, act: Act, change: Callable[[MySettings], None]) -> MySettings:
    """Raises `AlreadyHandled` for a request that was seen before."""
    with uow:
        once(uow, act)
        change(settings_of(uow, act))
        uow.inbox.keep(act.request, at=act.at, journey_id=None, change=None)
        after = settings_of(uow, act)
        uow.commit()
        return after


def _keep(uow: UnitOfWork, now: MySettings, rhythm: Rhythm, days_off: tuple[DaysOff, ...]) -> None:
    """A calendar that changes moves the deadlines of the member's prospects, in the same transaction."""
    if rhythm != now.rhythm:
        uow.members.set_rhythm(now.member.id, rhythm)
    if days_off != now.days_off:
        uow.members.set_days_off(now.member.id, days_off)
    if days_off != now.days_off or _calendar(rhythm) != _calendar(now.rhythm):
        uow.journeys.move_deadlines(now.member.id)


def _calendar(rhythm: Rhythm) -> tuple[object, ...]:
    return rhythm.weekdays, rhythm.country, rhythm.region
