"""The workspace of the demo: who works there, and which playbooks they sell by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot import playbook_files
from bot.demo.workspace import MEMBERS, WORKSPACE_ID, WORKSPACE_NAME, ZONE, DemoMember
from bot.seed.names import colleague
from bot.usecases.places import usual_place
from bot.usecases.publish_playbooks import publish_playbooks
from playbooks.ports import NewMember, UnitOfWork, Units
from playbooks.team import Member, Role

SERVICES, SOFTWARE = "b2b-diensten", "b2b-saas"
_ENGLISH_ONE_IN = 4


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does what. `sellers` own prospects; what is missing in a small team, its admin does."""

    sellers: tuple[Member, ...]
    admin: Member
    marketing: Member

    def closest_colleague(self, owner: int) -> Member | None:
        """Who takes over from this member: the next seller of the same language, None when there is none."""
        place = next(at for at, member in enumerate(self.sellers) if member.id == owner)
        language = language_of(self.sellers[place])
        others = (*self.sellers[place + 1 :], *self.sellers[:place])
        return next((member for member in others if language_of(member) == language), None)


def language_of(member: Member) -> str:
    """`en` for those who sell in English by the software playbook, `nl` for the others."""
    return "en" if member.reads.startswith("en") else "nl"


def playbook_of(member: Member) -> str:
    """The key of the playbook by which this member sells."""
    return SOFTWARE if language_of(member) == "en" else SERVICES


def is_empty(units: Units) -> bool:
    """Whether the demo's workspace has no prospects yet."""
    if units.workspace(WORKSPACE_ID) is None:
        return True
    with units.reading(WORKSPACE_ID) as uow:
        return not uow.prospects.starting_with("", 1)


def check_empty(units: Units) -> None:
    """Raises ValueError when the demo's workspace has prospects already."""
    if not is_empty(units):
        raise ValueError(
            f"This database has prospects of {WORKSPACE_NAME} already, and nothing was changed; "
            "give an empty one in DATABASE_URL."
        )


def hire(uow: UnitOfWork, members: int, at: datetime) -> Staff:
    """Adds the first `members` of the demo's team, and generated reps beyond those; publishes the playbooks.

    Whoever is there already, from a seed that was interrupted, stays as they are.

    A stranger must not become the admin by being the first to type a command. So the team's manager is its
    admin, who leads as a manager does; in a team too small to have one it is the first rep, who then sells as
    well.
    """
    chosen = [*MEMBERS[:members], *(_generated(number) for number in range(members - len(MEMBERS)))]
    leading = next((member for member in chosen if member.role is Role.MANAGER), chosen[0])
    hired = {member.slack_id: _hired(member, leading, uow) for member in chosen}
    admin = hired[leading.slack_id]
    files = playbook_files.starters(f"{SERVICES},{SOFTWARE}")(admin.reads)
    publish_playbooks(files, uow, at=at, by=admin.id)
    marketing = (hired[member.slack_id] for member in chosen if member.role is Role.MARKETING)
    return Staff(
        sellers=tuple(hired[member.slack_id] for member in chosen if member.role is Role.REP),
        admin=admin,
        marketing=next(marketing, admin),
    )


def _hired(member: DemoMember, leading: DemoMember, uow: UnitOfWork) -> Member:
    if known := uow.members.by_slack_id(member.slack_id):
        return known
    country, region = usual_place(member.locale, member.zone)
    newcomer = NewMember(
        slack_id=member.slack_id,
        name=member.name,
        role=Role.ADMIN if member is leading else member.role,
        locale=member.locale,
        zone=member.zone,
        team_id=uow.team.id,
        country=country,
        region=region,
    )
    return uow.members.add(newcomer)


def _generated(number: int) -> DemoMember:
    name, again = colleague(number)
    full_name = f"{name} {again}".strip()
    rep = DemoMember(f"U0REP{number + 1:04}", f"rep{number + 1}", full_name, Role.REP, "nl-NL", ZONE)
    english = number % _ENGLISH_ONE_IN == _ENGLISH_ONE_IN - 1
    return replace(rep, locale="en-GB", zone="Europe/London") if english else rep
