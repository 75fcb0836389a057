"""Who leaves Slack and a channel that closes: told once to who can mend it, and nothing is lost."""

from __future__ import annotations

from datetime import time

import pytest

from bot.content import Contents
from bot.usecases.deliver import Post
from playbooks.deliveries import Delivery, Kind
from playbooks.team import Member, Role
from tests.acceptance.conftest import Bot
from tests.fake_slack import FakeSlack, Person, faults, payloads
from tests.fake_slack.signing import JSON, sign
from tests.fake_slack.transport import deliver


def tells(bot: Bot, slack: FakeSlack, event: dict[str, object]) -> None:
    """Slack tells the bot that something happened."""
    body = payloads.event(slack.workspace, "Ev1", 1, {"event_ts": "1.1", **event})
    assert deliver(sign(slack.signing_secret, body, JSON), bot.app.dispatch).status == 200


def leaves(bot: Bot, slack: FakeSlack, person: Person) -> None:
    person.user.deleted = True
    tells(bot, slack, {"type": "user_change", "user": {"id": person.user.id, "deleted": True}})


def notices(bot: Bot) -> list[Delivery]:
    return [each for each in bot.store.ledger().listed() if each.owed.kind is Kind.NOTICE]


def written(bot: Bot, delivery: Delivery) -> Post | None:
    with bot.store.reading(bot.slack.workspace.id) as uow:
        return Contents(bot.blocks)(delivery, uow, bot.clock.at)


def member(bot: Bot, person: Person) -> Member:
    with bot.store.reading(bot.slack.workspace.id) as uow:
        found = uow.members.by_slack_id(person.user.id)
    assert found is not None
    return found


def posts_in(bot: Bot, slack: FakeSlack, leader: Person) -> None:
    """The team's digest goes to #general."""
    leader.submits(leader.types("/nextstep settings team"), {"channel": slack.channel})


@pytest.fixture
def carla(bot: Bot, anna: Person) -> Person:
    """A rep with a prospect; anna is admin."""
    anna.types("/nextstep")
    carla = bot.person("carla")
    carla.types("/prospect add Acme BV")
    return carla


def test_an_admin_hears_of_the_prospects_of_who_left(
    bot: Bot, slack: FakeSlack, anna: Person, carla: Person
) -> None:
    leaves(bot, slack, carla)
    assert not member(bot, carla).active
    (told,) = notices(bot)
    assert told.owed.recipient == anna.user.id
    post = written(bot, told)
    assert post is not None
    assert "carla is no longer active in Slack, and has 1 open prospect." in post.text


def test_the_teams_manager_hears_of_it_before_an_admin(
    bot: Bot, slack: FakeSlack, anna: Person, bram: Person, carla: Person
) -> None:
    bram.types("/nextstep")
    anna.submits(anna.types("/nextstep settings team"), {"manager": "bram"})
    leaves(bot, slack, carla)
    assert [each.owed.recipient for each in notices(bot)] == [bram.user.id]


def test_a_manager_who_leaves_is_told_to_somebody_else(
    bot: Bot, slack: FakeSlack, anna: Person, bram: Person
) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep")
    anna.submits(anna.types("/nextstep settings team"), {"manager": "bram"})
    leaves(bot, slack, bram)
    assert [each.owed.recipient for each in notices(bot)] == [anna.user.id]


def test_it_is_told_once_however_often_slack_says_so(bot: Bot, slack: FakeSlack, carla: Person) -> None:
    for _ in range(3):
        leaves(bot, slack, carla)
    assert len(notices(bot)) == 1


def test_who_left_without_prospects_is_not_worth_a_message(bot: Bot, slack: FakeSlack, anna: Person) -> None:
    anna.types("/nextstep")
    dirk = bot.person("dirk")
    dirk.types("/nextstep")
    leaves(bot, slack, dirk)
    assert [written(bot, each) for each in notices(bot)] == [None]


def test_slack_need_not_answer_for_it_to_be_known(bot: Bot, slack: FakeSlack, carla: Person) -> None:
    slack.fail("users.info", faults.ServerError())
    leaves(bot, slack, carla)
    assert not member(bot, carla).active
    assert len(notices(bot)) == 1


def test_who_left_and_comes_back_has_everything_still(bot: Bot, slack: FakeSlack, carla: Person) -> None:
    leaves(bot, slack, carla)
    carla.user.deleted = False
    tells(bot, slack, {"type": "user_change", "user": {"id": carla.user.id, "deleted": False}})
    assert member(bot, carla).active
    assert "Acme BV" in carla.types("/prospect").text


@pytest.mark.parametrize(
    "event",
    [
        {"type": "channel_archive", "user": "U000000"},
        {"type": "channel_left"},
        {"type": "group_archive"},
        {"type": "member_left_channel", "user": "the bot", "channel_type": "C"},
    ],
)
def test_an_admin_hears_once_of_a_team_channel_that_closed(
    bot: Bot, slack: FakeSlack, anna: Person, event: dict[str, object]
) -> None:
    posts_in(bot, slack, anna)
    who = {"user": slack.workspace.bot_user_id} if event.get("user") == "the bot" else {}
    for _ in range(2):
        tells(bot, slack, {**event, **who, "channel": slack.channel.id})
    (told,) = notices(bot)
    assert told.owed.recipient == anna.user.id
    post = written(bot, told)
    assert post is not None
    assert f"cannot be posted in <#{slack.channel.id}>" in post.text
    with bot.store.reading(slack.workspace.id) as uow:
        assert uow.team.channel == slack.channel.id


def test_another_channel_or_another_persons_leaving_is_nobodys_business(
    bot: Bot, slack: FakeSlack, anna: Person
) -> None:
    posts_in(bot, slack, anna)
    other = slack.add_channel("lunch")
    tells(bot, slack, {"type": "channel_archive", "channel": other.id, "user": anna.user.id})
    tells(bot, slack, {"type": "member_left_channel", "channel": slack.channel.id, "user": anna.user.id})
    assert notices(bot) == []


def test_a_workspace_that_is_not_known_changes_nothing(bot: Bot, slack: FakeSlack) -> None:
    tells(bot, slack, {"type": "channel_archive", "channel": slack.channel.id})
    assert notices(bot) == []


def test_a_leader_sees_who_manages_even_after_they_left(
    bot: Bot, slack: FakeSlack, anna: Person, bram: Person
) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep")
    bot.has_role(bram, Role.MANAGER)
    anna.submits(anna.types("/nextstep settings team"), {"manager": "bram", "digest_hour": "10:00"})
    leaves(bot, slack, bram)
    done = anna.submits(anna.types("/nextstep settings team"))
    assert "No manager: an admin hears of decisions" in "\n".join(str(block) for block in done.view.blocks)
    with bot.store.reading(slack.workspace.id) as uow:
        assert uow.team.digest_at == time(10)


def test_the_admin_is_sent_to_the_dialog_where_the_channel_is_chosen(
    bot: Bot, slack: FakeSlack, anna: Person
) -> None:
    anna.types("/nextstep")
    posts_in(bot, slack, anna)
    channel = next(iter(slack.workspace.channels))
    tells(bot, slack, {"type": "channel_archive", "channel": channel, "user": anna.user.id})
    post = written(bot, notices(bot)[0])
    assert post is not None
    assert "`/nextstep settings team`" in post.text
