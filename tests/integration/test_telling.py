"""What Slack refuses for good tells of a channel or a member that has gone, on both databases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.usecases.deliver import Post, Result, deliver
from bot.usecases.tell_admin import tell_of_channel
from playbooks.deliveries import Absent, Delivery, Kind, LookUp, Outcome, Owed, Refused, Sent
from playbooks.ports import Units
from playbooks.team import Role
from tests.builders import Office

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CHANNEL = "C0SALES"
DAILY = "daily:1:2026-03-02"


@dataclass
class Answering:
    """A Slack that answers every message like this."""

    outcome: Outcome

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:
        return self.outcome

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        return Absent()


@pytest.fixture
def office(office: Office) -> Office:
    """Sam is admin, and the team has a channel."""
    with office.units.writing(office.slack_team) as uow:
        uow.members.update(replace(office.colleague, role=Role.ADMIN))
        uow.update_team(replace(uow.team, channel=CHANNEL))
        uow.commit()
    return office


def owed(office: Office, key: str, kind: Kind) -> Owed:
    day = START.date()
    with office.units.reading(office.slack_team) as uow:
        team = uow.team.id
    if kind is Kind.DIGEST:
        return Owed(key, kind, CHANNEL, START, team_id=team, local_date=day)
    return Owed(key, kind, office.rep.slack_id, START, member_id=office.rep.id, local_date=day)


def sends(office: Office, planned: Owed, outcome: Outcome) -> Result:
    """Plans one message and delivers it to a Slack that answers like this."""
    with office.units.writing(office.slack_team) as uow:
        uow.deliveries.plan([planned])
        uow.commit()
    found = next(each for each in office.units.ledger().listed() if each.owed.key == planned.key)
    return deliver(
        found.id,
        units=office.units,
        messenger=Answering(outcome),
        content=lambda *_: Post("Hello"),
        clock=lambda: START,
        owner="one",
    )


def told(units: Units) -> list[Delivery]:
    return [each for each in units.ledger().listed() if each.owed.kind is Kind.NOTICE]


@pytest.mark.parametrize("error", ["is_archived", "not_in_channel", "channel_not_found"])
def test_a_channel_that_takes_no_digest_is_told_to_an_admin_once(office: Office, error: str) -> None:
    for week in (1, 2):
        assert sends(office, owed(office, f"digest:{week}", Kind.DIGEST), Refused(error)) is Result.FAILED
    tell_of_channel(CHANNEL, office.slack_team, office.units, START + timedelta(days=9))
    assert [each.owed.recipient for each in told(office.units)] == [office.colleague.slack_id]


def test_it_is_told_again_when_it_comes_again_after_a_digest(office: Office) -> None:
    sends(office, owed(office, "digest:1", Kind.DIGEST), Refused("is_archived"))
    sends(office, owed(office, "digest:2", Kind.DIGEST), Sent(CHANNEL, "1.0"))
    sends(office, owed(office, "digest:3", Kind.DIGEST), Refused("is_archived"))
    assert len(told(office.units)) == 2


def test_what_is_no_sign_of_a_closed_channel_is_not_told(office: Office) -> None:
    assert sends(office, owed(office, "digest:1", Kind.DIGEST), Refused("invalid_blocks")) is Result.FAILED
    assert told(office.units) == []


def test_who_takes_no_messages_any_more_counts_as_gone(office: Office) -> None:
    planned = owed(office, DAILY, Kind.DAILY)
    assert sends(office, planned, Refused("user_disabled")) is Result.FAILED
    with office.units.reading(office.slack_team) as uow:
        assert not uow.members.get(office.rep.id).active
    assert [each.owed.recipient for each in told(office.units)] == [office.colleague.slack_id]


def test_a_notice_that_cannot_be_sent_makes_no_further_notice(office: Office) -> None:
    planned = owed(office, "notice:member:9:2026-03-02:1", Kind.NOTICE)
    assert sends(office, planned, Refused("user_disabled")) is Result.FAILED
    assert [each.owed.key for each in told(office.units)] == [planned.key]


def test_where_nobody_can_be_told_nothing_is_planned(office: Office) -> None:
    with office.units.writing(office.slack_team) as uow:
        uow.members.update(replace(office.colleague, role=Role.REP))
        uow.commit()
    tell_of_channel(CHANNEL, office.slack_team, office.units, START)
    assert told(office.units) == []
