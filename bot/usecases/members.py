"""Who is asking: the member behind a Slack user, met or known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.usecases.places import usual_place
from bot.usecases.publish_playbooks import PlaybookFile, publish_playbooks
from bot.usecases.tell_admin import tell_of_member
from playbooks.ports import NewMember, UnitOfWork, Units
from playbooks.team import Member, Role

Starters = Callable[[str], Sequence[PlaybookFile]]
"""The playbooks a new workspace begins with, by the locale of its first member; the default one first."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a user; None where Slack does not say. `zone` is an IANA name."""

    slack_id: str
    name: str | None = None
    locale: str | None = None
    zone: str | None = None
    active: bool | None = None


def known_member(slack_team: str, slack_id: str, units: Units) -> Member | None:
    """The member that we know already; None for a new face or a new workspace."""
    if units.workspace(slack_team) is None:
        return None
    with units.reading(slack_team) as uow:
        return uow.members.by_slack_id(slack_id)


def meet_member(
    profile: Profile, slack_team: str, workspace_name: str, *, units: Units, starters: Starters, at: datetime
) -> Member:
    """Makes the member; the first one of a workspace, who installed Nextstep, is its admin.

    A new workspace gets its playbooks in the same transaction.
    """
    units.found(slack_team, workspace_name, profile.zone or "UTC")
    with units.writing(slack_team) as uow:
        uow.take_turns()
        known = uow.members.by_slack_id(profile.slack_id)
        if known is not None:
            return known
        member = uow.members.add(_newcomer(profile, uow))
        if not uow.playbooks.current():
            publish_playbooks(starters(member.reads), uow, at=at, by=member.id)
        uow.commit()
        return member


def _newcomer(profile: Profile, uow: UnitOfWork) -> NewMember:
    has_admin = any(member.role is Role.ADMIN for member in uow.members.all())
    country, region = usual_place(profile.locale, profile.zone)
    return NewMember(
        slack_id=profile.slack_id,
        name=profile.name or profile.slack_id,
        role=Role.REP if has_admin else Role.ADMIN,
        locale=profile.locale or "en-GB",
        zone=profile.zone or uow.workspace.zone,
        team_id=uow.team.id,
        country=country,
        region=region,
    )


def refresh_member(profile: Profile, slack_team: str, units: Units, at: datetime) -> Member | None:
    """Takes over what changed in Slack; what Slack does not say stays as it was.

    Who leaves Slack has a manager told of it, in the same transaction.
    """
    if units.workspace(slack_team) is None:
        return None
    with units.writing(slack_team) as uow:
        known = uow.members.by_slack_id(profile.slack_id)
        if known is None:
            return None
        fresh = _as_in_slack(known, profile)
        if fresh != known:
            uow.members.update(fresh)
            if known.active and not fresh.active:
                tell_of_member(fresh, uow, at)
            _take_place(known, profile, uow)
            uow.commit()
        return fresh


def _as_in_slack(known: Member, profile: Profile) -> Member:
    return replace(
        known,
        name=profile.name or known.name,
        locale=profile.locale or known.locale,
        zone=profile.zone or known.zone,
        active=known.active if profile.active is None else profile.active,
    )


def _take_place(known: Member, profile: Profile, uow: UnitOfWork) -> None:
    """Of whom nothing but an id was known when we met, the place is known only now."""
    rhythm = uow.members.rhythm(known.id)
    country, region = usual_place(profile.locale, profile.zone)
    if known.name == known.slack_id and rhythm.country is None and country is not None:
        uow.members.set_rhythm(known.id, replace(rhythm, country=country, region=region))
        uow.journeys.move_deadlines(known.id)


def choose_language(member: Member, language: str | None, slack_team: str, units: Units) -> Member:
    """The member's own language over Slack's; None follows Slack again."""
    with units.writing(slack_team) as uow:
        chosen = replace(uow.members.get(member.id), language=language)
        uow.members.update(chosen)
        uow.commit()
        return chosen
