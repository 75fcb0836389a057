"""`/nextstep settings team`: the digest's channel and hour, and who leads the team."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.views.limits import BlockMode
from playbooks.team import Role, Team
from tests.acceptance.conftest import Bot
from tests.acceptance.screens import field, options, said
from tests.fake_slack import FakeSlack, Person, faults


def team_of(bot: Bot) -> Team:
    with bot.store.reading(bot.slack.workspace.id) as uow:
        return uow.team


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_who_leads_sets_channel_hour_and_manager(bot: Bot, slack: FakeSlack, blocks: BlockMode) -> None:
    bot = Bot(bot.slack, bot.store, bot.clock, blocks=blocks)
    anna, carla = bot.person("anna"), bot.person("carla")
    anna.types("/nextstep")
    carla.types("/nextstep")
    sales = slack.add_channel("sales")
    dialog = anna.types("/nextstep settings team")
    assert "There is no weekly digest: the team has no channel." in said(dialog)
    done = anna.submits(
        dialog,
        {
            "channel": "#sales" if blocks is BlockMode.CORE else sales,
            "digest_day": "Thursday",
            "digest_hour": "16:00",
            "manager": "carla",
        },
    )
    assert f"The weekly digest goes to <#{sales.id}>: the next one Thu 5 Mar 16:00." in said(done)
    assert "*carla* is the manager" in said(done)
    team = team_of(bot)
    assert (team.channel, team.digest_weekday, team.digest_at) == (sales.id, 3, time(16))
    again = anna.types("/nextstep settings team")
    assert field(again, "manager")["initial_option"]["text"]["text"] == "carla"
    assert options(again, "manager")[0] == "Nobody"


@pytest.mark.parametrize("blocks", list(BlockMode))
def test_who_leads_opens_each_reps_numbers_to_the_team(bot: Bot, blocks: BlockMode) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=blocks).person("anna")
    dialog = anna.types("/nextstep settings team")
    assert "A rep's own numbers are seen by that rep, managers and admins." in said(dialog)
    done = anna.submits(dialog, {"slices": "Everybody in the team"})
    assert "Everybody in the team sees each rep's own numbers." in said(done)
    assert team_of(bot).open_slices
    anna.submits(anna.types("/nextstep settings team"))
    assert team_of(bot).open_slices


@pytest.mark.parametrize("said_in", ["id", "name", "mention"])
def test_a_channel_is_typed_by_name_id_or_mention(bot: Bot, slack: FakeSlack, said_in: str) -> None:
    bot = Bot(bot.slack, bot.store, bot.clock, blocks=BlockMode.CORE)
    anna, sales = bot.person("anna"), slack.add_channel("sales")
    typed = {"id": sales.id, "name": "Sales", "mention": f"<#{sales.id}|sales>"}[said_in]
    anna.submits(anna.types("/nextstep settings team"), {"channel": typed})
    assert team_of(bot).channel == sales.id


@pytest.mark.parametrize(
    ("traits", "sentence"),
    [
        ({"bot_is_member": False}, "I am not in #sales yet; invite me there, then save again."),
        ({"is_archived": True}, "#sales is archived; choose another channel."),
    ],
)
def test_a_channel_that_takes_no_messages_is_refused_beside_its_field(
    bot: Bot, slack: FakeSlack, anna: Person, traits: dict[str, bool], sentence: str
) -> None:
    closed = slack.add_channel("sales", **traits)
    refused = anna.submits(anna.types("/nextstep settings team"), {"channel": closed})
    assert sentence in refused.errors["channel"]
    assert team_of(bot).channel is None


def test_a_private_channel_that_nextstep_cannot_see_is_refused_with_what_helps(
    bot: Bot, slack: FakeSlack, anna: Person
) -> None:
    dialog = anna.types("/nextstep settings team")
    slack.fail("conversations.info", faults.Refused("channel_not_found"))
    refused = anna.submits(dialog, {"channel": slack.channel})
    assert "invite me there when it is private" in refused.errors["channel"]
    in_core = Bot(bot.slack, bot.store, bot.clock, blocks=BlockMode.CORE).person("anna", is_admin=True)
    bot.has_role(anna, Role.ADMIN)
    in_core.types("/nextstep")
    bot.has_role(in_core, Role.ADMIN)
    slack.add_channel("secret", is_private=True, bot_is_member=False)
    refused = in_core.submits(in_core.types("/nextstep settings team"), {"channel": "#secret"})
    assert "I see no channel #secret" in refused.errors["channel"]


def test_when_slack_does_not_say_a_chosen_channel_is_kept_with_a_word_of_care(
    bot: Bot, slack: FakeSlack, anna: Person
) -> None:
    dialog = anna.types("/nextstep settings team")
    slack.fail("conversations.info", faults.ServerError())
    done = anna.submits(dialog, {"channel": slack.channel})
    assert "Slack did not say whether I can post there" in said(done)
    assert team_of(bot).channel == slack.channel.id


def test_when_slack_does_not_say_a_name_is_asked_again(bot: Bot, slack: FakeSlack) -> None:
    anna = Bot(bot.slack, bot.store, bot.clock, blocks=BlockMode.CORE).person("anna")
    dialog = anna.types("/nextstep settings team")
    slack.fail("conversations.list", faults.ServerError())
    refused = anna.submits(dialog, {"channel": "#general"})
    assert "save again in a moment" in refused.errors["channel"]


def test_a_rep_is_told_who_may(bot: Bot, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep settings language en")
    assert "Only a manager or an admin can do this: ask anna." in bram.types("/nextstep settings team").text


def test_a_rep_who_no_longer_leads_changes_nothing(bot: Bot, slack: FakeSlack, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep settings language en")
    bot.has_role(bram, Role.MANAGER)
    dialog = bram.types("/nextstep settings team")
    bot.has_role(bram, Role.REP)
    refused = bram.submits(dialog, {"channel": slack.channel})
    assert "Only a manager or an admin" in refused.errors["channel"]
    assert team_of(bot).channel is None


def test_the_own_settings_lead_there_for_who_may(anna: Person, bram: Person) -> None:
    assert "/nextstep settings team" in said(anna.types("/nextstep settings"))
    assert "/nextstep instellingen team" not in said(bram.types("/nextstep settings"))


def test_a_dutch_manager_reads_it_in_dutch(bot: Bot, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep")
    bot.has_role(bram, Role.MANAGER)
    assert "Er is geen weekoverzicht: het team heeft geen kanaal." in said(
        bram.types("/nextstep instellingen team")
    )


def test_health_tells_what_keeps_nextstep_from_speaking(bot: Bot, slack: FakeSlack, anna: Person) -> None:
    anna.types("/nextstep")
    carla, dirk = bot.person("carla"), bot.person("dirk", zone="UTC", locale="en")
    carla.types("/nextstep pause until friday")
    dirk.types("/nextstep")
    before = anna.types("/nextstep health").text
    assert "The team has no channel, so there is no weekly digest: `/nextstep settings team` sets one." in before
    assert "Paused: carla until Fri 6 Mar." in before
    assert "Without public holidays, for they named no country: dirk." in before
    anna.submits(anna.types("/nextstep settings team"), {"channel": slack.channel})
    bot.clock.forward(days=5)
    after = anna.types("/nextstep health").text
    assert f"The weekly digest goes to <#{slack.channel.id}>." in after
    assert "Paused" not in after


def test_health_tells_in_dutch_who_no_longer_manages(bot: Bot, anna: Person, bram: Person) -> None:
    bram.types("/nextstep")
    anna.types("/nextstep")
    bram.submits(bram.types("/nextstep instellingen team"), {"manager": "anna"})
    with bot.store.writing(bot.slack.workspace.id) as uow:
        member = uow.members.by_slack_id(anna.user.id)
        assert member is not None
        uow.members.update(replace(member, active=False))
        uow.commit()
    text = bram.types("/nextstep gezondheid").text
    assert (
        "anna leidt het team en is niet meer in Slack: kies een ander met `/nextstep instellingen team`." in text
    )
