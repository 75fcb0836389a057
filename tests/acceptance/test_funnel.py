"""`/funnel`: of a new team, of one with a past, by slice, and why each number is what it is."""

from __future__ import annotations

import pytest

from bot.views.limits import BlockMode
from playbooks.team import Role
from tests.acceptance.conftest import Bot
from tests.acceptance.histories import with_a_past
from tests.acceptance.screens import said
from tests.fake_slack import FakeSlack, Person, faults


@pytest.fixture
def team(bot: Bot, anna: Person, bram: Person) -> Bot:
    """Anna, who reads English and leads, and Bram, who reads Dutch, with forty weeks behind them."""
    anna.types("/prospect")
    bram.types("/prospect")
    with_a_past(bot)
    return bot


def test_a_new_team_sees_what_the_playbook_expects(anna: Person) -> None:
    text = anna.types("/funnel").text
    assert "Nobody came in before today, so here is what the playbook expects" in text
    assert "your own numbers take over after some ten decided prospects" in text


def test_what_happens_today_counts_from_tomorrow(bot: Bot, anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    assert "Nobody came in before today" in anna.types("/funnel").text
    bot.clock.forward(days=1)
    assert "too few to tell: 0 of 1 so far, 1 undecided" in anna.types("/funnel").text


def test_each_step_has_counts_and_a_range(team: Bot, anna: Person) -> None:
    text = anna.types("/funnel").text
    assert "No step stands out: that is usual in a small team." in text
    assert "become customers as far as your numbers reach (between" in text
    assert text.count("go on within") == 2 * 7  # in the blocks, and for who sees none
    assert "Counted until Sun 1 Mar" in text


def test_it_speaks_dutch(team: Bot, bram: Person) -> None:
    text = bram.types("/funnel 26 weken").text
    assert "wie verdergaat, de laatste 26 weken" in text
    assert "Geen stap springt eruit" in text


def test_other_weeks_take_the_place_of_those_shown(team: Bot, slack: FakeSlack, anna: Person) -> None:
    answer = anna.types("/funnel weeks:13")
    shown = anna.clicks("All weeks", on=answer)
    assert "who goes on, all weeks" in shown.text
    assert len(slack.ephemerals(anna.user)) == 2  # with that of the first `/prospect`


def test_sources_stand_beside_each_other_and_one_alone_beside_the_team(team: Bot, anna: Person) -> None:
    answer = anna.types("/funnel")
    split = anna.chooses("funnel_split", "By source", on=answer)
    assert "· by source" in split.text
    assert "referral" in split.text
    alone = anna.types("/funnel source:FAIR").text
    assert "· fair" in alone
    assert "; the team: " in alone
    assert "There is nobody of moon in these weeks" in anna.types("/funnel source:moon").text


def test_a_rep_sees_the_own_numbers_alone_and_who_leads_all(team: Bot, anna: Person, bram: Person) -> None:
    refused = bram.types(f"/funnel <@{anna.user.id}>").text
    assert "De eigen cijfers van anna zijn alleen voor anna en voor managers: vraag het anna." in refused
    assert "· bram" in bram.types("/funnel mij").text
    own = bram.types("/funnel per:verkoper").text
    assert "bram" in own
    assert "anna" not in own
    assert "· bram" in anna.types("/funnel @bram").text
    everybody = anna.types("/funnel by:rep").text
    assert "anna" in everybody
    assert "bram" in everybody


def test_every_number_can_be_asked_why(team: Bot, anna: Person) -> None:
    answer = anna.types("/funnel")
    step = said(anna.clicks("Why?", on=answer, within="2 Discovery"))
    assert "prospects came into this step in the last 13 weeks" in step
    assert "for each day after coming in, how many of those still here went on that day" in step
    overall = said(anna.clicks("Why?", on=answer, within="become customers"))
    assert "It is each step's share, one after the other" in overall
    bottleneck = said(anna.clicks("Why?", on=answer, within="No step stands out"))
    assert "A step is named when it is the largest at least 7 of 10 times." in bottleneck
    slices = said(anna.clicks("Why?", on=anna.types("/funnel by:rep")))
    assert "at the team's pace" in slices


def test_the_chart_comes_in_the_askers_own_messages(
    team: Bot, slack: FakeSlack, anna: Person, bram: Person
) -> None:
    answer = anna.types("/funnel", channel=slack.channel)
    anna.clicks("Chart", on=answer)
    assert "The chart comes in your messages with Nextstep" in slack.ephemerals(anna.user)[-1].text
    message = slack.messages(anna.user)[-1]
    assert [block["type"] for block in message.blocks] == ["section", "image", "context"]
    assert "2 Discovery: " in message.blocks[1]["alt_text"]
    assert not slack.messages(slack.channel)
    assert not slack.messages(bram.user)


def test_a_chart_that_slack_does_not_take_is_said_where_it_was_asked(
    team: Bot, slack: FakeSlack, anna: Person
) -> None:
    answer = anna.types("/funnel")
    slack.fail("chat.postMessage", faults.Refused("channel_not_found"), times=1)
    anna.clicks("Chart", on=answer)
    assert "Slack did not take the chart" in slack.ephemerals(anna.user)[-1].text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("bananas", "I don't understand “bananas” here. Try `weeks:13`, `source:fair` or `by:rep`."),
        ("weeks:many", "“many” is not a number of weeks. Try `weeks:13` or `weeks:all`."),
        ("weeks:0", "The numbers look back 1 to 520 weeks, not 0; or over all weeks."),
        ("by:colour", "I can't split the funnel by “colour”. What I can split it by: `rep`, `source`, `variant`."),
        ("source:fair by:rep", "The funnel can be split by one thing at a time."),
        ("playbook:nope", "There is no playbook nope; there is: b2b-saas."),
        ("@nobody", "I don't know which colleague nobody is"),
        ("colour:red", "This command does not know `colour:`."),
    ],
)
def test_what_is_wrong_is_one_sentence(anna: Person, typed: str, sentence: str) -> None:
    assert sentence in anna.types(f"/funnel {typed}").text


def test_a_client_that_draws_little_gets_the_same_in_lines(team: Bot, slack: FakeSlack) -> None:
    core = Bot(slack, team.store, team.clock, blocks=BlockMode.CORE)
    carla = core.person("carla")
    for command in ("/funnel", "/funnel by:source", "/plan 2 per week", "/forecast"):
        kinds = {block["type"] for block in carla.types(command).blocks}
        assert kinds <= {"header", "section", "context", "divider", "actions"}
    assert "• fair: " in carla.types("/funnel by:source").text
    assert " come in a week; " in carla.types("/plan 2 per week").text


def test_a_source_of_any_length_is_answered(team: Bot, anna: Person) -> None:
    assert "There is nobody of " in anna.types(f"/funnel source:{'x' * 3000}").text


def test_help_says_what_can_be_typed(anna: Person) -> None:
    assert "`source:fair`" in anna.types("/funnel help").text


def test_a_slice_that_a_button_remembers_stays_hidden_from_who_no_longer_leads(
    team: Bot, anna: Person, bram: Person
) -> None:
    team.has_role(bram, Role.MANAGER)
    answer = bram.types("/funnel @anna")
    team.has_role(bram, Role.REP)
    assert "anna:" not in said(bram.clicks("Waarom?", on=answer))
